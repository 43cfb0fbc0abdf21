"""Who gets a letter: in each stratum the people with the smallest tickets.

Within a stratum everybody has the same chance, letters / people. Anybody can check it: compute your own ticket
from the seed and your number; you are invited exactly when it is not above the stratum's `cut`.

At most one letter per address, when the register's rules name address columns. First every address puts forward one
person, the one with the smallest ticket of those who live there; then the strata choose among these people:

`people`   by their own tickets. Nearly everybody has the same chance, a little less in large households: where 1 % of
           the tickets is invited, somebody in a home of four has 0.985 %. This is the default.
`homes`    by the tickets of the addresses. Every address of a stratum has the same chance, so who shares a home has
           half, a third, ... of the chance of who lives alone. For those who want to write to homes.

`home_chances` says how large the difference is; it is part of the result.

The reserve of a stratum are those who come next. A second wave from the same seed leaves out who had a letter
(`earlier`), and in a household rule their housemates, and so never repeats anybody.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from samenraad.methods.files.tables import tidy
from samenraad.methods.seeds import ticket
from samenraad.methods.sortition.letters.home_chances import HOMES, PEOPLE, chances_by_home
from samenraad.methods.sortition.letters.register import LETTER, Register, same_tickets
from samenraad.methods.sortition.letters.strata import Notice, label
from samenraad.methods.sortition.pool import Feature
from samenraad.refusals import Refusal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from samenraad.methods.sortition.letters.register import Tickets

    Rows = NDArray[np.int64]
    Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Invited:
    """The lot in one stratum. `letters` were asked for; rows of the register, in the order of their tickets.

    `people` can be invited, of whom `earlier` had a letter before; `at_home` says how many of them live at an
    address of one, two, ... people who can be invited (everybody at one, without a household rule).
    `cut` is the largest ticket that is invited, None when nobody is.
    """

    where: tuple[Feature, ...]
    people: int
    at_home: Mapping[int, int]
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

    def chances(self, equal: str) -> dict[int, float]:
        """How many can be invited at the address -> the chance of each of them."""
        return chances_by_home(self.at_home, self.earlier + len(self.rows), equal)


@dataclass(frozen=True)
class LetterDraw:
    """Per stratum who gets a letter, in canonical order. `unknown` people had a letter, and are not in the register."""

    register: Register
    equal: str
    strata: tuple[Invited, ...]
    unknown: int = 0

    @property
    def invited(self) -> int:
        return sum(len(stratum.rows) for stratum in self.strata)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """Strata that could not use all their letters because housemates share one; earlier letters to strangers."""
        fewer = [
            Notice("sortition.fewer_invited", {"stratum": one.label, "letters": one.letters, "invited": len(one.rows)})
            for one in self.strata
            if len(one.rows) < one.letters
        ]
        strangers = [Notice("sortition.earlier_unknown", {"number": self.unknown})] if self.unknown else []
        return (*fewer, *strangers)

    @property
    def key(self) -> Tickets:
        """The tickets by which the strata chose, per row: of the people, or of their addresses."""
        homes = self.register.homes
        return self.register.tickets if self.equal == PEOPLE or homes is None else homes


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
    the strata of `letters` are not those of the register, `sortition.earlier_nobody` when none of the earlier numbers
    is in the register (another column, another way of writing), and `sortition.equal`.
    """
    if equal not in (PEOPLE, HOMES):
        raise Refusal("sortition.equal", equal=equal)
    other = sorted(label(where) for where in letters.keys() ^ set(register.strata))
    if other:
        raise Refusal("sortition.letters_strata", strata=other)
    order = _in_lot_order(register)
    first, sizes = _one_per_address(register, order)
    before = _had_letter(register, earlier)
    closed = before if register.homes is None else _isin(register.homes, register.homes[before])
    ranked = _by_home(register, first) if equal == HOMES else first
    ready = _by_stratum(register, ranked[~closed[ranked]])
    at_home, had = _at_home(register, order, sizes), _counted(register, before)
    key = register.homes if equal == HOMES and register.homes is not None else register.tickets
    spare = reserve or {}
    strata = tuple(
        _invited(where, ready[place], key, at_home[place], had[place], letters[where], spare.get(where, 0))
        for place, where in enumerate(register.strata)
    )
    return LetterDraw(register, equal, strata, len(set(earlier)) - int(before.sum()))


def had_letters(register: Register, earlier: Collection[str]) -> dict[tuple[Feature, ...], int]:
    """How many people of each stratum had a letter before."""
    return dict(zip(register.strata, _counted(register, _had_letter(register, earlier)), strict=True))


def _counted(register: Register, mask: Mask) -> list[int]:
    """How many of these rows are in each stratum."""
    import numpy as np

    groups = register.group[mask]
    return [int(number) for number in np.bincount(groups[groups >= 0], minlength=len(register.strata))]


def _by_stratum(register: Register, rows: Rows) -> list[Rows]:
    """The rows of each stratum, in the same order."""
    import numpy as np

    groups = register.group[rows]
    order = np.argsort(groups, kind="stable")
    return np.split(rows[order], np.searchsorted(groups[order], range(1, len(register.strata))))


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


def _one_per_address(register: Register, order: Rows) -> tuple[Rows, Rows]:
    """Of these rows the first of each address, in the same order; and for all rows how many share their address."""
    import numpy as np

    if register.homes is None:
        return order, np.ones(len(order), dtype=np.int64)
    _, first, home, sizes = np.unique(register.homes[order], return_index=True, return_inverse=True, return_counts=True)
    return order[np.sort(first)], sizes[home]


def _at_home(register: Register, order: Rows, sizes: Rows) -> list[dict[int, int]]:
    """Per stratum: size of the address -> how many people live at an address of that size."""
    import numpy as np

    wide = int(sizes.max(initial=1)) + 1
    counted = np.bincount(register.group[order] * np.int64(wide) + sizes, minlength=len(register.strata) * wide)
    return [{int(m): int(row[m]) for m in np.flatnonzero(row)} for row in counted.reshape(len(register.strata), wide)]


def _by_home(register: Register, rows: Rows) -> Rows:
    import numpy as np

    return rows if register.homes is None else rows[np.argsort(register.homes[rows], kind="stable")]


def _had_letter(register: Register, earlier: Collection[str]) -> Mask:
    import numpy as np

    tickets = [ticket(register.seed, LETTER, tidy(one)) for one in earlier]
    found = _isin(register.tickets, np.array(tickets, dtype=np.uint64))
    if tickets and not found.any():
        raise Refusal("sortition.earlier_nobody", number=len(tickets))
    return found


def _isin(tickets: Tickets, some: Tickets) -> Mask:
    import numpy as np

    return np.isin(tickets, some)


def _invited(
    where: tuple[Feature, ...],
    ready: Rows,
    key: Tickets,
    at_home: Mapping[int, int],
    earlier: int,
    letters: int,
    reserve: int,
) -> Invited:
    mine = ready[: letters + reserve].tolist()
    return Invited(
        where=where,
        people=sum(at_home.values()),
        at_home=at_home,
        earlier=earlier,
        letters=letters,
        rows=tuple(mine[:letters]),
        reserve=tuple(mine[letters:]),
        cut=int(key[mine[:letters][-1]]) if letters and mine else None,
    )
