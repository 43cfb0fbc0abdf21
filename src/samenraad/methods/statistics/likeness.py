"""How much a group looks like the town it comes from, beside what blind chance alone would have made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import comb, exp, floor, fsum, inf, lgamma, log
from typing import TYPE_CHECKING, NamedTuple

from samenraad.methods.seeds import number_below
from samenraad.refusals import Refusal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: up to so many possible outcomes all of them are gone through; beyond it, so many are drawn
MOST_OUTCOMES = 50_000
DRAWS = 10_000
#: below this expected number in a group the chi-square distribution is no guide (Cochran 1954)
LEAST_EXPECTED = 5


class Outcomes(NamedTuple):
    """What drawing so many people can bring: a row of counts for each outcome, and its chance."""

    counts: NDArray[np.float64]
    chances: NDArray[np.float64]
    all: bool  # these are all outcomes, not a sample of them


@dataclass(frozen=True)
class Likeness:
    """`counts` of a group of `size` beside the `shares` of the town, value by value.

    `index` is 1 when they are the same and 0 when they have nothing in common; low and high are its bootstrap
    interval. `chance` is the index that perfect simple random samples of this size have on average: less than 1,
    and far less when the group is small. From `chance_low` to `chance_high` lies what is usual for them: 19 of 20
    score at least `chance_low`, 19 of 20 at most `chance_high`. `p_value` is the chance that such a sample differs
    at least as much as this group, by chi-square.
    """

    size: int
    counts: tuple[int, ...]
    shares: tuple[float, ...]
    index: float
    low: float
    high: float
    chance: float
    chance_low: float
    chance_high: float
    chi_square: float
    p_value: float
    by: str  # how p was found: chi_square, exact or monte_carlo
    confidence: float

    @property
    def interval(self) -> tuple[float, float]:
        return self.low, self.high

    @property
    def chance_interval(self) -> tuple[float, float]:
        return self.chance_low, self.chance_high

    @property
    def distance(self) -> float:
        """The part of the group that would have to be exchanged to be like the town."""
        return 1 - self.index

    @property
    def points(self) -> tuple[float, ...]:
        """How much larger the share of each value is than in the town; adds up to nothing."""
        return tuple(count / self.size - share for count, share in zip(self.counts, self.shares, strict=True))

    @property
    def stands_out(self) -> bool:
        """Less like the town than 19 of 20 perfect samples of this size."""
        return self.index < self.chance_low - 1e-12


def likeness(people: Sequence[float], counts: Sequence[int], confidence: float = 0.95) -> Likeness | None:
    """How much a group with these `counts` per value looks like a town with these numbers of `people` (or shares:
    only their proportions matter). None for a group of nobody.

    With p_v the share of value v in the town and q_v in the group:

        distance  D = ½ · Σ |q_v - p_v|        (Duncan and Duncan's dissimilarity, total variation)
        index       = 1 - D
        chance      = 1 - ½ · Σ E|X_v/n - p_v|,  X_v binomial(n, p_v);  by De Moivre (1730)
                      E|X - np| = 2 · v · C(n, v) · p^v · (1 - p)^(n - v + 1)  with v = ⌊np⌋ + 1
        interval    = the quantiles of the index when n people are drawn again from the group itself (percentile
                      bootstrap), widened to hold the index itself, for a group drawn again looks less like the town
                      than it does; chance_low and chance_high are those when n people are drawn from the town

    Both are computed over all outcomes of the multinomial distribution when these are at most 50,000; otherwise over
    10,000 draws from a generator whose seed follows from the numbers, so that the same numbers give the same result.
    Where a group expects fewer than five people, p is the multinomial chance itself instead of chi-square's.

    Sources: O.D. Duncan and B. Duncan, American Sociological Review 20 (1955) 210-217; P. Diaconis and S. Zabell,
    "Closed form summation for classical distributions: variations on a theme of De Moivre", Statistical Science 6
    (1991) 284-302; B. Efron, Annals of Statistics 7 (1979) 1-26; W.G. Cochran, Biometrics 10 (1954) 417-451.

    A hundred people from a town of four parts:

    >>> found = likeness([20, 24, 32, 24], [14, 22, 38, 26])
    >>> round(found.index, 2), round(found.low, 2), round(found.high, 2)
    (0.92, 0.82, 0.97)
    >>> round(found.chance, 3), round(found.chance_low, 2), round(found.chi_square, 3), round(found.p_value, 3)
    (0.932, 0.88, 3.258, 0.353)

    Refuses `statistics.groups` another number of counts than of people, `statistics.count` a negative count,
    `statistics.people` a town without people or with fewer than none in a value, and `statistics.confidence`.
    """
    _check(people, counts, confidence)
    if not sum(counts):
        return None
    total = fsum(people)
    return _likeness(tuple(number / total for number in people), tuple(counts), confidence)


def chance_index(shares: Sequence[float], size: int) -> float:
    """The index that perfect simple random samples of this size have on average.

    A coin, thrown twice, is as it should be half of the time, and else wholly one-sided:

    >>> chance_index([0.5, 0.5], 2)
    0.75
    """
    return 1 - fsum(_mean_deviation(size, share) for share in shares) / (2 * size)


def _mean_deviation(size: int, share: float) -> float:
    """E|X - np|, by De Moivre; through logarithms, for n can be many thousands."""
    if not 0 < share < 1:
        return 0.0
    v = floor(size * share) + 1
    if v > size:
        return 2 * size * (1 - share) * share**size  # rounding put np at n
    chosen = lgamma(size + 1) - lgamma(v + 1) - lgamma(size - v + 1)
    return 2 * v * exp(chosen + v * log(share) + (size - v + 1) * log(1 - share))


def _check(people: Sequence[float], counts: Sequence[int], confidence: float) -> None:
    if not 0 < confidence < 1:
        raise Refusal("statistics.confidence", confidence=confidence)
    if len(people) != len(counts):
        raise Refusal("statistics.groups", people=len(people), counts=len(counts))
    if any(count < 0 for count in counts):
        raise Refusal("statistics.count", count=min(counts), total=sum(counts))
    if any(number < 0 for number in people) or not fsum(people) > 0:
        raise Refusal("statistics.people", people=fsum(people))


@lru_cache(maxsize=1024)
def _likeness(shares: tuple[float, ...], counts: tuple[int, ...], confidence: float) -> Likeness:
    size = sum(counts)
    own = tuple(count / size for count in counts)
    again, perfect = _outcomes(size, own), _outcomes(size, shares)
    tail = (1 - confidence) / 2
    low, high = _quantiles(_indices(again, shares), again, (tail, 1 - tail))
    chance_low, chance_high = _quantiles(_indices(perfect, shares), perfect, (1 - confidence, confidence))
    chi_square = _chi_square(counts, shares)
    p_value, by = _p_value(chi_square, shares, size, perfect)
    index = 1 - fsum(abs(q - p) for q, p in zip(own, shares, strict=True)) / 2
    return Likeness(
        size, counts, shares, index, min(low, index), max(high, index),
        chance_index(shares, size), chance_low, chance_high, chi_square, p_value, by, confidence,
    )  # fmt: skip


def _outcomes(size: int, shares: tuple[float, ...]) -> Outcomes:
    """What `size` draws with these shares can bring: everything with its chance, or many draws of equal weight."""
    import numpy as np

    possible = sum(1 for share in shares if share > 0)
    if comb(size + possible - 1, possible - 1) <= MOST_OUTCOMES:
        return _everything(size, shares)
    seed = f"{size} {' '.join(f'{share:.12f}' for share in shares)}"
    draw = np.random.default_rng(number_below(2**64, seed, "likeness"))
    found = draw.multinomial(size, np.array(shares) / fsum(shares), size=DRAWS)
    return Outcomes(found.astype(np.float64), np.full(DRAWS, 1 / DRAWS), False)


def _everything(size: int, shares: tuple[float, ...]) -> Outcomes:
    """All ways to divide `size` over the values that exist, with the multinomial chance of each."""
    import numpy as np
    from scipy.special import gammaln

    there = [place for place, share in enumerate(shares) if share > 0]
    ways = _divisions(size, len(there))
    logs = gammaln(size + 1) - gammaln(ways + 1).sum(axis=1) + ways @ np.log([shares[place] for place in there])
    counts = np.zeros((len(ways), len(shares)))
    counts[:, there] = ways
    return Outcomes(counts, np.exp(logs), True)


@lru_cache(maxsize=4)
def _divisions(size: int, parts: int) -> NDArray[np.float64]:
    """Every row adds up to `size`: the gaps between parts - 1 bars set among size + parts - 1 places."""
    import numpy as np

    places = list(combinations(range(size + parts - 1), parts - 1))
    bars = np.array(places, dtype=np.float64).reshape(len(places), parts - 1)
    edge = np.ones((len(bars), 1))
    return np.diff(np.hstack([-edge, bars, edge * (size + parts - 1)]), axis=1) - 1


def _indices(outcomes: Outcomes, shares: tuple[float, ...]) -> NDArray[np.float64]:
    import numpy as np

    size = outcomes.counts[0].sum()
    return np.asarray(1 - np.abs(outcomes.counts / size - np.array(shares)).sum(axis=1) / 2)


def _quantiles(values: NDArray[np.float64], outcomes: Outcomes, at: tuple[float, float]) -> tuple[float, float]:
    """The smallest values that are reached with at least these chances."""
    order = values.argsort(kind="stable")
    reached = outcomes.chances[order].cumsum()
    last = len(order) - 1
    first, second = (float(values[order[min(int((reached < level - 1e-9).sum()), last)]]) for level in at)
    return first, second


def _chi_square(counts: Sequence[int], shares: Sequence[float]) -> float:
    """Σ (n_v - n·p_v)² / (n·p_v); endless when there is somebody of a value that the town does not have."""
    size = sum(counts)
    pairs = [(count, size * share) for count, share in zip(counts, shares, strict=True)]
    if any(count and not expected for count, expected in pairs):
        return inf
    return fsum((count - expected) ** 2 / expected for count, expected in pairs if expected)


def _p_value(chi_square: float, shares: tuple[float, ...], size: int, perfect: Outcomes) -> tuple[float, str]:
    there = [share for share in shares if share > 0]
    if min(there) * size >= LEAST_EXPECTED:
        from scipy.special import chdtrc

        return (float(chdtrc(len(there) - 1, chi_square)) if len(there) > 1 else float(chi_square == 0)), "chi_square"
    return _multinomial_p(chi_square, shares, size, perfect)


def _multinomial_p(chi_square: float, shares: tuple[float, ...], size: int, perfect: Outcomes) -> tuple[float, str]:
    """The chance of at least this chi-square among perfect samples. When they are drawn, this group counts as one
    of them, so that p is never nothing (A.C. Davison and D.V. Hinkley, Bootstrap Methods, 1997, section 4.2)."""
    import numpy as np

    there = np.array(shares) > 0
    expected = size * np.array(shares)[there]
    theirs = ((perfect.counts[:, there] - expected) ** 2 / expected).sum(axis=1)
    as_far = theirs >= chi_square * (1 - 1e-9)
    if perfect.all:
        return min(1.0, float(perfect.chances[as_far].sum())), "exact"
    return (int(as_far.sum()) + 1) / (DRAWS + 1), "monte_carlo"
