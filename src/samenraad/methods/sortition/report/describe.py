"""Who is in the pool, beside what the quotas ask: what an organiser wants to know before anything is computed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, product

from samenraad.methods.sortition.pool import Candidate, Feature, Pool, Quota, Quotas
from samenraad.methods.sortition.problem import Problem, pose

#: from this share of a group on, nearly everybody in it is needed
NEARLY = 0.8

SHORT, EVERYBODY, NEARLY_EVERYBODY, NOBODY, FINE = "short", "everybody", "nearly", "nobody", "fine"


@dataclass(frozen=True)
class Group:
    """One quota beside the people it is about.

    `people`   in the pool; `places` how many of them can be on one panel (one per address, nobody who lives with
               somebody who is in already)
    `needed`   the least share of those places that every panel takes: min / places; None without places
    `state`    "short" (more needed than there are), "everybody", "nearly" (80 % or more), "nobody" (the maximum is
               zero but there are people) or "fine"
    """

    where: tuple[Feature, ...]
    people: int
    places: int
    min: int
    max: int

    @property
    def label(self) -> str:
        return Quota(self.where, 0, 0).label

    @property
    def needed(self) -> float | None:
        return self.min / self.places if self.places else None

    @property
    def state(self) -> str:
        if self.min > self.places:
            return SHORT
        if self.max == 0:
            return NOBODY if self.people else FINE
        if self.min == 0:
            return FINE
        share = self.min / self.places
        return EVERYBODY if share == 1 else NEARLY_EVERYBODY if share >= NEARLY else FINE


@dataclass(frozen=True)
class Sum:
    """The minimums and maximums of a category; the seats lie between them, or there is no panel."""

    category: str
    low: int
    high: int


@dataclass(frozen=True)
class ThinCell:
    """Two values together of whom the pool has fewer `people` than a panel would have if the two were independent:
    `expected` is the middle of one quota times the middle of the other, divided by the seats."""

    where: tuple[Feature, Feature]
    people: int
    expected: float

    @property
    def label(self) -> str:
        return Quota(self.where, 0, 0).label


@dataclass(frozen=True)
class Households:
    """Addresses that people in the pool share."""

    addresses: int
    people: int
    largest: int


@dataclass(frozen=True)
class Description:
    """The pool and the quotas at a glance. `types` is the number of kinds of people that the quotas can tell apart,
    which is what makes a draw large or small to compute; `shut_out` live with somebody who is in already."""

    seats: int
    people: int
    already: int
    shut_out: int
    types: int
    households: Households
    sums: tuple[Sum, ...]
    groups: tuple[Group, ...]
    thin: tuple[ThinCell, ...]


def describe(pool: Pool, quotas: Quotas, seats: int, already: Iterable[str] = ()) -> Description:
    """The pool beside the quotas for a panel of `seats` people.

    >>> pool = Pool.of({"a": {"age": "young"}, "b": {"age": "old"}, "c": {"age": "old"}})
    >>> described = describe(pool, Quotas.of({"age": {"young": (1, 1), "old": (1, 1)}}), 2)
    >>> [(group.label, group.people, group.state) for group in described.groups]
    [('age: old', 2, 'fine'), ('age: young', 1, 'everybody')]

    Refuses what `pose` refuses: `sortition.seats`, `.unknown`, `.household_already` and `.missing`.
    """
    problem = pose(pool, quotas, seats, already)
    return Description(
        seats=seats,
        people=len(pool),
        already=len(problem.already),
        shut_out=len(problem.shut_out),
        types=len(problem.types),
        households=_households(pool),
        sums=tuple(_sum(quotas, category) for category in quotas.categories if quotas.values(category)),
        groups=_groups(problem, quotas),
        thin=_thin(pool, quotas, seats),
    )


def _households(pool: Pool) -> Households:
    sizes = Counter(one.household for one in pool.candidates if one.household is not None)
    shared = [size for size in sizes.values() if size > 1]
    return Households(len(shared), sum(shared), max(shared, default=0))


def _sum(quotas: Quotas, category: str) -> Sum:
    own = [quota for quota in quotas if len(quota.where) == 1 and quota.where[0][0] == category]
    return Sum(category, sum(quota.min for quota in own), sum(quota.max for quota in own))


def _groups(problem: Problem, quotas: Quotas) -> tuple[Group, ...]:
    people: Counter[tuple[Feature, ...]] = Counter()
    places: dict[tuple[Feature, ...], set[str]] = {quota.where: set() for quota in quotas}
    out = set(problem.shut_out)
    for one in problem.pool.candidates:
        for where in _wheres(one, places):
            people[where] += 1
            if one.id not in out:
                places[where].add(f"at {one.household}" if one.household is not None else one.id)
    return tuple(
        Group(quota.where, people[quota.where], len(places[quota.where]), quota.min, quota.max) for quota in quotas
    )


def _wheres(one: Candidate, known: Mapping[tuple[Feature, ...], object]) -> list[tuple[Feature, ...]]:
    """The quotas that count this person."""
    features = sorted(one.features.items())
    singles = [(feature,) for feature in features]
    return [where for where in (*singles, *combinations(features, 2)) if where in known]


def _thin(pool: Pool, quotas: Quotas, seats: int) -> tuple[ThinCell, ...]:
    middles = {quota.where[0]: (quota.min + quota.max) / 2 for quota in quotas if len(quota.where) == 1}
    counted = Counter(pair for one in pool.candidates for pair in combinations(sorted(one.features.items()), 2))
    by_category: dict[str, list[Feature]] = {}
    for feature in sorted(middles):
        by_category.setdefault(feature[0], []).append(feature)
    cells = (
        ThinCell((one, other), counted[one, other], middles[one] * middles[other] / seats)
        for some, others in combinations(by_category.values(), 2)
        for one, other in product(some, others)
    )
    thin = [cell for cell in cells if cell.expected >= 1 and cell.people < cell.expected]
    return tuple(sorted(thin, key=lambda cell: (cell.people - cell.expected, cell.where)))
