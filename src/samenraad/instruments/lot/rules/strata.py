"""Strata of a wave of letters: people per combination of values, and what of it may be public."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from samenraad.instruments.lot.rules.figures import FEWEST
from samenraad.methods.sortition.pool import Feature

Where = tuple[Feature, ...]

_TICKET_DIGITS = 16


def where(features: Mapping[str, str], dimensions: Iterable[str]) -> Where:
    """The stratum of somebody with these features, in canonical order.

    >>> where({"gender": "woman", "age": "65+"}, ["gender"])
    (('gender', 'woman'),)
    """
    return tuple(sorted((name, features[name]) for name in dimensions if name in features))


def people_in(cells: Iterable[tuple[Mapping[str, str], int]], dimensions: Sequence[str]) -> dict[Where, int]:
    """How many people each stratum has, from the counts per combination of all dimensions.

    >>> people_in([({"gender": "woman", "age": "65+"}, 3), ({"gender": "woman", "age": "16+"}, 4)], ["gender"])
    {(('gender', 'woman'),): 7}
    """
    counted: Counter[Where] = Counter()
    for features, number in cells:
        counted[where(features, dimensions)] += number
    return dict(sorted(counted.items()))


def border(cut: int, following: int | None) -> str:
    """The shortest number in hexadecimal that is not below the last invited ticket and below the next one.

    The ticket of the last one itself would give away who that is to whoever tries all numbers that the state gives
    out: a few digits fit thousands of people.

    >>> border(0x4A2F_E8D8_08DC_AB21, 0x4A91_0000_0000_0000)
    '4a3'
    >>> border(0xFFFF_0000_0000_0000, None)
    'ffffffffffffffff'
    """
    if following is None:
        return "f" * _TICKET_DIGITS
    for digits in range(1, _TICKET_DIGITS + 1):
        unit = 16 ** (_TICKET_DIGITS - digits)
        up = -(-cut // unit)
        if up * unit < following:
            return f"{up:0{digits}x}" if up < 16**digits else "f" * _TICKET_DIGITS
    return f"{cut:016x}"


@dataclass(frozen=True)
class Line:
    """One stratum as it is published; of several small ones together, `where` is empty."""

    where: Where
    people: int
    letters: int
    strata: int = 1


def in_public(lines: Sequence[Line]) -> list[Line]:
    """The lines with their counts; those under five people or letters are put together, until they are five.

    >>> some = [Line((("age", "16+"),), 900, 40), Line((("age", "65+"),), 80, 3), Line((("age", "80+"),), 60, 4)]
    >>> [(line.where, line.people, line.letters, line.strata) for line in in_public(some)]
    [((('age', '16+'),), 900, 40, 1), ((), 140, 7, 2)]
    """
    small = [line for line in lines if _is_small([line])]
    large = [line for line in lines if line not in small]
    while small and large and (len(small) == 1 or _is_small(small)):
        least = min(large, key=lambda line: (line.letters, line.people, line.where))
        large.remove(least)
        small.append(least)
    if not small:
        return large
    together = Line((), sum(one.people for one in small), sum(one.letters for one in small), len(small))
    return [*large, together]


def _is_small(lines: Sequence[Line]) -> bool:
    letters = sum(line.letters for line in lines)
    return sum(line.people for line in lines) < FEWEST or 0 < letters < FEWEST
