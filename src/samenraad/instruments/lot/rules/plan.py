"""The sums of a plan: how many seats a group gets, whether limits add up, and what a group that small can say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from samenraad.instruments.lot.rules.invented import OLDEST, age_range
from samenraad.methods.sortition.letters.apportion import largest_remainder

#: half the width of a 95 % interval around a half, times the root of n: 1.96 / 2, in points
POINTS = 98
#: how far a quota may lie from the share, in seats, when nothing else is wished
USUAL_MARGIN = 1


@dataclass(frozen=True)
class Proposed:
    """What a group gets: its exact share of the seats, the whole seats nearest to it, and limits around them."""

    exact: Fraction
    seats: int
    least: int
    most: int


def proposed(people: Mapping[str, int], seats: int, margin: int = USUAL_MARGIN) -> dict[str, Proposed]:
    """Seats by largest remainder, so that they add up; limits so many seats on both sides. Who gets a seat by its
    share keeps at least one.

    >>> found = proposed({"16-29": 22, "30-64": 50, "65+": 28}, 24, margin=1)
    >>> [(one.seats, one.least, one.most) for one in found.values()]
    [(5, 4, 6), (12, 11, 13), (7, 6, 8)]
    """
    total = sum(people.values())
    if not total:
        return {}
    shares = {name: Fraction(count * seats, total) for name, count in people.items()}
    whole = largest_remainder(seats, [Fraction(count) for count in people.values()], [seats] * len(people))
    return {
        name: Proposed(shares[name], number, max(min(1, number), number - margin), min(seats, number + margin))
        for (name, number) in zip(people, whole, strict=True)
    }


@dataclass(frozen=True)
class Sum:
    """Limits of one dimension that no panel can keep: the minima above the seats, or the maxima below them."""

    dimension: str
    side: str
    total: int
    seats: int


def wrong_sums(limits: Mapping[str, Iterable[tuple[int | None, int | None]]], seats: int) -> list[Sum]:
    """A group without limits may take any number of seats.

    >>> wrong_sums({"age": [(5, 6), (8, 9)], "part": [(1, 4), (1, 4)], "home": [(1, 2), (None, None)]}, 12)
    [Sum(dimension='age', side='min', total=13, seats=12), Sum(dimension='part', side='max', total=8, seats=12)]
    """
    found = []
    for dimension, pairs in limits.items():
        ends = list(pairs)
        least = sum(low or 0 for low, _high in ends)
        most = sum(seats if high is None else high for _low, high in ends)
        if least > seats:
            found.append(Sum(dimension, "min", least, seats))
        elif ends and most < seats:
            found.append(Sum(dimension, "max", most, seats))
    return found


def margin_points(members: int) -> int:
    """How many points a per cent of such a group may lie off, 95 times in 100 (R027).

    >>> margin_points(24), margin_points(150)
    (20, 8)
    """
    return round(POINTS / sqrt(members))


def cut_ages(people: Mapping[str, int], youngest: int) -> dict[str, tuple[int, int]]:
    """Age groups from the lowest age on: name -> (people, first age). A group that is cut counts for the years that
    are left of it, as if every year had as many people, and gets their name.

    >>> cut_ages({"0-14": 900, "15-24": 1000, "25-64": 5000, "65+": 2000}, 16)
    {'16-24': (900, 16), '25-64': (5000, 25), '65+': (2000, 65)}
    """
    found = {}
    for name, count in people.items():
        low, high = age_range(name, 0)
        if high < youngest:
            continue
        if low < youngest:
            years = Fraction(high + 1 - youngest, high + 1 - low)
            name, count, low = _named(youngest, high), round(count * years), youngest
        found[name] = (count, low)
    return found


def _named(low: int, high: int) -> str:
    return f"{low}+" if high >= OLDEST else f"{low}-{high}"


def option_keys_missing(values: Sequence[str], options: Sequence[str]) -> list[str]:
    """Groups that the question does not know, in the order of the groups."""
    return [value for value in values if value not in options]
