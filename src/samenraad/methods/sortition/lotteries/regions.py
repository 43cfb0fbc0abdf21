"""Where the expected numbers of people per type may lie: in fractions, or in mixes of whole panels.

Every method of this package maximises something over such a region. Over the `Relaxation` that is one linear programme
and gives a bound that no lottery surpasses; over the `Hull` it is column generation and gives the truth.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

import numpy as np

from samenraad.methods.linear import INFINITY, Interrupted, Programme, Solution
from samenraad.methods.sortition.lotteries.panels import whole
from samenraad.methods.sortition.progress import SILENT, Progress

if TYPE_CHECKING:
    from samenraad.methods.sortition.lotteries.panels import Finder, Known
    from samenraad.methods.sortition.problem import Problem, Vector

#: a panel is worth adding when it improves the programme by more than this
_WORTH = 1e-9
#: without a panel worth more than this, the programme is proven
_PROOF = 1e-8
#: corners asked for in one round of column generation, and how much their prices differ
_PER_ROUND, _NOISE = 12, 0.02
_EXTRA_ROUNDS = 10


class Region(ABC):
    """Maximise over x (T expected numbers, column 0 to T - 1) and columns of one's own, in rows of one's own."""

    def __init__(self, problem: Problem, progress: Progress, programme: Programme) -> None:
        self.problem, self.progress, self.programme = problem, progress, programme
        #: our columns -> those of the programme, which may have others between them
        self._own: list[int] = list(range(len(problem.types)))

    def column(self, cost: float, lower: float = 0.0, upper: float = INFINITY) -> int:
        """A new column; returns its number in `x` of a solution of this region."""
        self.programme.add_column(cost, np.empty(0), lower, upper)
        self._own.append(self.programme.width - 1)
        return len(self._own) - 1

    def row(self, low: float, high: float, terms: dict[int, float]) -> int:
        """A new row over columns; returns its number."""
        self.programme.add_terms(low, high, self._named(terms))
        return self.programme.height - 1

    def rewrite(self, row: int, low: float, high: float, terms: dict[int, float]) -> None:
        """Change the limits of a row, and the factors of some of its columns."""
        self.programme.rewrite(row, low, high, self._named(terms))

    @abstractmethod
    def solve(self) -> Solution:
        """The best point of the region; x holds our columns only."""

    def _named(self, terms: dict[int, float]) -> dict[int, float]:
        return {self._own[column]: factor for column, factor in terms.items()}


class Relaxation(Region):
    """All fractional panels: the limits, the seats, the capacities."""

    def __init__(self, problem: Problem, progress: Progress = SILENT) -> None:
        types = len(problem.types)
        programme = Programme(
            np.vstack([problem.rows, np.ones((1, types), dtype=np.int8)]),
            np.append(problem.low, problem.open_seats),
            np.append(problem.high, problem.open_seats),
            upper=problem.capacity,
            maximise=True,
        )
        super().__init__(problem, progress, programme)

    def solve(self) -> Solution:
        self.progress.step("bound", 0.0)
        return self.programme.solve()


class Hull(Region):
    """All mixes of whole panels: x = sum of weight x panel, weights sum to 1. Starts from the panels that are known (at
    least one) and finds the others that it needs by column generation: the worth of a panel is a linear function of
    the panel, and when no panel is worth more than the mix costs, nothing is missing. What it finds joins `known`.

    `closed=True` finds no new panels: the best mix of those known. From the value `enough` on, only a few more rounds
    with panels that are found quickly are spent. After `solve`, `weights` holds one weight per panel.
    """

    enough = np.inf

    def __init__(self, finder: Finder, known: Known, progress: Progress = SILENT, *, closed: bool = False) -> None:
        from scipy import sparse

        types = len(finder.problem.types)
        link = sparse.vstack([sparse.eye_array(types), sparse.csr_array((1, types))])
        sums = np.append(np.zeros(types), 1.0)
        super().__init__(finder.problem, progress, Programme(link, sums, sums, upper=INFINITY, maximise=True))
        self.finder, self.known, self.closed = finder, known, closed
        self._types = types
        self._at: list[int] = []
        for panel in known.panels:
            self._weigh(panel)

    def solve(self) -> Solution:
        """Raises `Stopped` when it is time to stop."""
        extra = _EXTRA_ROUNDS
        while True:
            self.progress.step("columns", 0.0)
            solution = self.programme.solve()
            self.weights = np.maximum(solution.x[self._at], 0.0)
            good = solution.value >= self.enough
            extra -= good
            if self.closed or extra < 0 or not self._improve(solution, only_quick=good):
                return Solution(
                    solution.x[self._own], solution.value, solution.bound, solution.row_duals, solution.column_duals
                )

    def _improve(self, solution: Solution, *, only_quick: bool) -> bool:
        """Add panels that are worth more than they cost; False when there are none."""
        worth = solution.row_duals[: self._types]
        cost = solution.row_duals[self._types]
        if self.finder.corner(worth)[1] - cost <= _WORTH:
            return False
        if self._corners(worth, cost):
            return True
        if only_quick:
            return False
        panel, most = self.finder.best(worth, enough=cost + _WORTH)
        if worth @ panel - cost > _WORTH and self._add(panel):
            return True
        return most - cost > _PROOF and self._add_best(worth, cost)

    def _add_best(self, worth: Vector, cost: float) -> bool:
        """The search to its end: False is a proof that no panel is worth more than it costs.

        Raises `Interrupted` when there is no such proof.
        """
        panel, most = self.finder.best(worth)
        if most - cost <= _PROOF:
            return False
        if self._add(panel):
            return True
        raise Interrupted("no proof that no better panel exists")

    def _corners(self, worth: Vector, cost: float) -> int:
        """Add panels that are whole corners for about these prices; how many were new."""
        scale = _NOISE * max(1e-9, np.abs(worth).max())
        added = 0
        for attempt in range(_PER_ROUND):
            panel = whole(self.finder.corner(worth + scale * attempt * self.finder.noise(self._types))[0])
            if panel is not None and worth @ panel - cost > _WORTH:
                added += self._add(panel)
        return added

    def _add(self, panel: Vector) -> bool:
        if not self.known.add(panel):
            return False
        self._weigh(self.known.panels[-1])
        return True

    def _weigh(self, panel: Vector) -> None:
        self.programme.add_column(0.0, np.append(-panel, 1.0))
        self._at.append(self.programme.width - 1)
