"""Whole numbers in proportion: the largest remainder method of Hamilton, with a ceiling for each part."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def largest_remainder(total: int, weights: Sequence[Fraction], most: Sequence[int]) -> list[int]:
    """Whole numbers that sum to `total`, in proportion to the weights, none above its `most`.

    Who would get more than its most gets its most, and the others share the rest in proportion. Of equal remainders
    the first in line is served first, so the caller decides the order. When the ceilings (or weights of zero) leave
    no room for the total, the sum is what there is room for.

    >>> largest_remainder(10, [Fraction(6), Fraction(3), Fraction(2)], [10, 10, 10])
    [5, 3, 2]
    >>> largest_remainder(10, [Fraction(6), Fraction(3), Fraction(2)], [3, 10, 10])
    [3, 4, 3]
    """
    full = [weight == 0 for weight in weights]
    parts = [Fraction(0) if nothing else Fraction(top) for nothing, top in zip(full, most, strict=True)]
    while not all(full):
        open_weight = sum((weight for weight, closed in zip(weights, full, strict=True) if not closed), Fraction(0))
        rest = total - sum((part for part, closed in zip(parts, full, strict=True) if closed), Fraction(0))
        share = rest / open_weight
        over = [not closed and weight * share >= top for weight, closed, top in zip(weights, full, most, strict=True)]
        if not any(over):
            parts = [
                part if closed else weight * share for part, closed, weight in zip(parts, full, weights, strict=True)
            ]
            break
        full = [closed or now for closed, now in zip(full, over, strict=True)]
    return _rounded(parts, min(total, int(sum(parts))))


def _rounded(parts: Sequence[Fraction], total: int) -> list[int]:
    numbers = [int(part) for part in parts]
    by_remainder = sorted(range(len(parts)), key=lambda i: (numbers[i] - parts[i], i))
    for i in by_remainder[: total - sum(numbers)]:
        numbers[i] += 1
    return numbers
