"""Reading a register extract row by row: who can be invited, who is left out and why, and which lines are wrong.

Nothing is kept but counts and what a letter and the groups need. A million rows are never in memory together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from samenraad.instruments.lot.rules import numbers
from samenraad.instruments.lot.rules.columns import FILLED, dimension_word, plain
from samenraad.methods.files.tables import fold, tidy
from samenraad.methods.sortition.letters.ages import Ages
from samenraad.methods.sortition.letters.register_file import RegisterFile

#: of each kind of bad line so many are kept with their line number; the others are counted
KEPT = 1_000
#: more different values than this are a column that is no dimension, such as a name
MOST_VALUES = 100
#: how somebody says that people with this value get no letter
LEAVE = "-"
#: reasons for leaving out that are no mark in a column
TOO_YOUNG, BAD_LINE = "age", "bad line"
MOST_IN_NUMBER = 64
#: how a letter box is called in Flanders and Brussels
BOXES = ("bus", "box", "boîte")
_NOT_FILLED = {"", "0", "-", "n", "nee", "neen", "no", "non", "false", "onwaar"}


@dataclass(frozen=True)
class Grouping:
    """One dimension as the register has it: a column with values to translate, or the lowest age of each value."""

    key: str
    values: Mapping[str, str] = field(default_factory=dict)
    ages: tuple[tuple[int, str], ...] = ()

    def of_age(self, age: int) -> str:
        """The value for this age; nothing below the lowest."""
        return next((value for low, value in sorted(self.ages, reverse=True) if age >= low), "")


@dataclass(frozen=True)
class How:
    """How an extract is read. `columns` says in which column each of our words stands."""

    columns: Mapping[str, str]
    leave_out: tuple[tuple[str, str], ...]
    groupings: tuple[Grouping, ...]
    min_age: int
    on: date
    town: str = ""


@dataclass
class Tally:
    """What was met on the way. `cells` counts people per combination of values, in the order of `How.groupings`;
    `problems` are lines with the kind of trouble: a code, and the column where it is."""

    rows: int = 0
    people: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    bad: Counter[str] = field(default_factory=Counter)
    problems: list[tuple[int, str]] = field(default_factory=list)
    unknown: dict[str, Counter[str]] = field(default_factory=dict)
    cells: Counter[tuple[str, ...]] = field(default_factory=Counter)
    addresses: set[int] = field(default_factory=set)
    first_numbers: list[str] = field(default_factory=list)

    def wrong(self, line: int, code: str, column: str) -> None:
        kind = f"{code} {column}".strip()
        self.bad[kind] += 1
        self.left_out[BAD_LINE] += 1
        if self.bad[kind] <= KEPT:
            self.problems.append((line, kind))

    def not_known(self, dimension: str, written: str) -> None:
        counted = self.unknown.setdefault(dimension, Counter())
        if written in counted or len(counted) < MOST_VALUES:
            counted[written] += 1

    @property
    def number_kind(self) -> str:
        return numbers.kind(self.first_numbers)


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody who can be invited: their own number, and what the letter and the groups need."""

    number: str
    facts: dict[str, object]


class _Row(Exception):
    """This line is wrong."""

    def __init__(self, code: str, column: str = "") -> None:
        super().__init__(code)
        self.code, self.column = code, column


