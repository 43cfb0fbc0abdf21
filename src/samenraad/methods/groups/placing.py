"""One round in which every wish is kept, or the smallest set of wishes that no round keeps: whole-number programmes.

People whom no wish names are alike, so the programme has a whole number per kind of person and table.
The clash is found by implicit hitting sets (A. Ignatiev, A. Previti, M. Liffiton and J. Marques-Silva, "Smallest MUS
extraction with minimal hitting set dualization", CP 2015): guess the smallest set of wishes that blocks every way out
known so far; if a round keeps the guess, the wishes it gives up are one more way out; if none does, that is the answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from samenraad.methods.groups.wishes import ACCESSIBLE, APART, COMPANY, HOST, TOGETHER, People, Wish
from samenraad.methods.language import _, say
from samenraad.methods.linear import INFINITY, Infeasible, Interrupted, Programme
from samenraad.refusals import Refusal

#: how far one programme may be searched, and how many guesses the smallest clash may take
NODES, GUESSES = 20_000, 200

Numbers = NDArray[np.int64]
#: coefficient per column, and the limits of their sum
Row = tuple[dict[int, float], float, float]


@dataclass(frozen=True)
class Kind:
    """People who are alike for every wish, and `now` at the same table (None: nowhere yet)."""

    ids: tuple[str, ...]
    now: int | None


@dataclass(frozen=True)
class Clash:
    """Wishes that no seating keeps together; leave out any one of them and the others can be kept. `smallest`: it is
    proven that no smaller set of wishes clashes. `low` and `high` are the sizes of tables."""

    wishes: tuple[Wish, ...]
    smallest: bool
    tables: int
    low: int
    high: int

    def sentence(self, language: str = "en") -> str:
        what = "\n".join(f"- {wish.sentence(language)}" for wish in self.wishes)
        sentence = _ONE if len(self.wishes) == 1 else _TOGETHER
        return say(sentence, language, wishes=what, tables=self.tables, high=self.high)


_ONE = _("With {tables} tables of at most {high} people this wish cannot be kept:\n{wishes}")
_TOGETHER = _(
    "With {tables} tables of at most {high} people these wishes contradict one another; give up one of them:\n{wishes}"
)


@dataclass
class Placing:
    """Who can sit where. `now` is id -> table, from 0, of people who sit already; the others sit nowhere."""

    people: People
    tables: int
    wishes: Sequence[Wish]
    accessible: Sequence[int]
    now: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.low, more = divmod(len(self.people), self.tables)
        self.high = self.low + (more > 0)
        self.kinds = self._kinds()
        self._kind_of = {one: number for number, kind in enumerate(self.kinds) for one in kind.ids}
        self._first_seat = len(self.kinds) * self.tables
        self._first_give = self._first_seat + len(self.wishes) * self.tables

    def solve(self, costs: Numbers, exact: bool = False) -> Numbers | None:
        """How many of each kind sit at each table (kinds x tables), at a low total of `costs`, the least when `exact`;
        None when the wishes cannot all be kept. Refuses `groups.too_hard` when that is not settled after much
        searching."""
        every = range(len(self.wishes))
        cost = np.concatenate([costs.ravel(), np.zeros(self._columns - costs.size)])
        found = self._programme(every, cost, exact)
        return None if found is None else found[: costs.size].reshape(costs.shape)

    def clash(self) -> Clash:
        """The smallest set of wishes that cannot be kept together; only when there is one."""
        ways_out: list[frozenset[int]] = []
        guess: frozenset[int] = frozenset()
        for _guess in range(GUESSES):
            given_up = self._given_up(guess)
            if given_up is None:
                return self._clash(guess, smallest=True)
            ways_out.append(given_up)
            guess = _smallest_block(ways_out)
        return self._clash(self._one_by_one(), smallest=False)

    def _clash(self, named: Iterable[int], smallest: bool) -> Clash:
        return Clash(tuple(self.wishes[one] for one in sorted(named)), smallest, self.tables, self.low, self.high)

    def _one_by_one(self) -> frozenset[int]:
        left = set(range(len(self.wishes)))
        for one in sorted(left):
            if self._given_up(frozenset(left - {one})) is None:
                left.remove(one)
        return frozenset(left)

    def _given_up(self, keep: frozenset[int]) -> frozenset[int] | None:
        """The fewest wishes that must be given up to keep these; None when these cannot be kept."""
        cost = np.zeros(self._columns)
        cost[self._first_give :] = 1
        found = self._programme(keep, cost)
        return None if found is None else frozenset(np.flatnonzero(found[self._first_give :]).tolist())

    @property
    def _columns(self) -> int:
        return self._first_give + len(self.wishes)

    def _kinds(self) -> list[Kind]:
        named = {one for wish in self.wishes for one in wish.people}
        company = [wish for wish in self.wishes if wish.kind == COMPANY]
        alike: dict[tuple[object, ...], list[str]] = defaultdict(list)
        for one in sorted(self.people):
            counted = tuple(self.people[one].get(wish.field) == wish.value for wish in company)
            alike[one if one in named else "", counted, self.now.get(one, -1)].append(one)
        return [Kind(tuple(ids), self.now.get(ids[0])) for ids in alike.values()]

    def _programme(self, keep: Iterable[int], cost: NDArray[np.float64], exact: bool = False) -> Numbers | None:
        kept = frozenset(keep)
        high = np.ones(self._columns)
        high[: self._first_seat] = np.repeat([len(kind.ids) for kind in self.kinds], self.tables)
        high[[self._first_give + one for one in kept]] = 0
        return _solve([*self._seat_rows(), *self._host_rows(kept), *self._wish_rows()], cost, high, exact)

    def _seat(self, kind: int, table: int) -> int:
        return kind * self.tables + table

    def _seat_rows(self) -> Iterable[Row]:
        for number, kind in enumerate(self.kinds):
            yield {self._seat(number, t): 1.0 for t in range(self.tables)}, len(kind.ids), len(kind.ids)
        for t in range(self.tables):
            yield {self._seat(number, t): 1.0 for number in range(len(self.kinds))}, self.low, self.high

    def _host_rows(self, kept: frozenset[int]) -> Iterable[Row]:
        """Two hosts never share a table; those who must be kept also as one row, which is stronger."""
        hosts = [number for number, wish in enumerate(self.wishes) if wish.kind == HOST]
        for t in range(self.tables):
            yield {self._at(number, t): 1.0 for number in hosts if number in kept}, 0, 1
            for one, other in combinations(hosts, 2):
                if not {one, other} <= kept and self.wishes[one].people != self.wishes[other].people:
                    yield (
                        {self._at(one, t): 1, self._at(other, t): 1, self._give(one): -1, self._give(other): -1},
                        -2,
                        1,
                    )

    def _at(self, wish: int, table: int, person: int = 0) -> int:
        return self._seat(self._kind_of[self.wishes[wish].people[person]], table)

    def _give(self, wish: int) -> int:
        return self._first_give + wish

    def _wish_rows(self) -> Iterable[Row]:
        rows: dict[str, Callable[[int, Wish], Iterable[Row]]] = {
            TOGETHER: self._together,
            APART: self._apart,
            HOST: self._host,
            ACCESSIBLE: self._access,
            COMPANY: self._company,
        }
        for number, wish in enumerate(self.wishes):
            yield from rows[wish.kind](number, wish)

    def _together(self, number: int, wish: Wish) -> Iterable[Row]:
        for one, other in pairwise(range(len(wish.people))):
            for t in range(self.tables):
                row = {self._at(number, t, one): 1.0, self._at(number, t, other): -1.0}
                yield {**row, self._give(number): -1.0}, -INFINITY, 0
                yield {**row, self._give(number): 1.0}, 0, INFINITY

    def _apart(self, number: int, wish: Wish) -> Iterable[Row]:
        for t in range(self.tables):
            row = {self._at(number, t, person): 1.0 for person in range(len(wish.people))}
            yield {**row, self._give(number): 1.0 - len(wish.people)}, -INFINITY, 1

    def _host(self, number: int, wish: Wish) -> Iterable[Row]:
        if wish.table:
            yield {self._at(number, wish.table - 1): 1.0, self._give(number): 1.0}, 1, INFINITY

    def _access(self, number: int, _wish: Wish) -> Iterable[Row]:
        yield {**{self._at(number, t - 1): 1.0 for t in self.accessible}, self._give(number): 1.0}, 1, INFINITY

    def _company(self, number: int, wish: Wish) -> Iterable[Row]:
        """Either two or more of them at a table, or none: a column per table says which."""
        counted = [k for k, kind in enumerate(self.kinds) if self.people[kind.ids[0]].get(wish.field) == wish.value]
        most = float(len(self.people))
        for t in range(self.tables):
            some = self._first_seat + number * self.tables + t
            row = {self._seat(k, t): 1.0 for k in counted}
            yield {**row, some: -2.0, self._give(number): 2.0}, 0, INFINITY
            yield {**row, some: -float(self.high), self._give(number): -most}, -INFINITY, 0


def _smallest_block(ways_out: Sequence[frozenset[int]]) -> frozenset[int]:
    """The smallest set with something of each way out."""
    names = sorted(frozenset().union(*ways_out))
    place = {name: number for number, name in enumerate(names)}
    rows: list[Row] = [({place[name]: 1.0 for name in way}, 1, INFINITY) for way in ways_out]
    found = _solve(rows, np.ones(len(names)), np.ones(len(names)), exact=True)
    if found is None:
        raise AssertionError("all names together block every way out")
    return frozenset(name for name, chosen in zip(names, found, strict=True) if chosen)


def _solve(
    rows: Iterable[Row], cost: NDArray[np.float64], high: NDArray[np.float64], exact: bool = False
) -> Numbers | None:
    """The whole numbers from 0 to `high` of the least cost that keep the rows; None when there are none. When the
    search is cut off, the best found so far, unless that must be `exact`."""
    from scipy.sparse import csr_array

    filled = [row for row in rows if row[0]]
    cells = [(number, column, value) for number, row in enumerate(filled) for column, value in row[0].items()]
    at, columns, values = zip(*cells, strict=True)
    matrix = csr_array((values, (at, columns)), shape=(len(filled), len(cost)))
    limits = [row[1] for row in filled], [row[2] for row in filled]
    programme = Programme(matrix, *limits, upper=high, cost=cost, whole=True, nodes=NODES)
    try:
        found = programme.solve()
    except Infeasible:
        return None
    except Interrupted as error:
        raise Refusal("groups.too_hard") from error
    if exact and not programme.optimal:
        raise Refusal("groups.too_hard")
    whole: Numbers = np.rint(found.x).astype(np.int64)
    return whole
