"""What is wrong in a file, line by line: everything is collected and told at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from samenraad.methods.language import _, say
from samenraad.methods.saying import said
from samenraad.refusals import Refusal

#: the same mistake is told so many times, the rest is counted
TOLD = 20

#: where a mistake is; what is not known is left out
_PLACES = {
    (True, True): _("{file}, line {line}, column {column}:"),
    (True, False): _("{file}, line {line}:"),
    (False, True): _("{file}, column {column}:"),
    (False, False): _("{file}:"),
}


@dataclass(frozen=True)
class Mistake:
    """One thing that is wrong in a file. `line` counts as a text editor and a spreadsheet do, from 1; None is the
    file as a whole. `code` has its sentence in `sentences.py`, `facts` fill it.

    >>> Mistake("pool.csv", 7, "age", "sortition.cell_missing", {}).sentence()
    'pool.csv, line 7, column age: this cell is empty.'
    """

    file: str
    line: int | None
    column: str | None
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, language: str = "en") -> str:
        place = _PLACES[self.line is not None, self.column is not None]
        where = say(place, language, file=self.file, line=self.line, column=self.column)
        return f"{where} {said(self.code, self.facts, language) or self.code}"


class Mistakes:
    """The mistakes of one reading, of one or more files, in the order in which they were found. Their codes are of the
    method that reads (`room`)."""

    def __init__(self, room: str = "sortition") -> None:
        self.room = room
        self._told: list[Mistake] = []
        self._counted: Counter[tuple[str, str | None, str]] = Counter()

    def __bool__(self) -> bool:
        return bool(self._told)

    def add(self, file: str, line: int | None, column: str | None, code: str, /, **facts: object) -> None:
        kind = (file, column, f"{self.room}.{code}")
        self._counted[kind] += 1
        if self._counted[kind] <= TOLD:
            self._told.append(Mistake(file, line, column, kind[2], facts))

    @property
    def all(self) -> tuple[Mistake, ...]:
        """Those told in full, per file and line, and for each kind with more of them how many more there are."""
        files = list(dict.fromkeys(mistake.file for mistake in self._told))
        told = sorted(self._told, key=lambda mistake: (files.index(mistake.file), mistake.line or 0))
        more = [
            Mistake(file, None, column, f"{self.room}.more_like_this", {"number": number - TOLD, "told": TOLD})
            for (file, column, _code), number in self._counted.items()
            if number > TOLD
        ]
        return (*told, *more)

    def take(self, refusal: Refusal) -> None:
        """The mistakes of another reading too; any other refusal goes on its way."""
        problems = refusal.facts.get("problems")
        if refusal.code != f"{self.room}.files" or not isinstance(problems, tuple):
            raise refusal
        self._told += problems

    def refuse(self) -> None:
        """Refuses (`<room>.files`) with all mistakes as `problems`, when there are any."""
        if self:
            raise Refusal(f"{self.room}.files", problems=self.all)


class InOneFile:
    """The mistakes of a reading of one file, by line only."""

    def __init__(self, room: str, file: str) -> None:
        self.file = file
        self._all = Mistakes(room)

    def __bool__(self) -> bool:
        return bool(self._all)

    def add(self, line: int | None, code: str, /, **facts: object) -> None:
        self._all.add(self.file, line, None, code, **facts)

    @property
    def all(self) -> tuple[Mistake, ...]:
        return self._all.all

    def refuse(self) -> None:
        self._all.refuse()


def listed(fact: object, language: str) -> str:
    """Mistakes on lines of their own; nothing for any other fact."""
    if isinstance(fact, tuple) and fact and all(isinstance(one, Mistake) for one in fact):
        return "\n".join(one.sentence(language) for one in fact)
    return ""


def unreadable(file: str, code: str, line: int | None = None, room: str = "sortition", **facts: object) -> Refusal:
    """The refusal of a file that cannot be read at all, to raise."""
    return Refusal(f"{room}.files", problems=(Mistake(file, line, None, f"{room}.{code}", facts),))
