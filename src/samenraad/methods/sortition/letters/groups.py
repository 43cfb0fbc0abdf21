"""To which stratum a row of a register belongs, or why it is left out. What was once decided is looked up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, ClassVar

from samenraad.methods.files.mistakes import Mistakes
from samenraad.methods.files.tables import fold, tidy
from samenraad.methods.sortition.letters.ages import Ages
from samenraad.methods.sortition.pool import Feature
from samenraad.refusals import Refusal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int32]

#: more strata than this are a column that is none, such as a name
MOST_STRATA = 10_000
#: the reason of those who are too young, in `left_out`
TOO_YOUNG = "age"


class Groups:
    """Numbers the strata as they come: 0, 1, ...; who is left out gets -1, -2, ..., one number per reason.

    Two spellings that differ in capitals or spaces are one value, known by the spelling that comes first in the
    alphabet. `in_order` numbers the strata again, so that the order of the rows changes nothing.
    """

    MISTAKE: ClassVar[int] = -(2**31)

    def __init__(
        self,
        strata: Sequence[str],
        leave_out: Sequence[Feature],
        age: str | None,
        ages: Ages | None,
        columns: Mapping[str, int],
    ) -> None:
        self.names, self.age, self.ages, self.columns = tuple(strata), age, ages, columns
        self.leave_out = [(columns[name], fold(value)) for name, value in leave_out]
        self.reasons = [f"{name}={value}" for name, value in leave_out] + [TOO_YOUNG]
        self.at_age = columns[age] if age else None
        places = sorted({columns[name] for name in strata if name != age} | {place for place, _ in self.leave_out})
        self.pick = itemgetter(*places) if places else _nothing
        self.known: dict[object, int] = {}
        self.spelled: dict[tuple[str, ...], list[str]] = {}
        self.numbers: dict[tuple[str, ...], int] = {}

    def of(self, cells: list[str]) -> int:
        """The number of the stratum, below zero when left out."""
        key = self.pick(cells)
        if self.at_age is not None and self.ages is not None:
            key = (key, self.ages[cells[self.at_age]])
        code = self.known.get(key)
        if code is None:
            code = self.known[key] = self._decide(cells)
        return code

    def _decide(self, cells: list[str]) -> int:
        for reason, (place, value) in enumerate(self.leave_out):
            if fold(tidy(cells[place])) == value:
                return -1 - reason
        born = self._age(cells)
        if born == "":
            return -len(self.reasons)
        values = [self._value(name, cells) for name in self.names]
        if born is None or not all(values):
            return self.MISTAKE
        folded = tuple(map(fold, values))
        before = self.spelled.setdefault(folded, values)
        self.spelled[folded] = [min(pair) for pair in zip(before, values, strict=True)]
        if len(self.spelled) > MOST_STRATA:
            raise Refusal("sortition.many_strata", most=MOST_STRATA, columns=self.names)
        return self.numbers.setdefault(folded, len(self.numbers))

    def _age(self, cells: list[str]) -> str | None:
        return "-" if self.at_age is None or self.ages is None else self.ages[cells[self.at_age]]

    def _value(self, name: str, cells: list[str]) -> str:
        if name == self.age:
            return self._age(cells) or ""
        return " ".join(tidy(cells[self.columns[name]]).split())

    def tell(self, cells: list[str], line: int, file: str, mistakes: Mistakes) -> None:
        """Why this row cannot be placed."""
        if self.age and self._age(cells) is None:
            mistakes.add(file, line, self.age, "no_age", value=cells[self.columns[self.age]])
        for name in self.names:
            if name != self.age and not self._value(name, cells):
                mistakes.add(file, line, name, "cell_missing")

    def in_order(self) -> tuple[tuple[tuple[Feature, ...], ...], Numbers]:
        """The strata in canonical order, and number -> place in that order; codes below zero stay what they are."""
        import numpy as np

        made = [tuple(sorted(zip(self.names, values, strict=True))) for values in self.spelled.values()]
        ordered = sorted(made)
        placed = {where: place for place, where in enumerate(ordered)}
        place = np.array([placed[where] for where in made], dtype=np.int32)
        behind = np.arange(-len(self.reasons), 0, dtype=np.int32)  # a code of -1 looks at the last one
        return tuple(ordered), np.concatenate([place, behind])

    def left_out(self, codes: Numbers) -> dict[str, int]:
        """Why -> how many, for reasons that occurred."""
        counted = {reason: int((codes == -1 - number).sum()) for number, reason in enumerate(self.reasons)}
        return {reason: number for reason, number in counted.items() if number}


def _nothing(cells: list[str]) -> None:
    return None