class Reading:
    """One walk through the file. Ask for the `residents`, and look at the `tally` when they have all come."""

    def __init__(self, file: RegisterFile, how: How) -> None:
        self.file, self.how, self.tally = file, how, Tally()
        self.at = {word: place for word, name in how.columns.items() if (place := file.find(name)) is not None}
        self.marks = [(file.find(column), fold(value), f"{column}={value}") for column, value in how.leave_out]
        self.between = " bus " if plain(how.columns.get("addition", "")).startswith(BOXES) else "-"
        self.ages = Ages((), how.on)
        self.seen: dict[str, int] = {}

    @property
    def lost(self) -> list[str]:
        """Columns that are not there, or not exactly once."""
        wanted = [*self.how.columns.values(), *(column for column, _ in self.how.leave_out)]
        return sorted({name for name in wanted if self.file.find(name) is None})

    def residents(self) -> Iterator[Resident]:
        tally, width = self.tally, len(self.file.columns)
        for line, cells in self.file.rows():
            tally.rows += 1
            try:
                if cells is None:
                    raise _Row("lot.line_quotes")
                if len(cells) != width:
                    cells = _fitted(cells, width)
                found = self._resident(line, cells)
            except _Row as wrong:
                tally.wrong(line, wrong.code, wrong.column)
                continue
            if found is not None:
                tally.people += 1
                yield found

    def _resident(self, line: int, cells: list[str]) -> Resident | None:
        if reason := self._mark(cells):
            self.tally.left_out[reason] += 1
            return None
        age = self._age(cells)
        if age < self.how.min_age:
            self.tally.left_out[TOO_YOUNG] += 1
            return None
        groups = self._groups(cells, age)
        if groups is None:
            return None
        number = self._number(line, cells)
        facts = self._facts(cells)
        self.tally.cells[tuple(groups.values())] += 1
        self.tally.addresses.add(hash((facts["street"], facts["postcode"], facts["city"])))
        return Resident(number, {**facts, "groups": groups})

    def _mark(self, cells: list[str]) -> str:
        for place, value, reason in self.marks:
            written = fold(tidy(cells[place])) if place is not None else ""
            if written == value or (value == FILLED and written not in _NOT_FILLED):
                return reason
        return ""

    def _age(self, cells: list[str]) -> int:
        written = self._cell(cells, "born").replace(".", "-")
        age = self.ages[written]
        if age is None:
            raise _Row("lot.line_no_age" if written else "lot.line_empty", self.how.columns["born"])
        return int(age)

    def _groups(self, cells: list[str], age: int) -> dict[str, str] | None:
        """dimension -> value; None when these people get no letter."""
        found = {}
        for grouping in self.how.groupings:
            if grouping.ages:
                value = grouping.of_age(age)
                if not value:
                    self.tally.left_out[TOO_YOUNG] += 1
                    return None
            else:
                value = self._value(grouping, cells)
                if value == LEAVE:
                    word = dimension_word(grouping.key)
                    self.tally.left_out[f"{self.how.columns[word]}={self._cell(cells, word)[:80]}"] += 1
                    return None
            found[grouping.key] = value
        return found

    def _value(self, grouping: Grouping, cells: list[str]) -> str:
        written = self._cell(cells, dimension_word(grouping.key))
        value = grouping.values.get(fold(written))
        if value is None:
            self.tally.not_known(grouping.key, written[:80])
            raise _Row("lot.line_value", self.how.columns[dimension_word(grouping.key)])
        return value

    def _number(self, line: int, cells: list[str]) -> str:
        number = self._needed(cells, "number")
        if len(number) > MOST_IN_NUMBER:
            raise _Row("lot.line_number", self.how.columns["number"])
        first = self.seen.setdefault(number, line)
        if first != line:
            raise _Row("lot.line_twice")
        if len(self.tally.first_numbers) < 100:
            self.tally.first_numbers.append(number)
        return number

    def _facts(self, cells: list[str]) -> dict[str, object]:
        name = " ".join(part for word in ("first_name", "prefix") if (part := self._cell(cells, word)))
        last = self._needed(cells, "last_name") if "last_name" in self.at else self._needed(cells, "name")
        facts = {
            "name": f"{name} {last}".strip()[:160],
            "street": self._street(cells)[:160],
            "postcode": self._needed(cells, "postcode")[:16],
            "city": (self._cell(cells, "town") or self.how.town)[:120],
        }
        more = {word: value[:80] for word in ("place", "language") if (value := self._cell(cells, word))}
        return {**facts, **more}

    def _street(self, cells: list[str]) -> str:
        """Dorpsstraat 1A-2, or in Flanders Dorpsstraat 1 bus 2."""
        house = self._cell(cells, "house") + self._cell(cells, "letter")
        number = self.between.join(part for part in (house, self._cell(cells, "addition")) if part)
        return f"{self._needed(cells, 'street')} {number}".strip()

    def _needed(self, cells: list[str], word: str) -> str:
        written = self._cell(cells, word)
        if not written:
            raise _Row("lot.line_empty", self.how.columns.get(word, word))
        return written

    def _cell(self, cells: list[str], word: str) -> str:
        place = self.at.get(word)
        return tidy(cells[place]) if place is not None else ""


def _fitted(cells: list[str], width: int) -> list[str]:
    """There may be empty cells at the end; anything else has moved the others."""
    if len(cells) < width or any(cells[width:]):
        raise _Row("lot.line_width")
    return cells[:width]
