"""Whole answers, looked for near the answer of the linear programme.

A corner of the linear programme over panels has a few dozen fractional columns out of many hundreds. Rounding those,
with a few dozen spare columns, is an integer programme of ten milliseconds, and the linear answer proves that it
found the best. Only where it does not, the whole programme is solved.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from samenraad.methods.linear import Infeasible, Interrupted, Programme, Solution

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

#: how many columns beside those of the loose answer join a quick search, and how many nodes it may visit
SPARE, QUICK_NODES = 60, 200
NEAR = 1e-6


class Nearby:
    """Minimise a cost over whole columns within the `rows` of a `Programme`; only the first `width` columns are many,
    the others stay free in a quick search.

    >>> thirds = Nearby({"rows": [[3, 1]], "low": 2.0, "high": 2.0, "upper": [1, 9]}, width=1)
    >>> thirds.best(np.zeros(2), np.array([1.0, 9.0]), np.array([0.0, 1.0]), gap=0.5).x.tolist()
    [0.0, 2.0]
    """

    def __init__(self, rows: dict[str, Any], width: int) -> None:
        self.rows, self.width = rows, width
        self._whole: dict[tuple[float, int | None], Programme] = {}

    def best(self, lower: Floats, upper: Floats, cost: Floats, gap: float) -> Solution:
        """The cheapest whole answer, or one that costs at most `gap` more. Raises `Infeasible`."""
        loose = self.loose(lower, upper, cost)
        if bool(np.all(np.abs(loose.x - np.rint(loose.x)) < NEAR)):
            return loose
        near = self._near(loose, lower, upper, cost, gap)
        if near is not None and near.value <= loose.value + gap:
            return near
        return _set(self._programme(gap), lower, upper, cost).solve()

    def loose(self, lower: Floats, upper: Floats, cost: Floats) -> Solution:
        """The cheapest answer in fractions. Raises `Infeasible`."""
        return _set(self._loose, lower, upper, cost).solve()

    def _near(self, loose: Solution, lower: Floats, upper: Floats, cost: Floats, gap: float) -> Solution | None:
        """Between the rounded numbers of a loose answer, or one of some columns that could join it at no cost."""
        x, w = loose.x[: self.width], self.width
        low, high = lower.copy(), upper.copy()
        low[:w] = np.maximum(low[:w], np.floor(x + NEAR))
        high[:w] = np.minimum(high[:w], np.ceil(x - NEAR))
        spare = np.flatnonzero((x < NEAR) & (np.abs(loose.column_duals[:w]) < NEAR) & (upper[:w] >= 1))
        high[spare[:: max(1, len(spare) // SPARE)]] = 1.0
        try:
            return _set(self._programme(gap, QUICK_NODES), low, high, cost).solve()
        except (Infeasible, Interrupted):
            return None

    @cached_property
    def _loose(self) -> Programme:
        return Programme(**self.rows)

    def _programme(self, gap: float, nodes: int | None = None) -> Programme:
        if (gap, nodes) not in self._whole:
            self._whole[gap, nodes] = Programme(**self.rows, whole=True, mip_abs_gap=gap, nodes=nodes)
        return self._whole[gap, nodes]


def _set(programme: Programme, lower: Floats, upper: Floats, cost: Floats) -> Programme:
    programme.bounds(lower, upper)
    programme.costs(cost)
    return programme
