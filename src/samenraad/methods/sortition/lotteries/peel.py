"""Writing a point as a lottery: a few real panels whose weighted mean is the point.

The point lies in the polytope of fractional panels. We walk down its faces: take a whole panel on the face where the
point lies, give it the largest weight that leaves the rest inside the polytope, and go on with the rest. With that
weight one more limit becomes tight, so the walk ends after at most (types + limits) panels, and the panels found are
the lottery. Where a face holds no whole panel the walk stops, and what is left over is for column generation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from samenraad.methods.linear import Infeasible
from samenraad.methods.sortition.lotteries.panels import Finder
from samenraad.methods.sortition.progress import SILENT, Progress

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from samenraad.methods.sortition.problem import Vector

#: a limit with less room than this is tight; weights below it are not worth a panel
TIGHT = 1e-7
#: corners that are tried before an integer programme is asked, and how much their prices differ
_TRIES, _NOISE = 150, 0.05
#: how often the walk may take panels back when a face holds none, and how many it takes back the first time
_RETREATS, _BACK = 3, 3


@dataclass(frozen=True)
class Peeled:
    """P panels (P x T whole numbers), their weights (P), and the weight for which no panel was found."""

    panels: Vector
    weights: Vector
    left: float


def peel(finder: Finder, point: Vector, progress: Progress = SILENT) -> Peeled:
    """Panels and weights whose mean is `point` (T expected numbers inside the polytope), up to `left`."""
    walk = _Walk(finder, point)
    back, best = _BACK, Peeled(np.zeros((0, len(point))), np.zeros(0), 1.0)
    for _ in range(_RETREATS + 1):
        walk.down(progress)
        found = walk.found()
        if found.left < best.left:
            best = found
        if walk.weight <= TIGHT or not walk.steps:
            break
        walk.up(back)
        back *= 2
    finder.free()
    return best


@dataclass(frozen=True)
class _Step:
    """A panel with its weight, and the walk as it was before."""

    panel: Vector
    weight: float
    rest: Vector
    before: float
    tight: NDArray[np.bool_]


class _Walk:
    """What is left of the point: `rest` (T) with `weight`, so that rest / weight lies in the polytope.

    Every limit is written as room >= 0: the types at zero, the types at their capacity, the rows at their low and at
    their high. Once a limit is tight it stays tight.
    """

    def __init__(self, finder: Finder, point: Vector) -> None:
        self.finder = finder
        self.rest = point.copy()
        self.weight = 1.0
        self.tight = self._room() < 1e-7
        self.steps: list[_Step] = []

    def found(self) -> Peeled:
        panels = np.array([step.panel for step in self.steps]).reshape(-1, len(self.rest))
        return Peeled(panels, np.array([step.weight for step in self.steps]), self.weight)

    def down(self, progress: Progress) -> None:
        """Take panels until nothing is left, or until a face holds no whole panel."""
        while self.weight > TIGHT:
            progress.step("panels", 1 - self.weight)
            panel = self.panel()
            if panel is None or not self.take(panel):
                break

    def up(self, number: int) -> None:
        """Take back the last panels; the next ones will be others, since their prices are shaken otherwise."""
        for _ in range(min(number, len(self.steps))):
            step = self.steps.pop()
            self.rest, self.weight, self.tight = step.rest, step.before, step.tight

    def _room(self) -> Vector:
        finder, weight = self.finder, self.weight
        held = finder.rows @ self.rest
        return np.concatenate(
            [
                self.rest,
                weight * finder.capacity - self.rest,
                held - weight * finder.low,
                weight * finder.high - held,
            ]
        )

    def panel(self) -> Vector | None:
        """A whole panel on the face of the rest, next to the rest itself when possible."""
        finder, types = self.finder, len(self.rest)
        mean = self.rest / self.weight
        at_zero, at_capacity = self.tight[:types], self.tight[types : 2 * types]
        at_low, at_high = np.split(self.tight[2 * types :], 2)
        low, high = np.where(at_high, finder.high, finder.low), np.where(at_low, finder.low, finder.high)
        lower, upper = np.where(at_capacity, finder.capacity, 0.0), np.where(at_zero, 0.0, finder.capacity)
        near = np.clip(np.floor(mean + 1e-7), lower, upper), np.clip(np.ceil(mean - 1e-7), lower, upper)
        prices = _long_step(mean)
        for below, above in (near, (lower, upper)):
            finder.within(below, above, low, high)
            try:
                panel = finder.quick(prices, tries=_tries(above - below), noise=_NOISE)
                if panel is None:
                    panel = finder.searched(prices)
            except Infeasible:
                continue
            return panel
        return None

    def take(self, panel: Vector) -> bool:
        """Give the panel as much weight as it can have; False when that is nothing."""
        finder, room = self.finder, self._room()
        held = finder.rows @ panel
        needs = np.concatenate([panel, finder.capacity - panel, held - finder.low, finder.high - held])
        blocking = (needs > 0.5) & ~self.tight
        weight = float(min(self.weight, (room[blocking] / needs[blocking]).min(initial=np.inf)))
        if weight < 1e-12:
            return False
        self.steps.append(_Step(panel, weight, self.rest, self.weight, self.tight))
        self.rest = np.maximum(self.rest - weight * panel, 0.0)
        self.weight -= weight
        after = room - weight * needs
        self.tight = self.tight | (after < 1e-9 * self.weight)
        self.rest[self.tight[: len(panel)]] = 0.0
        return True


def _tries(open_types: Vector) -> int:
    """An integer programme over few open types costs no more than a few corners."""
    return min(_TRIES, 10 + int(np.count_nonzero(open_types)))


def _long_step(mean: Vector) -> Vector:
    """Prices that prefer types whose fraction is large, so that the panel can have much weight."""
    fraction = np.clip(mean - np.floor(mean + 1e-7), 1e-6, 1 - 1e-6)
    return np.asarray(np.log(fraction) - np.log(1 - fraction))
