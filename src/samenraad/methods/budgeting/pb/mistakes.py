"""What is wrong in a `.pb` file, line by line: everything is collected and told at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from samenraad.methods.budgeting.sentences import SENTENCES, spoken
from samenraad.methods.language import _, say
from samenraad.refusals import Refusal

#: the same mistake is told so many times, the rest is counted
TOLD = 20


@dataclass(frozen=True)
class Mistake:
    """One thing that is wrong in a file. `line` counts from 1, as a text editor does; None is the whole file.

    >>> Mistake("vote.pb", 7, "budgeting.cost_wrong", {"text": "free"}).sentence()
    'vote.pb, line 7: “free” is not a cost. Write an amount above zero, such as 1500 or 1500.50.'
    """

    file: str
    line: int | None
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, language: str = "en") -> str:
        place = _("{file}:") if self.line is None else _("{file}, line {line}:")
        facts = {name: spoken(fact, language) for name, fact in self.facts.items()}
        where = say(place, language, file=self.file, line=self.line)
        return f"{where} {say(SENTENCES[self.code], language, **facts)}"


class Mistakes:
    """The mistakes of one reading, in the order of the lines."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._told: list[Mistake] = []
        self._counted: Counter[str] = Counter()

    def __bool__(self) -> bool:
        return bool(self._told)

    def add(self, line: int | None, code: str, **facts: object) -> None:
        full = f"budgeting.{code}"
        self._counted[full] += 1
        if self._counted[full] <= TOLD:
            self._told.append(Mistake(self.file, line, full, facts))

    @property
    def all(self) -> tuple[Mistake, ...]:
        """Those told in full, by line, and for each kind with more of them how many more there are."""
        more = [
            Mistake(self.file, None, "budgeting.more_like_this", {"number": number - TOLD, "told": TOLD})
            for number in self._counted.values()
            if number > TOLD
        ]
        return (*sorted(self._told, key=lambda one: one.line or 0), *more)

    def refuse(self) -> None:
        """Refuses (`budgeting.file`) with all mistakes as `problems`, when there are any."""
        if self:
            raise Refusal("budgeting.file", problems=self.all)


def unreadable(file: str, code: str) -> Refusal:
    """The refusal of a file that cannot be read at all, to raise."""
    return Refusal("budgeting.file", problems=(Mistake(file, None, f"budgeting.{code}"),))
