"""Everybody in a register extract gets a ticket from the public seed, and belongs to a stratum or is left out.

A ticket is the SHA-256 of the seed and the person's own number (see `seeds`): it depends on nothing else, not on the
order of the rows nor on who else is in the register. Whoever knows their number can compute their ticket. Of each
row only the ticket, the stratum and the address' ticket are kept, 20 bytes in all.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from samenraad.methods.files.mistakes import Mistakes
from samenraad.methods.files.tables import fold, tidy
from samenraad.methods.seeds import TICKET_BYTES, prefix
from samenraad.methods.sortition.letters.ages import Ages
from samenraad.methods.sortition.letters.groups import Groups
from samenraad.methods.sortition.letters.register_file import RegisterFile, open_register
from samenraad.methods.sortition.pool import Feature
from samenraad.refusals import Refusal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Tickets = NDArray[np.uint64]
    Numbers = NDArray[np.int32]
    Rows = NDArray[np.int64]

#: what tickets are for: a letter to a person, a letter to an address
LETTER, HOME = "letter", "home"


@dataclass(frozen=True)
class RegisterRules:
    """Which columns mean what, and who is left out.

    `id`          the column with everybody's own number
    `strata`      the columns whose values make the strata; none: everybody is one stratum
    `leave_out`   (column, value): rows with that value are not invited, such as ("secret", "1")
    `age`         the column with an age or a date of birth, and `ages` the lowest age of each age class: (16, 25, 65)
                  means 16-24, 25-64 and 65+, and nobody under 16. Of an age column in `strata` the classes count
    `on`          the day on which people have that age; needed for dates of birth
    `household`   the columns of the address; given, at most one letter goes to each address
    """

    id: str
    strata: tuple[str, ...] = ()
    leave_out: tuple[Feature, ...] = ()
    age: str | None = None
    ages: tuple[int, ...] = ()
    on: date | None = None
    household: tuple[str, ...] = ()


@dataclass(frozen=True)
class Register:
    """A register that was read: for each row, in the order of the file, its ticket, stratum and address.

    `strata`    the strata that occur, in canonical order; `group` is the index of a row's stratum, below 0 left out
    `tickets`   of the people; `homes` of the addresses, or None when there is no household rule
    `left_out`  why -> how many rows were left out
    """

    file: RegisterFile
    rules: RegisterRules
    seed: str
    strata: tuple[tuple[Feature, ...], ...]
    group: Numbers
    tickets: Tickets
    homes: Tickets | None
    left_out: dict[str, int]

    @property
    def people(self) -> dict[tuple[Feature, ...], int]:
        """How many can be invited, per stratum."""
        import numpy as np

        counted = np.bincount(self.group[self.group >= 0], minlength=len(self.strata))
        return {where: int(number) for where, number in zip(self.strata, counted, strict=True)}

    def cells(self, rows: Iterable[int]) -> dict[int, list[str]]:
        """Row -> its cells. Refuses `sortition.register_changed` when the file is no longer the one that was read."""
        wanted = set(rows)
        at, before = self.file.find(self.rules.id), prefix(self.seed, LETTER)
        found = {row: cells for row, (_, cells) in enumerate(self.file.rows()) if row in wanted and cells}
        same = all(_ticket(before, cells[at or 0]) == self.tickets[row].item() for row, cells in found.items())
        if not same or len(found) < len(wanted):
            raise Refusal("sortition.register_changed", file=self.file.path.name)
        return found


def read_register(path: str | Path, rules: RegisterRules, seed: str) -> Register:
    """Reads the rows one by one; about five seconds and 20 bytes of memory per row for a million of them.

    Refuses (`sortition.files`) with all mistakes at once, each kind the first twenty with their lines and the rest
    counted: a column that is not there, rows of another width, empty cells, ages that cannot be read, numbers that
    stand there twice; also `sortition.many_strata` and `sortition.no_seed`.
    """
    import numpy as np

    file = open_register(path)
    mistakes = Mistakes()
    columns = _columns(file, rules, mistakes)
    mistakes.refuse()
    reading = _Reading(file, rules, seed, columns)
    reading.go(mistakes)
    tickets = _numbers(reading.tickets)
    _refuse_double(file, columns[rules.id], tickets, mistakes)
    mistakes.refuse()
    strata, place = reading.groups.in_order()
    group = place[np.frombuffer(reading.group, dtype=np.int32)]
    left_out = reading.groups.left_out(np.frombuffer(reading.group, dtype=np.int32))
    homes = _numbers(reading.homes) if rules.household else None
    return Register(file, rules, seed, strata, group, tickets, homes, left_out)


class _Reading:
    """One walk through the file. Everything that happens a million times stands in `go`."""

    def __init__(self, file: RegisterFile, rules: RegisterRules, seed: str, columns: dict[str, int]) -> None:
        self.file, self.id, self.at = file, rules.id, columns[rules.id]
        ages = Ages(rules.ages, rules.on) if rules.age else None
        self.groups = Groups(rules.strata, rules.leave_out, rules.age, ages, columns)
        self.home = [columns[name] for name in rules.household]
        self.person, self.address = prefix(seed, LETTER), prefix(seed, HOME)
        self.tickets, self.homes, self.group = bytearray(), bytearray(), array("i")

    def go(self, mistakes: Mistakes) -> None:
        at, width, group_of, person = self.at, len(self.file.columns), self.groups.of, self.person
        tickets, group, home, name = self.tickets, self.group, self.home, self.file.path.name
        for line, cells in self.file.rows():
            if cells is None or len(cells) != width:
                _misshapen(mistakes, name, line, cells, width)
                tickets += _no_ticket(person, line)
                continue
            one = cells[at].strip()
            if not one.isascii():
                one = tidy(one)
            tickets += sha256(person + one.encode()).digest()[:TICKET_BYTES] if one else _no_ticket(person, line)
            if not one:
                mistakes.add(name, line, self.id, "cell_missing")
            code = group_of(cells)
            group.append(code)
            if code == Groups.MISTAKE:
                self.groups.tell(cells, line, name, mistakes)
            if home:
                self.homes += self._home(cells, one)

    def _home(self, cells: list[str], one: str) -> bytes:
        """The ticket of an address, whatever its capitals and spaces; who has no address lives alone."""
        written = "\0".join([cells[place] for place in self.home])
        address = "".join(tidy(written).casefold().split())
        if not address.strip("\0"):
            address = f"\0{one}"
        return sha256(self.address + address.encode()).digest()[:TICKET_BYTES]


def _columns(file: RegisterFile, rules: RegisterRules, mistakes: Mistakes) -> dict[str, int]:
    """Column name, as the rules write it -> its place."""
    wanted = [rules.id, *rules.strata, *(name for name, _ in rules.leave_out), *rules.household]
    found = {name: file.find(name) for name in [*wanted, *([rules.age] if rules.age else [])]}
    for name in (name for name, place in found.items() if place is None):
        if any(fold(name) == fold(column) for column in file.columns):
            mistakes.add(file.path.name, None, name, "column_twice")
        else:
            mistakes.add(file.path.name, None, None, "column_missing", wanted=name, columns=file.columns)
    return {name: place for name, place in found.items() if place is not None}


def _misshapen(mistakes: Mistakes, name: str, line: int, cells: list[str] | None, width: int) -> None:
    if cells is None:
        mistakes.add(name, line, None, "quotes")
    else:
        mistakes.add(name, line, None, "row_width", cells=len(cells), columns=width)


def _ticket(before: bytes, cell: str) -> int:
    return int.from_bytes(sha256(before + tidy(cell).encode()).digest()[:TICKET_BYTES], "big")


def _no_ticket(before: bytes, line: int) -> bytes:
    """Something in the place of a ticket, so that rows keep their number; a number starts with no line end."""
    return sha256(before + b"\n%d" % line).digest()[:TICKET_BYTES]


def _numbers(tickets: bytearray) -> Tickets:
    import numpy as np

    return np.frombuffer(tickets, dtype=">u8").astype(np.uint64)


def same_tickets(tickets: Tickets, order: Rows) -> Iterator[list[int]]:
    """The rows that share a ticket: the same number twice, or a chance of one in ten million for a million people.
    `order` sorts the tickets."""
    import numpy as np

    same = np.flatnonzero(np.diff(tickets[order]) == 0)
    for run in np.split(same, np.flatnonzero(np.diff(same) > 1) + 1):
        if len(run):
            yield order[run[0] : run[-1] + 2].tolist()


def _refuse_double(file: RegisterFile, at: int, tickets: Tickets, mistakes: Mistakes) -> None:
    import numpy as np

    runs = list(same_tickets(tickets, np.argsort(tickets, kind="stable")))
    looked_at = {row for run in runs for row in run}
    if not looked_at:
        return
    rows = {row: (line, tidy(cells[at])) for row, (line, cells) in enumerate(file.rows()) if row in looked_at and cells}
    double: list[tuple[int, int, str]] = []
    for run in runs:
        first: dict[str, int] = {}
        for line, one in (rows[row] for row in run):
            if first.setdefault(one, line) != line:
                double.append((line, first[one], one))
    for line, before, one in sorted(double):
        mistakes.add(file.path.name, line, file.columns[at], "id_twice", id=one, first=before)
