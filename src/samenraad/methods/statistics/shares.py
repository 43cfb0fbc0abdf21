"""A share of a whole, with the margin that such a number of cases leaves."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from samenraad.refusals import Refusal


@dataclass(frozen=True)
class Share:
    """`count` out of `total`, as a share between 0 and 1 with its Wilson interval."""

    count: int
    total: int
    value: float
    low: float
    high: float
    confidence: float

    @property
    def interval(self) -> tuple[float, float]:
        return self.low, self.high


def share(count: int, total: int, confidence: float = 0.95) -> Share | None:
    """The share `count / total` with its Wilson score interval; None when there is nothing to take a share of.

    With p = count / total, n = total and z the normal quantile (1.959964 for 95 per cent):

        centre = (p + z²/2n) / (1 + z²/n)
        margin = z · √(p(1-p)/n + z²/4n²) / (1 + z²/n)

    Source: E.B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the
    American Statistical Association 22 (1927) 209-212; recommended for small n by Brown, Cai and DasGupta,
    Statistical Science 16 (2001) 101-133.

    Zeist 2021: the council adopted 40 of 62 proposals.

    >>> zeist = share(40, 62)
    >>> round(zeist.value, 4), round(zeist.low, 4), round(zeist.high, 4)
    (0.6452, 0.5208, 0.7526)

    Refuses (`statistics.count`) a count outside 0..total, and (`statistics.confidence`) a confidence outside 0..1.
    """
    if not 0 <= count <= total:
        raise Refusal("statistics.count", count=count, total=total)
    z = _quantile(confidence)
    if total == 0:
        return None
    p = count / total
    stretch = 1 + z * z / total
    centre = (p + z * z / (2 * total)) / stretch
    margin = z * sqrt(p * (1 - p) / total + z * z / (4 * total * total)) / stretch
    low = 0.0 if count == 0 else max(0.0, centre - margin)
    high = 1.0 if count == total else min(1.0, centre + margin)
    return Share(count, total, p, low, high, confidence)


def _quantile(confidence: float) -> float:
    """How many standard deviations hold this part of a normal distribution around its middle."""
    if not 0 < confidence < 1:
        raise Refusal("statistics.confidence", confidence=confidence)
    return NormalDist().inv_cdf((1 + confidence) / 2)
