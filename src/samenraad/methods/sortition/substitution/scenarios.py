"""Many drop-out sets at once: how far from its quotas is the panel, after the best repair with these substitutes?

The distance of a panel to its quotas, with x(q) people in group q:

    distance = sum over quotas of max(0, min(q) - x(q), x(q) - max(q))  +  empty seats

An empty seat counts as one, as if "seats" were a quota with min = max; a panel never gets more people than seats.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from samenraad.methods.sortition.pool import Candidate, Quotas

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Whole = NDArray[np.float32]  # small whole numbers, as floats: products are quick, and sums exact in any order
    Floats = NDArray[np.float64]
    Indices = NDArray[np.intp]

#: so many types are looked at in all scenarios; which ones, so many scenarios tell
SHORTLIST, GLANCE = 30, 60
#: so many multiplications at a time
BLOCK = 200_000
#: no move: worse than any real one
NEVER = np.float32(1e6)


@dataclass(frozen=True)
class Limits:
    """low ≤ counts ≤ high per column; the last column is the seats, which may not be overfilled."""

    low: Whole
    high: Whole

    def distance(self, counts: Whole) -> Whole:
        """counts: (..., Q+1) people per group and in all. The distance of each panel to its quotas."""
        outside: Whole = np.maximum(self.low - counts, 0) + np.maximum(counts - self.high, 0)
        total: Whole = outside.sum(axis=-1)
        return total

    def one_more(self, counts: Whole) -> Whole:
        """What one more person in a group changes: -1, 0 or 1."""
        return np.where(counts < self.low, -1, np.where(counts >= self.high, 1, 0)).astype(np.float32)

    def one_less(self, counts: Whole) -> Whole:
        return np.where(counts > self.high, -1, np.where(counts <= self.low, 1, 0)).astype(np.float32)


def limits_of(quotas: Quotas, seats: int) -> Limits:
    low, high = [quota.min for quota in quotas], [quota.max for quota in quotas]
    return Limits(np.array([*low, seats], dtype=np.float32), np.array([*high, seats], dtype=np.float32))


def groups_of(people: Iterable[Candidate], quotas: Quotas) -> Whole:
    """(people, Q+1) zeros and ones: which quotas count whom, and a last column of ones for the seat."""
    rows = [[*(one.matches(quota.where) for quota in quotas), True] for one in people]
    return np.array(rows, dtype=np.float32).reshape(len(rows), len(quotas) + 1)


class Repairs:
    """A plan and its repair of each of S panels that people left.

    `counts` (S, Q+1) people who stay and who were called, per group and in all; `weights` (S) the chances of the
    scenarios; `kinds` (T, Q+1) the groups of each type of person; `plan` the types of the substitutes, in order;
    `called` (S, plan) which of them sit. The distance is separable over the groups, so that the gain of one more person
    of every type in every scenario is one product of matrices. A repair is improved by the best addition, exchange or
    removal until none helps.
    """

    def __init__(self, limits: Limits, kinds: Whole, counts: Whole, weights: Floats) -> None:
        self.limits, self.kinds, self.counts, self.weights = limits, kinds, counts, weights
        self.plan: list[int] = []
        self.called = np.zeros((len(counts), 0), dtype=bool)

    def copy(self) -> Repairs:
        twin = Repairs(self.limits, self.kinds, self.counts.copy(), self.weights)
        twin.plan, twin.called = list(self.plan), self.called.copy()
        return twin

    @property
    def expected(self) -> float:
        """The expected distance after the repairs."""
        return round(float(self.weights @ self.limits.distance(self.counts)), 9)

    def add(self, *kinds: int) -> None:
        self.plan.extend(kinds)
        self.called = np.column_stack([self.called, np.zeros((len(self.counts), len(kinds)), dtype=bool)])
        self.settle()

    def remove(self, place: int) -> None:
        """Take this substitute out of the plan, and repair what she repaired."""
        self.counts[self.called[:, place]] -= self.kinds[self.plan[place]]
        del self.plan[place]
        self.called = np.delete(self.called, place, axis=1)
        self.settle()

    def gains(self, of: Indices) -> Floats:
        """Per type in `of`: how much the expected distance falls with one more substitute of it (a lower bound of the
        fall: she takes an empty seat, or that of one other substitute). Of many types, only those that look best in
        the weightiest scenarios are looked at in all; the others get -1."""
        every = np.arange(len(self.counts))
        if len(of) <= SHORTLIST:
            return self._gains(every, of)
        glance = self._gains(np.argsort(-self.weights, kind="stable")[:GLANCE], of)
        promising = np.sort(np.argsort(-glance, kind="stable")[:SHORTLIST])
        gains = np.full(len(of), -1.0)
        gains[promising] = self._gains(every, of[promising])
        return gains

    def _gains(self, scenarios: Indices, of: Indices) -> Floats:
        best, called = self._additions(scenarios, self.kinds[of]), self.called[scenarios]
        for place in range(len(self.plan)):
            here = np.flatnonzero(called[:, place])
            best[here] = np.minimum(best[here], self._exchanges(scenarios[here], place, self.kinds[of]))
        return np.round(-(self.weights[scenarios] @ np.minimum(best, 0)), 9)

    def settle(self) -> None:
        """Improve every repair until no addition, exchange or removal of one substitute helps."""
        active = np.arange(len(self.counts))
        while self.plan and len(active):
            change, out, into = self._best_moves(active)
            better = change < 0
            active, out, into = active[better], out[better], into[better]
            self._move(active[out >= 0], out[out >= 0], -1)
            self._move(active[into >= 0], into[into >= 0], 1)

    def _move(self, scenarios: Indices, places: Indices, sign: int) -> None:
        self.counts[scenarios] += sign * self.kinds[np.asarray(self.plan, dtype=np.intp)[places]]
        self.called[scenarios, places] = sign > 0

    def _best_moves(self, active: Indices) -> tuple[Whole, Indices, Indices]:
        """Per scenario the best change, who goes (-1 for nobody) and who comes."""
        rows = np.arange(len(active))
        kinds, busy = self.kinds[self.plan], self.called[active]
        prices = np.where(busy, NEVER, self._additions(active, kinds))
        into = prices.argmin(axis=1)
        change, out = prices[rows, into], np.full(len(active), -1, dtype=np.intp)
        for place in range(len(self.plan)):
            here = np.flatnonzero(busy[:, place])
            prices = np.where(busy[here], NEVER, self._exchanges(active[here], place, kinds))
            prices = np.column_stack([prices, self.limits.one_less(self.counts[active[here]]) @ kinds[place]])
            best = prices.argmin(axis=1)
            values = prices[np.arange(len(here)), best]
            better = values < change[here]
            change[here[better]] = values[better]
            out[here[better]] = place
            into[here[better]] = np.where(best[better] == len(self.plan), -1, best[better])
        return change, out, into

    def _additions(self, scenarios: Indices, kinds: Whole) -> Whole:
        counts = self.counts[scenarios]
        full = counts[:, -1] >= self.limits.high[-1]
        prices = _products(self.limits.one_more(counts), kinds)
        prices[full] = NEVER
        return prices

    def _exchanges(self, scenarios: Indices, place: int, kinds: Whole) -> Whole:
        counts, goes = self.counts[scenarios], self.kinds[self.plan[place]]
        prices = _products(self.limits.one_more(counts - goes), kinds)
        prices += (self.limits.one_less(counts) @ goes)[:, None]
        return prices


def _products(left: Whole, right: Whole) -> Whole:
    """left @ right.T, in blocks so small that the library for matrices stays on one thread: for numbers this few,
    several threads would spend far more time waiting for one another than they save."""
    height = max(1, BLOCK // max(1, right.size))
    if len(left) <= height:
        return left @ right.T
    return np.concatenate([left[start : start + height] @ right.T for start in range(0, len(left), height)])


def exact(repairs: Repairs, plan: Sequence[int]) -> float:
    """The expected distance with the best of all 2^a repairs in every scenario. `repairs` has no plan yet."""
    people = repairs.kinds[list(plan)]
    subsets = [one for size in range(len(plan) + 1) for one in combinations(range(len(plan)), size)]
    extra = np.array([people[list(one)].sum(axis=0) for one in subsets], dtype=np.float32)
    after = repairs.counts[:, None, :] + extra[None, :, :]
    distance = repairs.limits.distance(after)
    distance[after[:, :, -1] > repairs.limits.high[-1]] = NEVER
    return round(float(repairs.weights @ distance.min(axis=1)), 9)
