"""Who gets a letter: in each stratum the people with the smallest tickets.

Within a stratum everybody has the same chance, letters / people. Anybody can check it: compute your own ticket
from the seed and your number; you are invited exactly when it is not above the stratum's `cut`.

At most one letter per address, when the register's rules name address columns. First every address puts forward one
person, the one with the smallest ticket of those who live there; then the strata choose among these people:

`people`   by their own tickets. A person with m - 1 housemates is invited with chance (1 - (1 - u)^m) / m, where u is
           the cut as a part of all tickets. For small u that is u: nearly everybody has the same chance, a little less
           in large households (u = 1 %, m = 4: 0.985 % instead of 1 %). This is the default.
`homes`    by the tickets of the addresses. Every address of a stratum has chance u, and a person u / m: who shares a
           home has half, a third, ... of the chance of who lives alone. For registers of addresses.

The reserve of a stratum are those who come next. A second wave from the same seed leaves out who had a letter
(`earlier`), and in a household rule their housemates, and so never repeats anybody.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from samenraad.methods.sortition.pool import Feature
from samenraad.methods.sortition.register import LETTER, Register, same_tickets
from samenraad.methods.sortition.seeds import ticket
from samenraad.methods.sortition.strata import label
from samenraad.methods.sortition.tables import tidy
from samenraad.refusals import Refusal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from samenraad.methods.sortition.register import Tickets

    Rows = NDArray[np.int64]
    Mask = NDArray[np.bool_]

PEOPLE, HOMES = "people", "homes"
_ALL = 2**64


@dataclass(frozen=True)
class Invited:
    """The lot in one stratum. `letters` were asked for; rows of the register, in the order of their tickets.

    `people` can be invited, at `addresses` different addresses whose person stands in this stratum (without a
    household rule: as many as people); of the people, `earlier` had a letter before.
    `cut` is the largest ticket that is invited, None when nobody is.
    """

    where: tuple[Feature, ...]
    people: int
    addresses: int
    earlier: int
    letters: int
    rows: tuple[int, ...]
    reserve: tuple[int, ...]
    cut: int | None

    @property
    def label(self) -> str:
        return label(self.where)

    @property
    def chance(self) -> Fraction:
        """Of a person in this stratum, on average, to be invited in this round or before."""
        return Fraction(self.earlier + len(self.rows), self.people) if self.people else Fraction(0)

    def chance_at_home_with(self, others: int, equal: str = PEOPLE) -> float:
        """The chance of somebody who shares an address with so many others who can be invited."""
        u, m = (0.0 if self.cut is None else (self.cut + 1) / _ALL), others + 1
        return u / m if equal == HOMES else (1 - (1 - u) ** m) / m


@dataclass(frozen=True)
class LetterDraw:
    """Per stratum who gets a letter; and the most people who live at one address."""

    register: Register
    equal: str
    strata: tuple[Invited, ...]
    largest_home: int

    @property
    def invited(self) -> int:
        return sum(len(stratum.rows) for stratum in self.strata)


def draw_letters(
    register: Register,
    letters: Mapping[tuple[Feature, ...], int],
    *,
    reserve: Mapping[tuple[Feature, ...], int] | None = None,
    earlier: Collection[str] = (),
    equal: str = PEOPLE,
) -> LetterDraw:
    """Draws the addressees: `letters` per stratum, and so many in `reserve`; fewer where there are fewer people.

    `earlier` are the numbers of people who had a letter in an earlier wave. Refuses `sortition.letters_strata` when
    the strata of `letters` are not those of the register, and `sortition.equal`.
    """
    if equal not in (PEOPLE, HOMES):
        raise Refusal("sortition.equal", equal=equal)
    unknown = sorted(label(where) for where in letters.keys() ^ set(register.strata))
    if unknown:
        raise Refusal("sortition.letters_strata", strata=unknown)
    order = _in_lot_order(register)
    here, largest = _one_per_address(register, order)
    ranked = _by_home(register, here) if equal == HOMES else here
    before = _had_letter(register, earlier)
    closed = before if register.homes is None else _isin(register.homes, register.homes[before])
    strata = tuple(
        _invited(register, equal, place, (here, ranked[~closed[ranked]], before), letters[where], spare)
        for place, where in enumerate(register.strata)
        for spare in [(reserve or {}).get(where, 0)]
    )
    return LetterDraw(register, equal, strata, largest)


def _in_lot_order(register: Register) -> Rows:
    """The rows of everybody who can be invited, by ticket; of two people with one ticket, by number."""
    import numpy as np

    order = np.argsort(register.tickets, kind="stable")
    for run in same_tickets(register.tickets, order):
        at = register.file.find(register.rules.id) or 0
        numbers = {row: tidy(cells[at]) for row, cells in register.cells(run).items()}
        start = int(np.searchsorted(register.tickets, register.tickets[run[0]], sorter=order))
        order[start : start + len(run)] = sorted(run, key=numbers.__getitem__)
    return order[register.group[order] >= 0]


def _one_per_address(register: Register, order: Rows) -> tuple[Rows, int]:
    """Of these rows the first of each address, in the same order; and how many there are at the fullest address."""
    import numpy as np

    if register.homes is None or not len(order):
        return order, 1
    _, first, sizes = np.unique(register.homes[order], return_index=True, return_counts=True)
    return order[np.sort(first)], int(sizes.max())


def _by_home(register: Register, rows: Rows) -> Rows:
    import numpy as np

    return rows if register.homes is None else rows[np.argsort(register.homes[rows], kind="stable")]


def _had_letter(register: Register, earlier: Collection[str]) -> Mask:
    import numpy as np

    tickets = [ticket(register.seed, LETTER, tidy(one)) for one in earlier]
    return _isin(register.tickets, np.array(tickets, dtype=np.uint64))


def _isin(tickets: Tickets, some: Tickets) -> Mask:
    import numpy as np

    return np.isin(tickets, some)


def _invited(
    register: Register, equal: str, place: int, rows: tuple[Rows, Rows, Mask], letters: int, reserve: int
) -> Invited:
    here, ready, before = rows
    mine = ready[register.group[ready] == place][: letters + reserve].tolist()
    key = register.tickets if equal == PEOPLE or register.homes is None else register.homes
    return Invited(
        where=register.strata[place],
        people=int((register.group == place).sum()),
        addresses=int((register.group[here] == place).sum()),
        earlier=int((register.group[before] == place).sum()),
        letters=letters,
        rows=tuple(mine[:letters]),
        reserve=tuple(mine[letters:]),
        cut=int(key[mine[:letters][-1]]) if letters and mine else None,
    )
