"""How fair are these chances? Five figures, exactly defined."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import exp, log

from samenraad.refusals import Refusal


@dataclass(frozen=True)
class Figures:
    """Of n people with chances p_1 ... p_n (numbers from 0 to 1):

    `lowest`, `highest`   the smallest and the largest p_i
    `gini`                Σ_i Σ_j |p_i - p_j| / (2 n Σ p): 0 when all are equal, (n - 1)/n when one person has it all;
                          0 when everybody is at zero
    `geometric_mean`      the n-th root of p_1 · ... · p_n; 0 as soon as one person is at zero
    `at_zero`             the number of people with p_i = 0
    `people`              n
    """

    lowest: float
    highest: float
    gini: float
    geometric_mean: float
    at_zero: int
    people: int


def figures(chances: Iterable[float | Fraction]) -> Figures:
    """The five figures of these chances. Exact fractions stay exact until the last step.

    The same definitions as in Flanigan, Gölz, Gupta, Hennig and Procaccia, Nature 596 (2021) 548-552, table 1.

    Four people of whom one is always drawn, and the others share two seats:

    >>> figures([Fraction(2, 3), 1, Fraction(2, 3), Fraction(2, 3)]).gini
    0.08333333333333333

    Refuses (`sortition.nobody`) when there are no chances, and (`sortition.no_chance`) a number outside 0..1.
    """
    ordered = sorted(chances)
    if not ordered:
        raise Refusal("sortition.nobody")
    if ordered[0] < 0 or ordered[-1] > 1:
        raise Refusal("sortition.no_chance", lowest=float(ordered[0]), highest=float(ordered[-1]))
    return Figures(
        lowest=float(ordered[0]),
        highest=float(ordered[-1]),
        gini=_gini(ordered),
        geometric_mean=_geometric_mean(ordered),
        at_zero=sum(chance == 0 for chance in ordered),
        people=len(ordered),
    )


def _gini(ordered: Sequence[float | Fraction]) -> float:
    """Σ_i Σ_j |p_i - p_j| = 2 Σ_i (2i - n - 1) p_i over the sorted chances, i = 1 ... n."""
    n, total = len(ordered), sum(ordered)
    if total == 0:
        return 0.0
    weighted = sum((2 * i - n - 1) * chance for i, chance in enumerate(ordered, start=1))
    return max(0.0, float(weighted / (n * total)))


def _geometric_mean(ordered: Sequence[float | Fraction]) -> float:
    if ordered[0] == 0:
        return 0.0
    if ordered[0] == ordered[-1]:
        return float(ordered[0])
    return exp(sum(log(chance) for chance in ordered) / len(ordered))
