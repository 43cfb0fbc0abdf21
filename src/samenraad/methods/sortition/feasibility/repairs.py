"""What would make impossible quotas possible: the smallest changes, best first, each of them tried out.

A change lowers a minimum or raises a maximum, by whole seats. The first repair moves the fewest seats of all; among
repairs that move as many, the one with the lowest cost comes first, in which a lowered seat costs 1 + 2/min and a
raised seat 1, so that a small group is the last to lose its place. (Other software minimises that cost alone; the
cheapest repair by cost may move more seats, never fewer.)

Each next repair changes another set of limits: none contains all that an earlier one changes. They are found as in a
hitting-set tree (Reiter, "A theory of diagnosis from first principles", Artificial Intelligence 32, 1987), best first.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice
from math import ceil

import numpy as np

from samenraad.methods.language import _, ngettext, say, say_many
from samenraad.methods.sortition.feasibility.elastic import Answer, Elastic, group, people_of
from samenraad.methods.sortition.pool import Pool, Quota, Quotas
from samenraad.methods.sortition.problem import Problem, candidates, pose

#: how much a lower cost counts beside a moved seat: so little that it decides only between equal numbers of seats
FINE = 1 / 2048
#: costs that differ by less than this are equal
SAME_COST = 0.01

Named = frozenset[int]


@dataclass(frozen=True)
class Change:
    """One limit that moves: the "min" or the "max" of a quota, from `before` to `after`."""

    quota: Quota
    side: str
    before: int
    after: int

    @property
    def seats(self) -> int:
        return abs(self.after - self.before)

    @property
    def cost(self) -> float:
        """1 per raised seat, 1 + 2/min per lowered seat."""
        return self.seats * (1 + 2 / self.before) if self.side == "min" else float(self.seats)

    def sentence(self, language: str = "en") -> str:
        """
        >>> Change(Quota((("age", "16-24"),), 5, 9), "min", 5, 3).sentence()
        'Age 16-24: at least 5 becomes at least 3.'
        """
        name = group(self.quota)
        words = {"group": name[:1].upper() + name[1:], "before": self.before, "after": self.after}
        return say(_LOWER if self.side == "min" else _RAISE, language, **words)


_LOWER = _("{group}: at least {before} becomes at least {after}.")
_RAISE = _("{group}: at most {before} becomes at most {after}.")


@dataclass(frozen=True)
class Repair:
    """Changes that together make the quotas possible. `example` is a panel that meets them, by id: it proves that
    the repair works, and is not a draw."""

    changes: tuple[Change, ...]
    example: tuple[str, ...]

    @property
    def seats(self) -> int:
        """How many seats all limits move together."""
        return sum(one.seats for one in self.changes)

    @property
    def cost(self) -> float:
        return sum(one.cost for one in self.changes)

    def apply(self, quotas: Quotas) -> Quotas:
        """The quotas with these changes."""
        return Quotas(tuple(_changed(quota, self.changes) for quota in quotas))

    def sentence(self, language: str = "en") -> str:
        return " ".join(one.sentence(language) for one in self.changes)


@dataclass(frozen=True)
class OtherSeats:
    """A number of seats with which the quotas as they are can be met."""

    seats: int
    asked: int

    @property
    def difference(self) -> int:
        return abs(self.seats - self.asked)

    def sentence(self, language: str = "en") -> str:
        return say_many(_OTHER_SEATS, self.seats, language, asked=self.asked)


_OTHER_SEATS = ngettext(
    "With {n} seat instead of {asked} it can be done without changing a quota.",
    "With {n} seats instead of {asked} it can be done without changing a quota.",
)


def repairs(problem: Problem, how_many: int = 3) -> tuple[Repair, ...]:
    """At most `how_many` repairs, best first; fewer when there are no more, none when no change within the flex of
    the quotas helps, or nothing needs repair. Each is solved again, and a panel of it counted (`Quotas.broken_by`).

    >>> pool = Pool.of({"a": {"age": "young"}, "b": {"age": "old"}, "c": {"age": "old"}})
    >>> problem = pose(pool, Quotas.of({"age": {"young": (2, 2), "old": (0, 1)}}), 2)
    >>> [repair.sentence() for repair in repairs(problem)]
    ['Age young: at least 2 becomes at least 1.']
    """
    tree = _Tree(Elastic(problem, flexible=True))
    found: list[Repair] = []
    for answer in islice(tree.grow(), how_many):
        changes = tuple(_change(tree.elastic, r, by) for r, by in sorted(answer.stretched.items()))
        if not changes:
            break
        found.append(_tried(problem, changes))
    return tuple(found)


class _Tree:
    """The places that are still to be looked at: each a set of limits that stay, and a bound on what that costs."""

    def __init__(self, elastic: Elastic) -> None:
        self.elastic = elastic
        self.price = np.array([_price(elastic, r) for r in range(len(elastic.requirements))])
        household = {r for r, one in enumerate(elastic.requirements) if one.quota is None}
        self.places: list[tuple[float, int, tuple[int, ...], Answer | None]] = []
        self.seen: set[Named] = set()
        self._add(frozenset(household))

    def grow(self) -> Iterator[Answer]:
        """Answers, best first, of which none changes all that an earlier one changes."""
        found: list[Named] = []
        while self.places:
            _bound, _order, kept, answer = heapq.heappop(self.places)
            if answer is None:
                self._solve(frozenset(kept))
                continue
            changed = frozenset(answer.stretched)
            again = next((earlier for earlier in found if earlier <= changed), None)
            if again is None:
                yield answer
                found.append(changed)
                again = changed
            for one in sorted(again):
                self._add(frozenset(kept) | {one})

    def _add(self, kept: Named) -> None:
        if kept not in self.seen:
            self.seen.add(kept)
            bound = self.elastic.bound(kept, self.price)
            if bound is not None:
                heapq.heappush(self.places, (_rounded(bound), 0, tuple(sorted(kept)), None))

    def _solve(self, kept: Named) -> None:
        answer = self.elastic.meet(kept, price=self.price, gap=SAME_COST * FINE)
        if answer is not None:
            value = round(sum(self.price[r] * by for r, by in sorted(answer.stretched.items())), 9)
            heapq.heappush(self.places, (value, 1, tuple(sorted(kept)), answer))


def _rounded(bound: float) -> float:
    """Seats are whole: a bound of 0.5 seats is a bound of 1."""
    return max(bound, float(ceil(bound / (1 + 2 * FINE) - 1e-6))) - 1e-9


def _price(elastic: Elastic, r: int) -> float:
    one = elastic.requirements[r]
    return 1 + FINE * 2 / one.number if one.side == "min" else 1.0


def _change(elastic: Elastic, r: int, by: int) -> Change:
    one = elastic.requirements[r]
    assert one.quota is not None  # noqa: S101  (the tree keeps the household rule)
    return Change(one.quota, one.side, one.number, one.number - by if one.side == "min" else one.number + by)


def _changed(quota: Quota, changes: tuple[Change, ...]) -> Quota:
    for one in changes:
        if one.quota.where == quota.where:
            quota = replace(quota, min=one.after) if one.side == "min" else replace(quota, max=one.after)
    return quota


def _tried(problem: Problem, changes: tuple[Change, ...]) -> Repair:
    """The repair, after solving the repaired draw anew and counting its panel by hand."""
    quotas = tuple(_changed(quota, changes) for quota in problem.quotas)
    lower = np.array([after.min - before.min for after, before in zip(quotas, problem.quotas, strict=True)])
    higher = np.array([after.max - before.max for after, before in zip(quotas, problem.quotas, strict=True)])
    low, high = problem.low.copy(), problem.high.copy()
    low[: len(quotas)] += lower
    high[: len(quotas)] += higher
    repaired = replace(problem, quotas=quotas, low=low, high=high)
    elastic = Elastic(repaired)
    answer = elastic.meet(elastic.everything)
    example = people_of(problem, answer.panel) if answer else ()
    if answer is None or Quotas(quotas).broken_by(candidates(problem, example)):
        raise ArithmeticError(f"a repair does not hold: {changes}")
    return Repair(changes, example)


def other_seats(pool: Pool, quotas: Quotas, seats: int, already: tuple[str, ...] = ()) -> tuple[OtherSeats, ...]:
    """The nearest larger and the nearest smaller number of seats with which the same quotas can be met, nearest
    first, at equal distance the larger; those of them that exist. Empty when the quotas can be met as they are."""
    most = max(seats, len(pool))
    problem = pose(pool, quotas, most, already)
    held = len(problem.already)
    larger = _filled(problem, seats - held, most - held, -1)
    smaller = _filled(problem, max(1, held) - held, seats - held, 1)
    found = {open_seats + held for open_seats in chain(larger, smaller)}
    if seats in found:
        return ()
    return tuple(OtherSeats(one, seats) for one in sorted(found, key=lambda one: (abs(one - seats), -one)))


def _filled(problem: Problem, fewest: int, most: int, wish: int) -> Iterator[int]:
    """The largest (`wish` 1) or smallest (-1) number of seats in between that can be filled, if any."""
    elastic = Elastic(problem, seats=(fewest, most))
    answer = elastic.meet(elastic.everything, wish=np.full(elastic.width, float(wish)))
    if answer is not None:
        yield int(answer.panel.sum())
