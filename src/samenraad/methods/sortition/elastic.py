"""A draw whose requirements can be given up: which of them, how many at once, and at what price.

The seats and the pool itself stand firm. Everything else is a requirement: each side of a quota, and the rule of one
person per address. A requirement is kept, or it stretches at a price per seat.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from samenraad.methods.language import _, say
from samenraad.methods.sortition.linear import Infeasible, Interrupted, Programme, Solution
from samenraad.methods.sortition.pool import Quota
from samenraad.methods.sortition.problem import Incidence, Problem

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Counts = NDArray[np.int64]

#: prices of whole seats that differ by less than this are equal
WHOLE = 0.99
#: how many columns beside those of the loose answer join a quick search, and how many nodes it may visit
SPARE, QUICK_NODES = 60, 200
_NEAR = 1e-6
_AT_LEAST = _("at least {number} of {group}")
_AT_MOST = _("at most {number} of {group}")


@dataclass(frozen=True)
class Requirement:
    """One side of a quota ("min" or "max"), or the rule of one person per address ("household").

    `available` is how many people of the group there are: who can be drawn or is in already; `addresses` is how many
    of them fit on one panel when nobody shares an address.
    """

    side: str
    quota: Quota | None = None
    available: int = 0
    addresses: int = 0

    @property
    def number(self) -> int:
        """The limit itself: 5 of "at least 5"."""
        if self.quota is None:
            return 1
        return self.quota.min if self.side == "min" else self.quota.max

    def sentence(self, language: str = "en") -> str:
        if self.quota is None:
            return say(_("at most one person per address"), language)
        sentence = _AT_LEAST if self.side == "min" else _AT_MOST
        return say(sentence, language, number=self.number, group=group(self.quota))


def group(quota: Quota) -> str:
    """The people of a quota in words: "age 16-24", or "age 16-24 & area North"."""
    return " & ".join(f"{category} {value}" for category, value in quota.where)


@dataclass(frozen=True)
class Answer:
    """A panel (people per column), and by how many seats each requirement that is not kept falls short."""

    panel: Counts
    stretched: Mapping[int, int]
    value: float


class Elastic:
    """The draw of `problem` with `requirements` that can stretch; a requirement is named by its index.

    Columns: T types, then one per profile of the people who are shut out, then one stretch per requirement, at most
    `limits`. The stretch of the household rule is 0 (kept) or 1 (given up).
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.profiles, self.sizes = _profiles(problem)
        self.width = len(self.sizes)
        self.counted = np.array(self.profiles, dtype=np.int64).reshape(self.width, len(problem.quotas)).T
        self.requirements = tuple(_requirements(problem, self.counted, self.sizes))
        self.limits = np.array([_furthest(one, problem.seats) for one in self.requirements], dtype=np.int64)
        self._whole: dict[tuple[float, int | None], Programme] = {}

    @property
    def everything(self) -> frozenset[int]:
        return frozenset(range(len(self.requirements)))

    def meet(
        self,
        kept: Collection[int],
        *,
        price: Floats | float = 1.0,
        wish: Floats | None = None,
        pinned: int | None = None,
        gap: float = WHOLE,
    ) -> Answer | None:
        """The panel that keeps `kept` and stretches the others at the lowest price; None when there is none.

        `wish`    a value per column of the panel, made as large as possible instead of the price
        `pinned`  a column that must have somebody on the panel
        `gap`     answers whose price (or value) differs by no more than this count as equally good
        """
        lower, upper = self._bounds(kept, pinned)
        cost = np.zeros(len(lower))
        if wish is None:
            cost[self.width :] = price
        else:
            cost[: self.width] = -wish
        try:
            return self._answer(self._best(lower, upper, cost, gap))
        except Infeasible:
            return None

    def blamed(self, pinned: int | None = None) -> frozenset[int]:
        """The requirements with a price in the cheapest stretch without whole people: when this costs anything they
        cannot be kept together (Farkas), so that the others need not be looked at."""
        lower, upper = self._bounds((), pinned)
        cost = np.concatenate([np.zeros(self.width), np.ones(len(self.requirements))])
        duals = _set(self._loose, lower, upper, cost).solve().column_duals[self.width :]
        return frozenset(np.flatnonzero(np.abs(duals - 1) > _NEAR).tolist())

    def _best(self, lower: Floats, upper: Floats, cost: Floats, gap: float) -> Solution:
        """First without asking for whole people, then whole people near that point, and only then all of it."""
        loose = _set(self._loose, lower, upper, cost).solve()
        if bool(np.all(np.abs(loose.x - np.rint(loose.x)) < _NEAR)):
            return loose
        near = self._near(loose, lower, upper, cost, gap)
        if near is not None and near.value <= loose.value + gap:
            return near
        return _set(self._programme(gap), lower, upper, cost).solve()

    def _near(self, loose: Solution, lower: Floats, upper: Floats, cost: Floats, gap: float) -> Solution | None:
        """The best whole answer between the rounded numbers of a loose one, with some room: a few dozen columns that
        could join it at no cost. Quick, and nearly always good enough."""
        x, w = loose.x[: self.width], self.width
        low, high = lower.copy(), upper.copy()
        low[:w] = np.maximum(low[:w], np.floor(x + _NEAR))
        high[:w] = np.minimum(high[:w], np.ceil(x - _NEAR))
        spare = np.flatnonzero((x < _NEAR) & (np.abs(loose.column_duals[:w]) < _NEAR) & (upper[:w] >= 1))
        high[spare[:: max(1, len(spare) // SPARE)]] = 1.0
        try:
            return _set(self._programme(gap, QUICK_NODES), low, high, cost).solve()
        except (Infeasible, Interrupted):
            return None

    def _answer(self, found: Solution) -> Answer:
        whole = np.rint(found.x).astype(np.int64)
        stretched = {r: int(by) for r, by in enumerate(whole[self.width :]) if by}
        return Answer(whole[: self.width], stretched, found.value)

    def _bounds(self, kept: Collection[int], pinned: int | None) -> tuple[Floats, Floats]:
        stretch = self.limits.astype(float)
        stretch[list(kept)] = 0.0
        lower = np.zeros(self.width + len(stretch))
        if pinned is not None:
            lower[pinned] = 1.0
        return lower, np.concatenate([self.sizes, stretch])

    @cached_property
    def _loose(self) -> Programme:
        return Programme(**self.rows)

    def _programme(self, gap: float, nodes: int | None = None) -> Programme:
        if (gap, nodes) not in self._whole:
            self._whole[gap, nodes] = Programme(**self.rows, whole=True, mip_abs_gap=gap, nodes=nodes)
        return self._whole[gap, nodes]

    @cached_property
    def rows(self) -> dict[str, Any]:
        """Rows and limits, for a `Programme`: quotas, households, seats."""
        problem, width, q = self.problem, self.width, len(self.problem.quotas)
        homes = _homes(problem, width)
        rows = np.zeros((q + len(homes) + 1, width + len(self.requirements)))
        rows[:q, :width] = self.counted
        place = {quota: i for i, quota in enumerate(problem.quotas)}
        for r, one in enumerate(self.requirements):
            if one.quota is not None:
                rows[place[one.quota], width + r] = 1 if one.side == "min" else -1
        for h, (who, addresses) in enumerate(homes, start=q):
            rows[h, :width] = who
            rows[h, -1] = addresses - float(self.sizes @ who)
        rows[-1, :width] = 1
        low = [*problem.low[:q], *(-np.inf for _home in homes), problem.open_seats]
        high = [*problem.high[:q], *(addresses for _who, addresses in homes), problem.open_seats]
        return {"rows": rows, "low": low, "high": high, "upper": np.concatenate([self.sizes, self.limits])}


def _set(programme: Programme, lower: Floats, upper: Floats, cost: Floats) -> Programme:
    programme.bounds(lower, upper)
    programme.costs(cost)
    return programme


def _profiles(problem: Problem) -> tuple[list[Incidence], Counts]:
    """Per column whom it counts: the types, then the people who are shut out, merged by profile."""
    shut = Counter(
        tuple(problem.pool.by_id[one].matches(quota.where) for quota in problem.quotas) for one in problem.shut_out
    )
    profiles = [one.incidence for one in problem.types] + sorted(shut)
    return profiles, np.array([*problem.sizes, *(shut[one] for one in sorted(shut))], dtype=np.int64)


def _requirements(problem: Problem, counted: Counts, sizes: Counts) -> Iterator[Requirement]:
    held = np.array([quota.min for quota in problem.quotas], dtype=np.int64) - problem.low[: len(problem.quotas)]
    available = counted @ sizes + held
    together = _apart(problem, counted) + held
    for i, quota in enumerate(problem.quotas):
        if quota.min > 0:
            yield Requirement("min", quota, int(available[i]), int(together[i]))
        if quota.max < problem.seats:
            yield Requirement("max", quota, int(available[i]), int(together[i]))
    if _homes(problem, len(sizes)):
        yield Requirement("household")


def _apart(problem: Problem, counted: Counts) -> Counts:
    """Per quota how many of its people can sit together, one per address."""
    total = np.zeros(len(counted), dtype=np.int64)
    kinds: dict[tuple[Incidence, ...], int] = {}
    for t, one in enumerate(problem.types):
        if one.household:
            kinds[one.household] = one.capacity
        else:
            total += counted[:, t] * one.size
    for kind, addresses in kinds.items():
        total += np.any(np.array(kind), axis=0) * addresses
    return total


def _homes(problem: Problem, width: int) -> list[tuple[Floats, float]]:
    """Per kind of household which columns belong to it, and how many of their people fit on one panel."""
    q, t = len(problem.quotas), len(problem.types)
    homes = [
        (np.concatenate([row, np.zeros(width - t)]).astype(float), float(problem.high[q + k]))
        for k, row in enumerate(problem.rows[q:])
    ]
    if width > t:
        homes.append((np.concatenate([np.zeros(t), np.ones(width - t)]), 0.0))
    return homes


def _furthest(requirement: Requirement, seats: int) -> int:
    if requirement.quota is None:
        return 1
    return requirement.quota.min if requirement.side == "min" else seats - requirement.quota.max
