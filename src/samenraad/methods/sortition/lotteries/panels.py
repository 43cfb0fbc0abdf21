"""Finding whole panels: the best one for given prices, within given limits.

Most linear programmes over panels have a corner that happens to be whole, and a corner costs a hundredth of an
integer programme. So we ask for a few corners, with slightly different prices, before we search.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from samenraad.methods.linear import Programme, Solution

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samenraad.methods.sortition.problem import Problem, Vector

#: closer than this to a whole number is that number
WHOLE = 1e-6


class Finder:
    """Panels of one problem. Keeps one linear and one integer programme, and changes them as it goes.

    Its small random changes of prices come from a fixed seed: the same questions give the same answers.
    """

    def __init__(self, problem: Problem) -> None:
        from scipy import sparse

        self.problem = problem
        types = len(problem.types)
        self.rows = sparse.csr_array(np.vstack([problem.rows, np.ones((1, types), dtype=np.int8)]), dtype=float)
        self.low = np.append(problem.low, problem.open_seats).astype(float)
        self.high = np.append(problem.high, problem.open_seats).astype(float)
        self.capacity = problem.capacity.astype(float)
        self._corners = self._programme(whole=False)
        self._search: Programme | None = None
        self._noise = np.random.default_rng(0)
        self._within: tuple[Vector, Vector, Vector, Vector] | None = None

    def _programme(self, *, whole: bool) -> Programme:
        return Programme(self.rows, self.low, self.high, upper=self.capacity, whole=whole, maximise=True)

    @property
    def search(self) -> Programme:
        if self._search is None:
            self._search = self._programme(whole=True)
            if self._within is not None:
                _set_limits(self._search, *self._within)
        return self._search

    def within(self, lower: Vector, upper: Vector, low: Vector, high: Vector) -> None:
        """From now on lower ≤ panel ≤ upper (T) and low ≤ rows panel ≤ high (R + 1, the last one the seats)."""
        self._within = (lower, upper, low, high)
        _set_limits(self._corners, *self._within)
        if self._search is not None:
            _set_limits(self._search, *self._within)

    def free(self) -> None:
        """Back to the limits of the problem itself."""
        self.within(np.zeros_like(self.capacity), self.capacity, self.low, self.high)

    def corner(self, prices: Vector) -> tuple[Vector, float]:
        """The best fractional panel and its value. Raises `Infeasible`."""
        self._corners.costs(prices)
        solution = self._corners.solve()
        return solution.x, solution.value

    def quick(self, prices: Vector, *, tries: int, noise: float) -> Vector | None:
        """A panel that is good for these prices, when one of a few corners is whole. Raises `Infeasible`."""
        for attempt in range(tries):
            shaken = prices + noise * attempt * self.noise(len(prices))
            panel = whole(self.corner(shaken)[0])
            if panel is not None:
                return panel
        return None

    def noise(self, length: int) -> Vector:
        """Numbers between 0 and 1 from the fixed seed."""
        return self._noise.random(length)

    def best(self, prices: Vector, *, enough: float = np.inf) -> tuple[Vector, float]:
        """The best whole panel, and a value that no panel surpasses. Raises `Infeasible`.

        The search may end early with any panel worth more than `enough`.
        """
        fractional, value = self.corner(prices)
        panel = whole(fractional)
        if panel is not None:
            return panel, value
        solution = self._searched(prices, enough)
        return solution.x.round(), min(value, solution.bound)

    def searched(self, prices: Vector) -> Vector:
        """A whole panel, the best for these prices, by integer programming. Raises `Infeasible`."""
        return self._searched(prices, np.inf).x.round()

    def _searched(self, prices: Vector, enough: float) -> Solution:
        self.search.costs(prices)
        self.search.highs.setOptionValue("objective_target", enough)
        return self.search.solve()


class Known:
    """The panels found so far, each once, in the order in which they were found."""

    def __init__(self, panels: Iterable[Vector] = ()) -> None:
        self.panels: list[Vector] = []
        self._seen: set[bytes] = set()
        for panel in panels:
            self.add(panel)

    def add(self, panel: Vector) -> bool:
        """False when it was known already."""
        rounded = np.round(panel)
        key = rounded.astype(np.int64).tobytes()
        if key in self._seen:
            return False
        self._seen.add(key)
        self.panels.append(rounded)
        return True


def whole(panel: Vector) -> Vector | None:
    """The panel in whole numbers, or None when it is not whole."""
    rounded = np.round(panel)
    return rounded if np.abs(panel - rounded).max(initial=0.0) < WHOLE else None


def _set_limits(programme: Programme, lower: Vector, upper: Vector, low: Vector, high: Vector) -> None:
    programme.bounds(lower, upper)
    programme.limits(low, high)
