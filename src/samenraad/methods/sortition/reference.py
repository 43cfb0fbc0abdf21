"""Quotas from the figures of the population: a panel that mirrors the town, as far as whole people can.

The rule. A group with a share s of the population comes to s × seats people. When that is a whole number, the group
gets exactly that many seats; otherwise between the whole number below and the one above. Each category then has
minimums that sum to at most the seats and maximums that sum to at least the seats, so by itself it can always be met.
`room` widens every quota by so many seats on both sides. In apportionment this is called staying within the quota
(Balinski and Young, Fair Representation, 1982).

With `rounding="largest_remainder"` a category gets exact numbers instead: everybody the whole number below, and the
seats that are left one by one to the largest remainders (Hamilton's method, the same book); of equal
remainders the smaller group is served first, then the alphabet decides.

Two categories together, such as age within district. Their figures count for both: the quotas of age, of district and
of the pairs all come from the same table, and then numbers exist that satisfy the three at once (a table of fractions
can always be rounded so that each cell, row and column goes up or down by less than one: Bacharach, Management
Science 12 (1966) 732-742). Separate figures for age or district only check the table. Such categories always get
the interval, for exact numbers in both margins may contradict the cells.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor, isfinite
from typing import Literal

from samenraad.methods.sortition.pool import Feature, Quota, Quotas
from samenraad.refusals import Refusal

Number = int | float | Decimal | Fraction
#: a category, or two for an intersection
Category = str | tuple[str, str]
#: per category (or pair) of each value (or pair of values) its share or its count
Shares = Mapping[Category, Mapping[Category, Number]]
#: the same with exact shares that sum to 1
Exact = dict[tuple[str, ...], dict[tuple[str, ...], Fraction]]

#: published shares are rounded; so much may their sum differ from 1
ROUNDED = Fraction(1, 200)


@dataclass(frozen=True)
class SmallGroup:
    """A group that comes to less than one seat, so that a panel may well be without it."""

    where: tuple[Feature, ...]
    expected: float

    @property
    def label(self) -> str:
        return Quota(self.where, 0, 0).label


def from_shares(
    shares: Shares,
    seats: int,
    *,
    room: int = 0,
    rounding: Literal["interval", "largest_remainder"] = "interval",
    tolerance: float = 0.01,
) -> Quotas:
    """Quotas for a panel of `seats` people that mirrors these shares (or counts) of the population.

    `shares`     {category: {value: share}}, with {(category, other): {(value, other value): share}} for intersections.
                 Shares of a category sum to 1, or to 100; whole numbers with any sum are counts.
    `room`       so many seats every quota is widened on both sides
    `rounding`   "interval" or "largest_remainder", see the top of this module
    `tolerance`  how much the figures of an intersection may differ from those of its categories, as a share

    With 40 seats and 52.5 % women, women come to 21; with 12 % of 16-24, they come to 4.8:

    >>> quotas = from_shares({"gender": {"f": 0.525, "m": 0.475}, "age": {"16-24": 12, "25+": 88}}, 40)
    >>> [(quota.label, quota.min, quota.max) for quota in quotas]
    [('age: 16-24', 4, 5), ('age: 25+', 35, 36), ('gender: f', 21, 21), ('gender: m', 19, 19)]

    Refuses `sortition.no_seats` (fewer than one), `sortition.room` (below zero), `sortition.share_wrong` (a figure
    that is below zero or no number), `sortition.shares_sum` (that do not sum to 1 and are no counts),
    `sortition.pair_names` and `sortition.shares_disagree` (figures of an intersection that contradict the others).
    """
    if seats < 1:
        raise Refusal("sortition.no_seats", seats=seats)
    if room < 0:
        raise Refusal("sortition.room", room=room)
    known = exact(shares, tolerance)
    paired = {category for categories in known if len(categories) == 2 for category in categories}
    made = []
    for categories, figures in known.items():
        expected = {values: share * seats for values, share in figures.items()}
        apart = rounding == "largest_remainder" and not paired & set(categories)
        limits = _remainders(expected, seats) if apart else _interval(expected)
        made += [_quota(categories, values, low, high, room) for values, (low, high) in limits.items()]
    return Quotas(tuple(made))


def too_small(shares: Shares, seats: int, *, tolerance: float = 0.01) -> tuple[SmallGroup, ...]:
    """The groups that come to less than one seat, the smallest first.

    >>> too_small({"gender": {"f": 0.5, "m": 0.49, "x": 0.01}}, 40)[0].label
    'gender: x'
    """
    small = [
        SmallGroup(tuple(zip(categories, values, strict=True)), float(share * seats))
        for categories, figures in exact(shares, tolerance).items()
        for values, share in figures.items()
        if 0 < share * seats < 1
    ]
    return tuple(sorted(small, key=lambda group: (group.expected, group.where)))


def exact(shares: Shares, tolerance: float = 0.01) -> Exact:
    """Exact shares that sum to 1, per category and per pair of categories, and that agree with one another: those of
    a category that occurs in a pair are the sums of the (first) pair. Refuses as `from_shares` does."""
    given: Exact = {
        _names(categories, 1, 2): _normal(categories, {_values(categories, value): x for value, x in figures.items()})
        for categories, figures in shares.items()
    }
    pairs: Exact = {categories: given[categories] for categories in sorted(given) if len(categories) == 2}
    known: Exact = {categories: figures for categories, figures in given.items() if len(categories) == 1}
    from_pairs: Exact = {}
    for categories, figures in pairs.items():
        for side in (0, 1):
            margin = _margin(figures, side)
            one = (categories[side],)
            first = from_pairs.setdefault(one, margin)
            for other in (first, known.get(one, margin)):
                _agree(categories[side], margin, other, tolerance)
    return {**known, **from_pairs, **pairs}


def _names(categories: Category, *lengths: int) -> tuple[str, ...]:
    names = (categories,) if isinstance(categories, str) else tuple(categories)
    if len(names) not in lengths or len(set(names)) < len(names):
        raise Refusal("sortition.pair_names", names=list(names))
    return names


def _values(categories: Category, values: Category) -> tuple[str, ...]:
    wanted = 1 if isinstance(categories, str) else 2
    names = (values,) if isinstance(values, str) else tuple(values)
    if len(names) != wanted:
        raise Refusal("sortition.pair_names", names=list(names))
    return names


def _normal(categories: Category, figures: Mapping[tuple[str, ...], Number]) -> dict[tuple[str, ...], Fraction]:
    """Shares that sum to 1."""
    label = categories if isinstance(categories, str) else " & ".join(categories)
    numbers = {values: _fraction(label, values, number) for values, number in figures.items()}
    total = sum(numbers.values(), Fraction(0))
    counts = all(number.denominator == 1 for number in numbers.values())
    adds_up = abs(total - 1) <= ROUNDED or abs(total - 100) <= 100 * ROUNDED
    if total == 0 or not (counts or adds_up):
        raise Refusal("sortition.shares_sum", category=label, sum=total)
    return {values: number / total for values, number in sorted(numbers.items())}


def _fraction(category: str, values: tuple[str, ...], number: Number) -> Fraction:
    """0.1 is a tenth, as whoever wrote it meant."""
    if not isfinite(number) or number < 0:
        raise Refusal("sortition.share_wrong", category=category, value=" & ".join(values), share=str(number))
    return Fraction(Decimal(repr(number))) if isinstance(number, float) else Fraction(number)


def _margin(figures: Mapping[tuple[str, ...], Fraction], side: int) -> dict[tuple[str, ...], Fraction]:
    sums: dict[tuple[str, ...], Fraction] = defaultdict(Fraction)
    for values, share in figures.items():
        sums[(values[side],)] += share
    return dict(sums)


def _agree(
    category: str,
    margin: Mapping[tuple[str, ...], Fraction],
    other: Mapping[tuple[str, ...], Fraction],
    tolerance: float,
) -> None:
    for value in sorted({*margin, *other}):
        here, there = margin.get(value, Fraction(0)), other.get(value, Fraction(0))
        if abs(here - there) > tolerance:
            facts = {"in_pairs": here, "alone": there}
            raise Refusal("sortition.shares_disagree", category=category, value=value[0], **facts)


def _interval(expected: Mapping[tuple[str, ...], Fraction]) -> dict[tuple[str, ...], tuple[int, int]]:
    return {values: (floor(number), ceil(number)) for values, number in expected.items()}


def _remainders(expected: Mapping[tuple[str, ...], Fraction], seats: int) -> dict[tuple[str, ...], tuple[int, int]]:
    numbers = {values: floor(number) for values, number in expected.items()}
    order = sorted(expected, key=lambda values: (numbers[values] - expected[values], expected[values], values))
    for values in order[: seats - sum(numbers.values())]:
        numbers[values] += 1
    return {values: (number, number) for values, number in numbers.items()}


def _quota(categories: Iterable[str], values: Iterable[str], low: int, high: int, room: int) -> Quota:
    return Quota(tuple(zip(categories, values, strict=True)), max(0, low - room), high + room)
