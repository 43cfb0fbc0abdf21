"""Charts as geometry: where each bar, tick and word stands. The templates print them; every chart has its table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.dateformat import format as date_text

from samenraad.ui.formats import language_is, number, percent_sign
from samenraad.ui.labels import split
from samenraad.ui.lemniscate import figure
from samenraad.ui.pieces import ClockRow, Part, Silence

BAR_WIDE = 880.0
BAR_GAP = 3.0


@dataclass(frozen=True)
class BarPart:
    part: Part
    share: float
    x: str
    wide: str
    shade: int


def stacked(parts: Iterable[Part]) -> list[BarPart]:
    """The parts of a whole beside one another; what is there is seen, however small."""
    parts = list(parts)
    total = sum(part.count for part in parts)
    shown = sum(1 for part in parts if part.count)
    room = BAR_WIDE - BAR_GAP * max(0, shown - 1)
    drawn, x = [], 0.0
    for shade, part in enumerate(parts, start=1):
        share = part.count / total if total else 0.0
        wide = share * room
        drawn.append(BarPart(part, share, figure(x), figure(wide), (shade - 1) % 5 + 1))
        x += wide + BAR_GAP if part.count else 0
    return drawn


@dataclass(frozen=True)
class Row:
    part: Part
    share: float  # of the longest
    wide: str  # in hundredths


def rows(parts: Iterable[Part]) -> list[Row]:
    parts = list(parts)
    longest = max((part.count for part in parts), default=0) or 1
    return [Row(part, part.count / longest, figure(100 * part.count / longest)) for part in parts]


@dataclass(frozen=True)
class Interval:
    low: str
    value: str
    high: str
    ticks: tuple[tuple[str, str, str], ...]  # (x, words, anchor)


def interval(low: float, value: float, high: float, top: float = 1.0) -> Interval:
    """A value with its margin on a line from nothing to `top`: shares, or marks from 0 to 10."""

    def x(amount: float) -> float:
        return 10 + 420 * min(1.0, max(0.0, float(amount) / top))

    words = [number(100 * step / 4 if top == 1 else top * step / 4) for step in range(5)]
    anchors = ["start", "middle", "middle", "middle", "end"]
    if top == 1:
        words[-1] += percent_sign()
    ticks = tuple(
        (figure(10 + 105 * step), text, anchor) for step, (text, anchor) in enumerate(zip(words, anchors, strict=True))
    )
    return Interval(figure(x(low)), figure(x(value)), figure(x(high)), ticks)


NAMES = 250.0  # the room for the names at the left
AXIS = 520.0  # the room for the days
ROW = 54.0
TOP = 34.0
CLOCKS_WIDE = 1000.0


@dataclass(frozen=True)
class ClockBar:
    row: ClockRow
    lines: tuple[tuple[str, str], ...]  # (y, words)
    x: str
    y: str
    wide: str
    note_x: str
    note_y: str


@dataclass(frozen=True)
class Clocks:
    high: str
    foot: str
    bars: tuple[ClockBar, ...]
    ticks: tuple[tuple[str, str], ...]
    silent: tuple[tuple[str, str], ...]  # (x, width)
    today: str
    today_y: str
    middle: str


def clocks(rows: Sequence[ClockRow], silent: Sequence[Silence], today: date) -> Clocks:
    """Two clocks in one picture: what is due when, and when the town hall keeps quiet."""
    first, last = _window(rows, silent, today)
    days = max(1, (last - first).days)

    def x(day: date) -> float:
        return NAMES + AXIS * min(1.0, max(0.0, (day - first).days / days))

    bars = []
    for place, row in enumerate(rows):
        middle = TOP + ROW * (place + 0.5)
        start, end = x(row.start), max(x(row.end + timedelta(days=1)), x(row.start) + 4)
        names = split(str(row.label), 28)[:2]
        lines = tuple(
            (figure(middle + 5 + 18 * (line - (len(names) - 1) / 2)), words) for line, words in enumerate(names)
        )
        bars.append(
            ClockBar(
                row,
                lines,
                figure(start),
                figure(middle - 10),
                figure(end - start),
                figure(end + 10),
                figure(middle + 5),
            )
        )
    foot = TOP + ROW * len(rows)
    return Clocks(
        high=figure(foot + 28),
        foot=figure(foot),
        bars=tuple(bars),
        ticks=tuple((figure(x(day)), words) for day, words in _ticks(first, last)),
        silent=tuple(
            (figure(x(quiet.start)), figure(max(2.0, x(quiet.end + timedelta(days=1)) - x(quiet.start))))
            for quiet in silent
            if quiet.end >= first and quiet.start <= last
        ),
        today=figure(x(today)),
        today_y=figure(foot + 22),
        middle=figure(foot - TOP),
    )


def _window(rows: Sequence[ClockRow], silent: Sequence[Silence], today: date) -> tuple[date, date]:
    """From a little before today to the last end; at least two months, at most two years."""
    ends = [today, *(row.end for row in rows), *(quiet.end for quiet in silent)]
    starts = [today, *(row.start for row in rows)]
    first = max(min(starts), today - timedelta(days=45)).replace(day=1)
    last = min(max(ends), today + timedelta(days=730)) + timedelta(days=7)
    return first, max(last, first + timedelta(days=60))


def _ticks(first: date, last: date) -> Iterator[tuple[date, str]]:
    """The first of each month; of each quarter or half year when the months would not fit."""
    months = (last - first).days / 30
    every = 1 if months <= 8 else 3 if months <= 18 else 6
    day = first.replace(day=1)
    while day <= last:
        if (day.month - 1) % every == 0 and day >= first:
            name = date_text(day, "F" if months <= 5 else "M" if language_is("en") else "b")
            yield day, f"{name} {day.year}" if every > 1 or (day.month == 1 and day != first) else name
        day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
