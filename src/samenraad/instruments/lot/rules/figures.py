"""How a lot is counted: response, defined once and the same everywhere (R115), and what is told of small groups."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar

from samenraad.methods.statistics import Share, share

K = TypeVar("K")

#: nothing is told in public of fewer people than this
FEWEST = 5
#: a group whose part differs more than so many points from the town is pointed out, unless the town set another gap
GAP = 10
#: so many people who said yes for each seat leave room to choose; our own rule of thumb
PER_SEAT = 3
#: and in one group of the plan so many
PER_SEAT_OF_GROUP = 2


def response(yes: int, invited: int, undeliverable: int = 0) -> Share | None:
    """Who said yes, of all whose letter arrived. Zeist: 935 of 6,500 is 14.4 %."""
    return share(yes, invited - undeliverable)


def taking_part(stayed: int, invited: int) -> Share | None:
    """Who took part until the end, of all who were invited (R115, fn 61). Amsterdam: 88 of 2,311 is 3.8 %, while
    12 % had replied: that is another figure."""
    return share(stayed, invited)


def margin(size: int) -> float:
    """How far a share of half of this number of people can be off: half the width of its Wilson interval (R027)."""
    half = share(size // 2, size)
    return (half.high - half.low) / 2 if half else 1.0


def kept_back(counts: Sequence[int], least: int = FEWEST) -> frozenset[int]:
    """Which of these counts, that add up to a number everybody knows, are not told.

    First those of 1 to 4 people. Alone, such a count would follow from the others; so the smallest of the others
    are kept back with it, until at least two are, of at least five people together; when that cannot be, all are.
    That there is nobody at all may be told.

    >>> sorted(kept_back([12, 3, 9])), sorted(kept_back([4, 3, 17])), sorted(kept_back([12, 0, 12]))
    ([1, 2], [0, 1], [])
    >>> sorted(kept_back([3, 0]))
    [0, 1]
    """
    hidden = {place for place, count in enumerate(counts) if 0 < count < least}
    others = sorted((count, place) for place, count in enumerate(counts) if count >= least)
    while hidden and others and not _covered(counts, hidden, least):
        hidden.add(others.pop(0)[1])
    if hidden and not _covered(counts, hidden, least):
        return frozenset(range(len(counts)))
    return frozenset(hidden)


def shown(counts: Mapping[K, int], least: int = FEWEST) -> dict[K, int | None]:
    """The same counts by name, with None for those that are kept back.

    >>> shown({"young": 3, "middle": 40, "old": 12})
    {'young': None, 'middle': 40, 'old': None}
    """
    hidden = kept_back(list(counts.values()), least)
    return {name: None if place in hidden else count for place, (name, count) in enumerate(counts.items())}


def told(count: int, exact: bool = False, least: int = FEWEST) -> int | None:
    """A number that stands alone, or None when it is kept back."""
    return None if 0 < count < least and not exact else count


def _covered(counts: Sequence[int], hidden: Collection[int], least: int) -> bool:
    return len(hidden) > 1 and sum(counts[place] for place in hidden) >= least


def together(numbers: Sequence[float], hidden: Collection[int]) -> list[float]:
    """These numbers with those that are kept back added up to one, at the end.

    >>> together([12, 3, 9], {1, 2})
    [12, 12]
    """
    shown = [number for place, number in enumerate(numbers) if place not in hidden]
    return [*shown, sum(numbers[place] for place in hidden)] if hidden else shown


def is_thin(yes: int, seats: int) -> bool:
    """Whether so few said yes that there is hardly anything to choose. Cumbria: 92 for 40 seats."""
    return yes < PER_SEAT * seats


def letters_for(missing: int, yes: int, delivered: int) -> int | None:
    """So many more letters bring those who are missing, when as many answer as did. None while nobody did."""
    return -(-missing * delivered // yes) if yes and missing > 0 else None


def per_extra(amount: float | None, extra: int) -> float | None:
    """Euro or hours for each person more who said yes; None when there is none, for nothing can be divided by it."""
    return amount / extra if amount is not None and extra else None
