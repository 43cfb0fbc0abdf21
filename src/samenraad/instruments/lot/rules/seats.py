"""Rules about seats: how many substitutes, until when a seat is filled, who comes for whom, when a term ends."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date

Groups = Mapping[str, str]


def substitutes_wanted(seats: int, wish: int | None) -> int:
    """As many as was said; else one for every three seats. Never more than there are seats.

    >>> substitutes_wanted(150, None), substitutes_wanted(24, 30), substitutes_wanted(24, 0)
    (50, 24, 0)
    """
    return min(seats, -(-seats // 3) if wish is None else wish)


def stays_empty(sessions_held: int, last: int) -> bool:
    """Whether it is too late for somebody new to join (R040)."""
    return sessions_held > last


def term_ends(since: date, months: int) -> date:
    """The same day so many months later; where that month is shorter, its last day.

    >>> term_ends(date(2027, 1, 31), 13)
    datetime.date(2028, 2, 29)
    """
    year, month = divmod(since.year * 12 + since.month - 1 + months, 12)
    return date(year, month + 1, min(since.day, monthrange(year, month + 1)[1]))


def in_common(one: Groups, other: Groups) -> int:
    return sum(other.get(dimension) == value for dimension, value in one.items())


def matched(leavers: Mapping[str, Groups], chosen: Mapping[str, Groups]) -> dict[str, str]:
    """Who comes for whom: the pair with most groups in common first; of equals, who left first and who comes first.

    >>> matched({"a": {"age": "old"}, "b": {"age": "young"}}, {"c": {"age": "young"}, "d": {"age": "old"}})
    {'a': 'd', 'b': 'c'}
    """
    pairs: dict[str, str] = {}
    came, gone = list(chosen), list(leavers)
    while came and gone:
        left, comes = max(
            ((left, comes) for left in gone for comes in came),
            key=lambda pair: (in_common(leavers[pair[0]], chosen[pair[1]]), -gone.index(pair[0]), -came.index(pair[1])),
        )
        pairs[left] = comes
        gone.remove(left)
        came.remove(comes)
    return {left: pairs[left] for left in leavers if left in pairs}


def same_and_other(left: Groups, comes: Groups) -> tuple[list[list[str]], list[list[str]]]:
    """The groups that both are in, and where they differ: [dimension, value] and [dimension, before, now]."""
    same = [[dimension, value] for dimension, value in left.items() if comes.get(dimension) == value]
    other = [
        [dimension, value, comes.get(dimension, "")]
        for dimension, value in left.items()
        if comes.get(dimension) != value
    ]
    return same, other
