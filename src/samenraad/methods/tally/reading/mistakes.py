"""What is wrong in a file of ballots, line by line: everything is collected and told at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from samenraad.methods.language import _, say
from samenraad.methods.tally.reading.sentences import FILES
from samenraad.methods.tally.result import spoken
from samenraad.refusals import Refusal

#: the same mistake is told so many times, the rest is counted
TOLD = 20


@dataclass(frozen=True)
class Mistake:
    """One thing that is wrong. `line` counts as a text editor does, from 1; None is the file as a whole.

    >>> Mistake("ballots.csv", 7, "tally.count", {"text": "many"}).sentence()
    'ballots.csv, line 7: “many” is not a number of voters.'
    """

    file: str
    line: int | None
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, language: str = "en") -> str:
        place = _("{file}:") if self.line is None else _("{file}, line {line}:")
        where = say(place, language, file=self.file, line=self.line)
        facts = {name: spoken(fact, language) for name, fact in self.facts.items()}
        return f"{where} {say(FILES[self.code], language, **facts)}"


class Mistakes:
    """The mistakes of one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._told: list[Mistake] = []
        self._counted: Counter[str] = Counter()

    def __bool__(self) -> bool:
        return bool(self._told)

    def add(self, line: int | None, code: str, **facts: object) -> None:
        self._counted[code] += 1
        if self._counted[code] <= TOLD:
            self._told.append(Mistake(self.file, line, f"tally.{code}", facts))

    @property
    def all(self) -> tuple[Mistake, ...]:
        """By line, and for each kind with more of them how many more there are."""
        told = sorted(self._told, key=lambda mistake: mistake.line or 0)
        more = (
            Mistake(self.file, None, "tally.more_like_this", {"number": number - TOLD, "told": TOLD})
            for _code, number in self._counted.items()
            if number > TOLD
        )
        return (*told, *more)

    def refuse(self) -> None:
        """Refuses (`tally.files`) with all mistakes as `problems`, when there are any."""
        if self:
            raise Refusal("tally.files", problems=self.all)
