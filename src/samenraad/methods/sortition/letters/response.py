"""How many people say yes to a letter, and how sure that is.

A response rate is never known exactly. It is a Beta distribution with mean `rate`, known as well as if it had been
seen in `strength` letters; of n letters the number of acceptors is then beta-binomial:

    P(k of n) = C(n, k) · B(k + rs, n - k + (1 - r)s) / B(rs, (1 - r)s)        r = rate, s = strength, B = beta function

Source: J.G. Skellam, "A probability distribution derived from the binomial distribution by regarding the probability
of success as variable between the sets of trials", Journal of the Royal Statistical Society B 10 (1948) 257-261.
With infinite strength it is the binomial distribution. Quantiles are exact: sums of these chances. (They are those of
scipy.stats; importing that would take longer than a draw.)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp, isfinite, log, log1p
from typing import TYPE_CHECKING, TypeVar

from samenraad.methods.sortition.pool import Feature
from samenraad.refusals import Refusal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Key = TypeVar("Key")

#: how well a rate is known that nobody measured here: at 5 % this leaves 95 % between 1.7 and 10 %
ASSUMED = 100.0


@dataclass(frozen=True)
class Response:
    """`rate`, above 0 and at most 1, and `strength` in letters: above 0, `inf` when the rate is certain.

    Refuses `sortition.rate` and `sortition.strength`.
    """

    rate: float
    strength: float = ASSUMED

    def __post_init__(self) -> None:
        if not 0 < self.rate <= 1:
            raise Refusal("sortition.rate", rate=self.rate)
        if not self.strength > 0:
            raise Refusal("sortition.strength", strength=self.strength)

    @property
    def certain(self) -> bool:
        return not isfinite(self.strength) or self.rate == 1

    def chances(self, letters: int, most: int | None = None) -> Floats:
        """The chance of exactly 0, 1, ..., `most` (or all) acceptors out of so many letters.

        From P(0) each chance follows from the one before it, in logarithms:
        P(k + 1) / P(k) = (n - k) / (k + 1) · (rs + k) / ((1 - r)s + n - k - 1).
        """
        import numpy as np

        top = letters if most is None else min(letters, most)
        if self.rate == 1:
            return np.array([float(k == letters) for k in range(top + 1)])
        k = np.arange(top, dtype=np.float64)
        if self.certain:
            none, odds = letters * log1p(-self.rate), np.full(top, self.rate / (1 - self.rate))
        else:
            yes, no = self.rate * self.strength, (1 - self.rate) * self.strength
            none = -float(np.log1p(yes / (no + np.arange(letters))).sum())
            odds = (yes + k) / (no + letters - k - 1)
        steps = np.log((letters - k) / (k + 1) * odds)
        return np.exp(none + np.concatenate([[0.0], np.cumsum(steps)]))

    def interval(self, letters: int, confidence: float = 0.95) -> tuple[int, int]:
        """The numbers of acceptors between which the outcome stays with this confidence: two exact quantiles.

        >>> Response(0.05, float("inf")).interval(1000)
        (37, 64)
        >>> Response(0.05, 100).interval(1000)
        (15, 103)
        """
        import numpy as np

        summed = np.cumsum(self.chances(letters))
        tail = (1 - confidence) / 2
        low, high = np.searchsorted(summed, [tail, 1 - tail])
        return int(low), min(int(high), letters)

    def at_least(self, number: int, letters: int) -> float:
        """The chance of `number` acceptors or more."""
        if number <= 0:
            return 1.0
        if number > letters:
            return 0.0
        return max(0.0, 1.0 - float(self.chances(letters, number - 1).sum()))

    def letters_for(self, number: int, certainty: float, most: int) -> int | None:
        """The fewest letters, at most `most`, that bring `number` acceptors with this certainty; None: too few.

        >>> Response(0.05, float("inf")).letters_for(15, 0.95, 1200)
        434
        """
        if self.at_least(number, most) < certainty:
            return None
        low, high = number - 1, most
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self.at_least(number, middle) >= certainty else (middle, high)
        return max(0, high) if number > 0 else 0

    def learned(self, letters: int, accepted: int) -> Response:
        """What is known after so many letters and acceptors: the two kinds of evidence are simply added.

        >>> Response(0.05, 100).learned(300, 35)
        Response(rate=0.1, strength=400)

        Refuses `sortition.accepted` more acceptors than letters.
        """
        _check(letters, accepted)
        if self.certain:
            return self
        strength = self.strength + letters
        return Response((self.rate * self.strength + accepted) / strength, strength)


def combined(overall: float, rates: Mapping[Feature, float], where: Iterable[Feature]) -> float:
    """The rate of people with several features, from the rate of each feature and the overall rate.

    Each feature multiplies the odds by (odds of the feature / odds overall), as in a logistic model with main effects
    only. A feature without a rate of its own changes nothing.

    Half as many answer in the north, half as many among the young: in odds that is a little more than a quarter.

    >>> rates = {("district", "north"): 0.05, ("age", "young"): 0.05}
    >>> round(combined(0.1, rates, [("district", "north"), ("age", "young")]), 4)
    0.0243

    Refuses `sortition.rate` a rate that is not between 0 and 1.
    """
    base = _log_odds(overall)
    total = base + sum(_log_odds(rates[feature]) - base for feature in sorted(where) if feature in rates)
    return 1 / (1 + exp(-total))


def learn(letters: Mapping[Key, int], accepted: Mapping[Key, int], smoothing: float = ASSUMED) -> dict[Key, Response]:
    """The response of each stratum after a first round, drawn towards the response of all together.

    A stratum starts as if `smoothing` letters had brought the overall rate, and its own letters are added: three
    answers to ten letters do not make a rate of 30 per cent. Half an acceptor in one letter is added to the overall
    rate, so that it is never 0 or 1. This is the beta-binomial estimate of A. Gelman et al., Bayesian Data Analysis,
    section 5.3, with the strength of the prior chosen instead of estimated.

    >>> learned = learn({"north": 100, "south": 900}, {"north": 10, "south": 40})
    >>> round(learned["north"].rate, 4), learned["north"].strength
    (0.0752, 200.0)

    Refuses `sortition.accepted` more acceptors than letters, or acceptors where no letters went.
    """
    for key in {**letters, **accepted}:
        _check(letters.get(key, 0), accepted.get(key, 0))
    overall = (sum(accepted.values()) + 0.5) / (sum(letters.values()) + 1)
    start = Response(overall, smoothing)
    return {key: start.learned(sent, accepted.get(key, 0)) for key, sent in letters.items()}


def _log_odds(rate: float) -> float:
    if not 0 < rate < 1:
        raise Refusal("sortition.rate", rate=rate)
    return log(rate / (1 - rate))


def _check(letters: int, accepted: int) -> None:
    if not 0 <= accepted <= letters:
        raise Refusal("sortition.accepted", accepted=accepted, letters=letters)
