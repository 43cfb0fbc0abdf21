"""Reading a published lottery: who is on which panel, and how the chances lie."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from samenraad.methods.sortition.pool import Pool, Quotas

#: so many panels are published: three ten-sided dice name one
PANELS = 1000
#: so long before the announced moment the draw may be held; nobody draws alone, before the others are there
EARLY = timedelta(minutes=30)
#: from so long before until so long after its moment, people follow the draw
WATCHED = timedelta(hours=1), timedelta(hours=12)
#: a grid of panels has so many columns, of squares with this side
COLUMNS, CELL, SIDE = 50, 16, 13
#: where a bar of the histogram may end, in panels of a thousand
ENDS = (10, 20, 40, 60, 80, 100, 120, 160, 200, 300, 400, 600, 800)


def may_be_held(announced: datetime | None, now: datetime) -> bool:
    return announced is None or now >= announced - EARLY


def is_watched(announced: datetime | None, now: datetime) -> bool:
    """Whether the draw can come any moment."""
    before, after = WATCHED
    return announced is None or announced - before <= now <= announced + after


def without_a_value(people: Pool, limits: Quotas) -> dict[str, list[str]]:
    """lot number -> the dimensions with limits that we do not know of them."""
    asked = limits.categories
    lacking = {one.id: [name for name in asked if name not in one.features] for one in people.candidates}
    return {number: names for number, names in lacking.items() if names}


def panels_with(lottery: str, code: str) -> list[str]:
    """The numbers of the panels on which this code stands.

    >>> panels_with("0,aa,bb\\n1,bb,cc\\n", "bb")
    ['0', '1']
    """
    return [line.partition(",")[0] for line in lottery.splitlines() if code in line] if code else []


def bins(counts: Sequence[int], panels: int = PANELS) -> list[tuple[int, int, int]]:
    """How many people are on how many panels: (from, to, people). `to` belongs to the next bar, but in the last one.

    >>> bins([67, 79, 80, 100, 150])
    [(67, 80, 2), (80, 100, 1), (100, 120, 1), (120, 150, 1)]
    """
    if not counts:
        return []
    low, high = min(counts), max(counts)
    ends = [end * panels // PANELS for end in ENDS]
    edges = [low, *(end for end in ends if low < end < high), high]
    inside = [sum(start <= count < end for count in counts) for start, end in pairwise(edges)]
    inside[-1] += counts.count(high)
    return [(start, end, people) for (start, end), people in zip(pairwise(edges), inside, strict=True)]


def middle(counts: Sequence[int]) -> float:
    return float(median(counts)) if counts else 0.0


def corner(number: int) -> tuple[int, int]:
    """Where the square of this panel stands in the grid."""
    return number % COLUMNS * CELL + 1, number // COLUMNS * CELL + 1


def squares(numbers: Iterable[int]) -> str:
    """The squares of these panels as one line of an SVG path."""
    return "".join("M{} {}h{side}v{side}h-{side}z".format(*corner(number), side=SIDE) for number in numbers)


def grid_size(panels: int) -> tuple[int, int]:
    return COLUMNS * CELL, -(-panels // COLUMNS) * CELL


def tightest(groups: Iterable[tuple[str, int, int, int]], *, lower: bool) -> str | None:
    """Which of somebody's groups (name, said yes, least, most) explains a chance below or above the average best."""
    known = [(name, yes, least, most) for name, yes, least, most in groups if yes]
    if not known:
        return None
    if lower:
        return min(known, key=lambda group: group[3] / group[1])[0]
    return max(known, key=lambda group: group[2] / group[1])[0]


def compared(count: int, average: float) -> str:
    """lower, higher, or average when it differs less than a twentieth."""
    if abs(count - average) <= average / 20:
        return "average"
    return "lower" if count < average else "higher"
