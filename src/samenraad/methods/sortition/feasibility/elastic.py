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
from samenraad.methods.linear import Infeasible, Solution
from samenraad.methods.sortition.feasibility.nearby import NEAR, Nearby
from samenraad.methods.sortition.pool import Quota
from samenraad.methods.sortition.problem import Incidence, Problem

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Counts = NDArray[np.int64]

#: prices of whole seats that differ by less than this are equal
WHOLE = 0.99
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

    def __init__(self, problem: Problem, *, flexible: bool = False, seats: tuple[int, int] | None = None) -> None:
        """`flexible`: quotas stretch no further than their `min_flex` and `max_flex` say. `seats`: from..to seats
        that are still to be filled, instead of exactly those that are open."""
        self.problem = problem
        self.seats = seats or (problem.open_seats, problem.open_seats)
        self.profiles, self.sizes = _profiles(problem)
        self.width = len(self.sizes)
        self.counted = np.array(self.profiles, dtype=np.int64).reshape(self.width, len(problem.quotas)).T
        self.requirements = tuple(_requirements(problem, self.counted, self.sizes))
        furthest = _as_far_as_agreed if flexible else _furthest
        self.limits = np.array([furthest(one, problem.seats) for one in self.requirements], dtype=np.int64)

    @cached_property
    def index(self) -> dict[tuple[str, Quota | None], int]:
        """(side, quota) -> its index."""
        return {(one.side, one.quota): r for r, one in enumerate(self.requirements)}

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
            return self._answer(self.nearby.best(lower, upper, cost, gap))
        except Infeasible:
            return None

    def bound(self, kept: Collection[int], price: Floats) -> float | None:
        """No panel that keeps `kept` stretches the others for less; None when not even parts of people could."""
        lower, upper = self._bounds(kept, None)
        try:
            return self.nearby.loose(lower, upper, np.concatenate([np.zeros(self.width), price])).value
        except Infeasible:
            return None

    def blamed(self, pinned: int | None = None) -> frozenset[int]:
        """The requirements with a price in the cheapest stretch without whole people: when this costs anything they
        cannot be kept together (Farkas), so that the others need not be looked at."""
        lower, upper = self._bounds((), pinned)
        cost = np.concatenate([np.zeros(self.width), np.ones(len(self.requirements))])
        duals = self.nearby.loose(lower, upper, cost).column_duals[self.width :]
        return frozenset(np.flatnonzero(np.abs(duals - 1) > NEAR).tolist())

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
    def nearby(self) -> Nearby:
        return Nearby(self.rows, self.width)

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
        low = [*problem.low[:q], *(-np.inf for _home in homes), self.seats[0]]
        high = [*problem.high[:q], *(addresses for _who, addresses in homes), self.seats[1]]
        return {"rows": rows, "low": low, "high": high, "upper": np.concatenate([self.sizes, self.limits])}


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


def _as_far_as_agreed(requirement: Requirement, seats: int) -> int:
    quota = requirement.quota
    if quota is None:
        return 0
    if requirement.side == "min":
        return max(0, quota.min - (quota.min_flex or 0))
    return max(0, min(seats, seats if quota.max_flex is None else quota.max_flex) - quota.max)


def people_of(problem: Problem, panel: Counts) -> tuple[str, ...]:
    """The ids of one panel with these numbers per type, those who are in already included, sorted.

    Columns after the types (people who are shut out) are left aside. Any address of a kind has somebody of each of its
    types, so the first that is still free will do.
    """
    chosen, taken = list(problem.already), set[str]()
    for number, kind in zip(panel, problem.types, strict=False):
        wanted = int(number)
        for address in kind.members:
            home = problem.pool.by_id[address[0]].household if kind.household else None
            if wanted and home not in taken:
                chosen.append(address[0])
                wanted -= 1
                taken |= {home} if home else set()
    return tuple(sorted(chosen))
