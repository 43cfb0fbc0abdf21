"""The best lottery over whole panels for a method, with its certificate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from samenraad.methods.linear import Infeasible, Interrupted
from samenraad.methods.sortition.lotteries import objectives
from samenraad.methods.sortition.lotteries.panels import Finder, Known
from samenraad.methods.sortition.lotteries.peel import peel
from samenraad.methods.sortition.lotteries.regions import Hull, Region, Relaxation
from samenraad.methods.sortition.progress import SILENT, Progress, Stopped

if TYPE_CHECKING:
    from samenraad.methods.sortition.problem import Problem, Vector

#: a lottery whose chances are this close to the optimum is called proven
TOLERANCE = 1e-6
#: closer than this, there is nothing to mend
_ENOUGH = 5e-8

Method = Callable[[Callable[[], Region]], "Vector"]

METHODS: dict[str, Method] = {
    "leximin": lambda make: objectives.leximin(make()),
    "maximin": lambda make: objectives.maximin(make()),
    "goldilocks": objectives.goldilocks,
    "nash": objectives.nash,
}


@dataclass(frozen=True)
class Distribution:
    """A lottery over P panels per type (P x T whole numbers) with weights (P) that sum to 1.

    `bound` (T) expected numbers of the optimum over fractions; `gap` how far a chance may be from the optimum:
    proven means gap <= `TOLERANCE`. `reached` says whether the fractional optimum itself is a lottery ("bound"),
    whether column generation over whole panels proved a lower optimum ("panels"), or whether time was up or the
    solver gave up before there was a proof ("stopped").
    """

    panels: Vector
    weights: Vector
    bound: Vector
    gap: float
    reached: str

    @property
    def proven(self) -> bool:
        return self.gap <= TOLERANCE

    @property
    def point(self) -> Vector:
        """Expected number of people per type (T)."""
        return np.asarray(self.weights @ self.panels)


def solve(problem: Problem, method: str, progress: Progress = SILENT) -> Distribution:
    """The best lottery for this method: bound, peel, finish; and the truth where the bound is out of reach.

    Raises `Infeasible` when there is no panel at all. When `progress` says stop: the best lottery over the panels found
    so far, with the gap to the bound.
    """
    if not problem.types:
        return _nobody_to_draw(problem)
    bound = METHODS[method](lambda: Relaxation(problem))
    finder = Finder(problem)
    known = Known()
    try:
        for panel in peel(finder, bound, progress).panels:
            known.add(panel)
        _at_least_one(finder, known)
        mix = nearest(finder, known, bound, progress)
        if mix.proven:
            return mix
        truth = METHODS[method](lambda: Hull(finder, known, progress))
        mix = nearest(finder, known, truth, progress)
        return replace(mix, bound=bound, reached="panels")
    except (Stopped, Interrupted):
        return _best_so_far(finder, known, bound, method)


def nearest(
    finder: Finder, known: Known, point: Vector, progress: Progress = SILENT, *, closed: bool = False
) -> Distribution:
    """The lottery whose chances are nearest to those of the point (largest difference per person), first over the
    panels known, then, unless `closed`, where that is not near enough, over all panels."""
    hull = Hull(finder, known, progress, closed=True)
    sizes = finder.problem.sizes.astype(float)
    miss = hull.column(-1.0, 0.0, 1.0)
    for t, size in enumerate(sizes):
        hull.row(float(point[t]), np.inf, {t: 1.0, miss: size})
        hull.row(-np.inf, float(point[t]), {t: 1.0, miss: -size})
    if -hull.solve().value > _ENOUGH and not closed:
        hull.closed, hull.enough = False, -TOLERANCE / 2
        hull.solve()
    used = hull.weights > 0
    weights = hull.weights[used] / hull.weights.sum()
    panels = np.array(known.panels)[used]
    gap = float((np.abs(weights @ panels - point) / sizes).max(initial=0.0))
    return Distribution(panels, weights, point, gap, "bound")


def _best_so_far(finder: Finder, known: Known, bound: Vector, method: str) -> Distribution:
    finder.free()
    _at_least_one(finder, known)
    point = METHODS[method](lambda: Hull(finder, known, closed=True))
    mix = nearest(finder, known, point, closed=True)
    gap = float((np.abs(mix.point - bound) / finder.problem.sizes).max(initial=0.0))
    return replace(mix, bound=bound, gap=gap, reached="stopped")


def _nobody_to_draw(problem: Problem) -> Distribution:
    if not problem.accepts(np.zeros(0, dtype=np.int64)):
        raise Infeasible
    return Distribution(np.zeros((1, 0)), np.ones(1), np.zeros(0), 0.0, "bound")


def _at_least_one(finder: Finder, known: Known) -> None:
    if not known.panels:
        known.add(finder.best(np.zeros(len(finder.problem.types)))[0])
