"""Ages and age classes, from a cell with an age or a date of birth."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

#: older than anybody has become
_OLDEST = 130


class Ages(dict[str, str | None]):
    """cell -> the age class, "" for who is too young, None for what is no age. Each cell is read once.

    `lowest` are the lowest ages of the classes; without them an age is a class by itself.

    >>> ages = Ages((16, 25, 65), date(2026, 5, 1))
    >>> ages["24"], ages["2 May 2010"], ages["2010-05-01"], ages["02-05-2010"], ages["19480000"]
    ('16-24', None, '16-24', '', '65+')
    """

    def __init__(self, lowest: Sequence[int], on: date | None) -> None:
        super().__init__()
        self.lowest, self.on = sorted(lowest), on

    def __missing__(self, cell: str) -> str | None:
        age = _age(cell.strip(), self.on)
        self[cell] = found = None if age is None or not 0 <= age <= _OLDEST else self._class(age)
        return found

    def _class(self, age: int) -> str:
        if not self.lowest:
            return str(age)
        place = sum(low <= age for low in self.lowest)
        if place == 0:
            return ""
        low = self.lowest[place - 1]
        return f"{low}-{self.lowest[place] - 1}" if place < len(self.lowest) else f"{low}+"


def _age(cell: str, on: date | None) -> int | None:
    if cell.isascii() and cell.isdigit() and len(cell) <= 3:
        return int(cell)
    born = _born(cell)
    if born is None or on is None:
        return None
    year, month, day = born
    return on.year - year - ((on.month, on.day) < (month, day))


def _born(cell: str) -> tuple[int, int, int] | None:
    """Year, month and day from 2010-05-01, 01-05-2010, 1/5/2010 or 20100501.

    A month or day that the register does not know is 0: it counts as the first of the year or month.
    """
    if not cell.isascii():
        return None
    parts = [cell[:4], cell[4:6], cell[6:]] if cell.isdigit() and len(cell) == 8 else cell.replace("/", "-").split("-")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return None
    if len(parts[0]) != 4:
        parts.reverse()
    year, month, day = map(int, parts)
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return (year, month, day) if len(parts[0]) == 4 else None
