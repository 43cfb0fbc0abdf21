"""A mean with the margin that such a number of values leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev

from samenraad.refusals import Refusal


@dataclass(frozen=True)
class Mean:
    """The mean of `count` values; low and high are None for a single value, which says nothing about its margin."""

    count: int
    value: float
    low: float | None
    high: float | None
    confidence: float

    @property
    def interval(self) -> tuple[float, float] | None:
        return None if self.low is None or self.high is None else (self.low, self.high)


def mean(values: Sequence[float], confidence: float = 0.95, scale: tuple[float, float] | None = None) -> Mean | None:
    """The mean of the values with Student's interval, mean ± t · s/√n with n - 1 degrees of freedom; None without
    values. `scale` = (lowest, highest) cuts the interval off where the scale ends.

    For marks given by people who gave several: take each person's own mean first, for one person's marks are not
    independent of one another.

    Source: Student, "The probable error of a mean", Biometrika 6 (1908) 1-25. His own example (table on p. 20, the
    additional hours of sleep gained by ten patients, first column):

    >>> sleep = mean([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0])
    >>> round(sleep.value, 2), round(sleep.low, 4), round(sleep.high, 4)
    (0.75, -0.5298, 2.0298)

    Refuses (`statistics.confidence`) a confidence outside 0..1.
    """
    if not 0 < confidence < 1:
        raise Refusal("statistics.confidence", confidence=confidence)
    count = len(values)
    if count == 0:
        return None
    value = fmean(values)
    if count == 1:
        return Mean(1, value, None, None, confidence)
    from scipy.special import stdtrit  # late: only who has means to show waits for it

    margin = float(stdtrit(count - 1, (1 + confidence) / 2)) * stdev(values) / sqrt(count)
    low, high = value - margin, value + margin
    if scale is not None:
        low, high = max(scale[0], low), min(scale[1], high)
    return Mean(count, value, low, high, confidence)
