"""Where the words beside the loop go: near their mark, away from the line, from one another and from the edge."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import hypot

from samenraad.ui.lemniscate import LARGE, LARGE_BOX, Loop, Mark, Point

LINE = 18.0  # letter size; "now" is larger
NOW = 21.0
WIDE = 0.58  # of the letter size: the mean width of a bold letter, on the safe side
LONGEST_LINE = 18
MOST_LINES = 5
GAP = 6.0
#: how far a mark reaches from its place
REACH = {"gate": 19.0, "dot": 11.0, "here": 26.0, "late": 22.0}
COMPASS = tuple(
    Point(x, y) for x, y in [(0, -1), (0.7, -0.7), (1, 0), (0.7, 0.7), (0, 1), (-0.7, 0.7), (-1, 0), (-0.7, -0.7)]
)
#: half widths and heights of the two words in the lobes
WORLD = (Point(LARGE.x - 248, LARGE.y), Point(LARGE.x + 248, LARGE.y))


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: Box) -> float:
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide * high if wide > 0 and high > 0 else 0.0

    def holds(self, point: Point, margin: float = 0.0) -> bool:
        return self.left - margin < point.x < self.right + margin and self.top - margin < point.y < self.bottom + margin


@dataclass(frozen=True)
class Label:
    """Words in lines, the first line's baseline, and which end of them stands there."""

    lines: tuple[str, ...]
    x: float
    y: float
    anchor: str
    size: float
    box: Box


@lru_cache(maxsize=1)
def _line_points() -> tuple[Point, ...]:
    return tuple(LARGE.place(step / 2) for step in range(200))


def split(text: str, longest: int = LONGEST_LINE) -> tuple[str, ...]:
    """In lines of a readable length; a line break in the text stays one."""
    lines: list[str] = []
    if len(text) > longest:
        text = text.replace(": ", ":\n")
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            word = word if len(word) <= longest + 8 else word[: longest + 7] + "…"
            if line and len(line) + 1 + len(word) > longest:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        lines.append(line)
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], lines[MOST_LINES - 1] + " …"]
    return tuple(lines)


def placed(loop: Loop) -> tuple[Label | None, ...]:
    """One label per mark, in the order of the marks."""
    return _placed(tuple(loop.marks))


@lru_cache(maxsize=256)
def _placed(marks: tuple[Mark, ...]) -> tuple[Label | None, ...]:
    places = [_around(mark) for mark in marks]
    options = [
        [
            (label, cost + sum(3 * label.box.overlap(other) for other in places if other is not place))
            for label, cost in _candidates(mark)
        ]
        for mark, place in zip(marks, places, strict=True)
    ]
    chosen: list[tuple[Label, float] | None] = [min(some, key=_own_cost, default=None) for some in options]
    for _round in range(4):
        before = list(chosen)
        for index, some in enumerate(options):
            others = [other[0] for place, other in enumerate(chosen) if other and place != index]
            if some:
                chosen[index] = min(some, key=lambda option, others=others: _cost(option, others))  # type: ignore[misc]
        if before == chosen:
            break
    return tuple(option[0] if option else None for option in chosen)


def _around(mark: Mark) -> Box:
    point, reach = LARGE.place(mark.at), REACH[mark.kind]
    return Box(point.x - reach, point.y - reach, point.x + reach, point.y + reach)


def _own_cost(option: tuple[Label, float]) -> float:
    return option[1]


def _cost(option: tuple[Label, float], others: list[Label]) -> float:
    label, own = option
    air = Box(label.box.left - 8, label.box.top - 3, label.box.right + 8, label.box.bottom + 3)
    return own + sum(2 * air.overlap(other.box) for other in others)


def _candidates(mark: Mark) -> list[tuple[Label, float]]:
    """Each place the words could stand, with what is wrong with it before looking at other words."""
    if not mark.label:
        return []
    size = NOW if mark.kind in {"here", "late"} else LINE
    outward = LARGE.outward(mark.at)
    reach = REACH[mark.kind]
    found = []
    for lines in dict.fromkeys(split(mark.label, longest) for longest in (60, LONGEST_LINE, 15, 12)):
        for way in COMPASS:
            for further in (0.0, 14.0, 30.0, 44.0):
                label = _label(lines, LARGE.place(mark.at), way, reach + GAP + further, size)
                turned_away = 1 - (way.x * outward.x + way.y * outward.y) / hypot(way.x, way.y)
                cost = 30 * turned_away + 2 * further + 10 * len(lines) + _collisions(label.box)
                found.append((label, cost))
    return found


def _label(lines: tuple[str, ...], point: Point, way: Point, away: float, size: float) -> Label:
    wide = max(len(line) for line in lines) * size * WIDE
    high = len(lines) * size * 1.25
    x, y = point.x + way.x * away, point.y + way.y * away
    anchor = "middle" if abs(way.x) < 0.1 else "start" if way.x > 0 else "end"
    left = {"middle": x - wide / 2, "start": x, "end": x - wide}[anchor]
    top = y - high / 2 + (high / 2) * (0 if abs(way.y) < 0.1 else 1 if way.y > 0 else -1)
    return Label(lines, x, top + size, anchor, size, Box(left, top, left + wide, top + high))


def _collisions(box: Box) -> float:
    on_the_line = sum(40 for point in _line_points() if box.holds(point, 7.0))
    left, top, wide, high = LARGE_BOX
    outside = max(0, left - box.left) + max(0, box.right - left - wide)
    outside += max(0, top - box.top) + max(0, box.bottom - top - high)
    in_the_world = sum(box.overlap(Box(at.x - 75, at.y - 24, at.x + 75, at.y + 34)) for at in WORLD)
    return on_the_line + 50 * outside + in_the_world


def apart(marks: tuple[Mark, ...], gap: float = 3.2) -> tuple[Mark, ...]:
    """Marks of one kind that coincide become one with all their words; different kinds move a little apart."""
    groups: list[list[Mark]] = []
    for mark in sorted(marks, key=lambda mark: (mark.kind, mark.at)):
        last = groups[-1][-1] if groups else None
        if last and last.kind == mark.kind and mark.at - groups[-1][0].at < gap:
            groups[-1].append(mark)
        else:
            groups.append([mark])
    joined = sorted((_join(group) for group in groups), key=lambda mark: mark.at)
    moved = joined[:1]
    for mark in joined[1:]:
        at = max(mark.at, moved[-1].at + gap)
        moved.append(Mark(min(at, 100.0), mark.kind, mark.label, mark.passed, mark.count))
    return tuple(moved)


def _join(group: list[Mark]) -> Mark:
    words = [mark.label for mark in group[:3]] + (["…"] if len(group) > 3 else [])
    middle = sum(mark.at for mark in group) / len(group)
    first = group[0]
    return Mark(middle, first.kind, "\n".join(words), first.passed, sum(mark.count for mark in group))
