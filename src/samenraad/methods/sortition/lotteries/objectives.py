"""What "fair" can mean: leximin, maximin, goldilocks, nash; each over a region of expected numbers per type.

The same code runs over the relaxation (a bound) and over the hull of whole panels (the truth).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from samenraad.methods.linear import INFINITY

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from samenraad.methods.sortition.lotteries.regions import Region
    from samenraad.methods.sortition.problem import Vector

#: a type is settled at a level when the price of its chance is at least this part of the highest price: an error of
#: the programme is divided by the price, and the highest is at least 1 / types
_PRICED = 1e-2
#: chances below this are nobody's: no panel has such people
_REACHABLE = 1e-9
#: the most that goldilocks would let the lowest chance fall and the highest rise, as parts of the best
_LESS, _MORE = 0.3, 0.4
#: tangents stop when the answer is this close to its bound, and after this many rounds at the latest
_CLOSE, _ROUNDS = 1e-9, 100


def leximin(region: Region, ceiling: float = 1.0) -> Vector:
    """The point (T expected numbers) with the lowest chance as high as possible, then the next lowest, and so on.

    Each round solves: max z, the chance of every unsettled type at least z, of every settled type at least its level.
    Where that limit has a price above zero, complementary slackness says that the chance equals z in every optimum:
    the type is settled there. Source: Flanigan, Gölz, Gupta, Hennig, Procaccia, "Fair algorithms for selecting
    citizens' assemblies", Nature 596 (2021) 548-552, supplementary information.

    `ceiling` caps every chance. Raises `Infeasible` when the region is empty.
    """
    levels = _Levels(region, ceiling)
    while levels.open.any():
        if not levels.settle():
            break
    return levels.point


def maximin(region: Region) -> Vector:
    """A point where the lowest chance of those who can be drawn at all is as high as possible, and no more."""
    levels = _Levels(region, 1.0)
    while levels.settle() and levels.lowest <= 1e-9 and levels.open.any():
        pass
    return levels.point


class _Levels:
    def __init__(self, region: Region, ceiling: float) -> None:
        self.region = region
        self.sizes = region.problem.sizes.astype(float)
        types = len(self.sizes)
        self.open = np.ones(types, dtype=bool)
        self.lowest = 0.0
        self.level = region.column(1.0, 0.0, 1.0)
        self.rows = [region.row(0.0, np.inf, {t: 1.0, self.level: -self.sizes[t]}) for t in range(types)]
        if ceiling < 1:
            for t in range(types):
                region.row(-np.inf, ceiling * self.sizes[t], {t: 1.0})

    def settle(self) -> bool:
        """One round; False when every open type has all it can have."""
        solution = self.region.solve()
        types = len(self.sizes)
        self.point: Vector = np.maximum(solution.x[:types], 0.0)
        self.lowest = max(0.0, float(solution.x[self.level]))
        prices = np.abs(solution.row_duals[self.rows]) * self.sizes
        tight = self.open & (prices > max(_PRICED * prices[self.open].max(initial=0.0), 1e-7))
        for t in np.flatnonzero(tight):
            self.region.rewrite(self.rows[t], self.lowest * self.sizes[t], np.inf, {self.level: 0.0})
        self.open &= ~tight
        return bool(tight.any())


def goldilocks(make: Callable[[], Region]) -> Vector:
    """Neither too low nor too high: the lowest chance at least best x (1 - 0.3 u) and the highest at most best x
    (1 + 0.4 u), with the smallest u that both can share; within that ceiling leximin.

    Baharav and Flanigan, "Fair, Manipulation-Robust, and Transparent Sortition" (2024), weigh the highest against the
    inverse of the lowest chance with a factor gamma. Every such optimum lies on the same curve of best pairs. We take
    the point of that curve where both sides give up the same part of the most that the paper saw them lose on real
    pools (0.70 of the best lowest, 1.38 of the best highest), so that nobody has to choose gamma; u <= 1 means that
    both stay within that.
    """
    fair = leximin(make())
    chances = fair / make().problem.sizes
    reachable = chances > _REACHABLE
    if not reachable.any():
        return fair
    best_lowest, best_highest = float(chances[reachable].min()), _lowest_ceiling(make())
    return leximin(make(), ceiling=_balanced_ceiling(make(), reachable, best_lowest, best_highest))


def _lowest_ceiling(region: Region) -> float:
    """The smallest ceiling under which all chances fit (minimax)."""
    ceiling = region.column(-1.0, 0.0, 1.0)
    for t, size in enumerate(region.problem.sizes):
        region.row(-np.inf, 0.0, {t: 1.0, ceiling: -float(size)})
    return float(region.solve().x[ceiling])


def _balanced_ceiling(region: Region, reachable: NDArray[np.bool_], best_lowest: float, best_highest: float) -> float:
    """The ceiling where lowest and highest give up the same part of what they may lose."""
    part = region.column(-1.0)
    for t, size in enumerate(region.problem.sizes.astype(float)):
        region.row(-np.inf, best_highest * size, {t: 1.0, part: -_MORE * best_highest * size})
        if reachable[t]:
            region.row(best_lowest * size, np.inf, {t: 1.0, part: _LESS * best_lowest * size})
    lost = float(region.solve().x[part])
    return min(1.0, best_highest * (1 + _MORE * lost) * (1 + 1e-9))


def nash(make: Callable[[], Region]) -> Vector:
    """The point with the largest geometric mean of the chances of everybody who can be drawn at all.

    The logarithm is concave, so tangents from above describe it: maximise the sum of size x u, with u below every
    tangent of log(chance). Each round adds the tangents at the last answer; the sum of u is then a bound that no point
    surpasses, and we stop when the geometric mean is within a millionth of it.
    """
    fair = leximin(make())
    region = make()
    sizes = region.problem.sizes.astype(float)
    chances = fair / sizes
    reachable = np.flatnonzero(chances > _REACHABLE)
    logs = {int(t): region.column(sizes[t], -INFINITY) for t in reachable}
    point = fair
    for factor in (0.25, 0.5, 2.0, 4.0):
        _tangents(region, logs, np.minimum(chances * factor, 1.0), sizes)
    for _ in range(_ROUNDS):
        _tangents(region, logs, point / sizes, sizes)
        solution = region.solve()
        point = np.maximum(solution.x[: len(sizes)], 0.0)
        point[reachable] = np.maximum(point[reachable], sizes[reachable] * _REACHABLE)
        reached = float(sizes[reachable] @ np.log(point[reachable] / sizes[reachable]))
        if solution.value - reached <= _CLOSE * float(sizes[reachable].sum()):
            break
    return point


def _tangents(region: Region, logs: dict[int, int], at: Vector, sizes: Vector) -> None:
    """u <= log(a) + (chance - a) / a for each type, at its a."""
    for t, column in logs.items():
        region.row(-np.inf, float(np.log(at[t])) - 1.0, {column: 1.0, t: -1.0 / (at[t] * sizes[t])})
