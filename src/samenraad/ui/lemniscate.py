"""The loop: one line that returns to where it began.

A lemniscate of Bernoulli, a little taller than the pure one. Places on it are per cent of its length, from the
far left over the top: the left half is the town hall's, the right half the residents', and the crossing is the
hand-over from one to the other. So a dot's place already says whose turn it is.

    loop = Loop(
        marks=(Mark(QUESTION, label="the question", passed=True), Mark(GATES[1], "gate", "1 Goal", passed=True),
               *(Mark(at, label=title) for at, title in zip(step_places(2), ["learning", "ideas"]))),
        done_to=39, title="Where we are on the loop", description="Gate 1 is passed. Now: learning.")
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import atan2, cos, degrees, hypot, pi, sin

#: where things stand, in per cent of the length
QUESTION = 0.0
GATES = {1: 7.0, 2: 12.5, 3: 18.5, 4: 32.5, 5: 82.0, 6: 94.5}
STEPS = (39.0, 65.0)
HANDOVER = 75.0
MEASURES = 88.5

TALL = 1.12
PIECES = 24  # cubic curves for the whole line: nobody sees the difference with the true one
FINE = 4000  # points at which the length is measured


@dataclass(frozen=True)
class Mark:
    """Something on the line. `kind`: gate (two posts across it), dot, here (now), late (a triangle)."""

    at: float
    kind: str = "dot"
    label: str = ""
    passed: bool = False
    #: how many things stand on this place; more than one is written in the mark
    count: int = 1


@dataclass(frozen=True)
class Loop:
    """What `{% loop %}` draws. The description names the gates passed, the place now and what follows."""

    marks: tuple[Mark, ...] = ()
    done_from: float = 0.0
    done_to: float = 0.0
    title: str = ""
    description: str = ""


def step_places(count: int) -> list[float]:
    """Evenly over the residents' half, in the order of the steps."""
    first, last = STEPS
    if count == 1:
        return [(first + last) / 2]
    return [first + (last - first) * index / (count - 1) for index in range(count)]


@dataclass(frozen=True)
class Point:
    x: float
    y: float


@dataclass(frozen=True)
class Curve:
    """The line, drawn round a middle, `half` wide to each side."""

    x: float
    y: float
    half: float

    def at(self, t: float) -> Point:
        below = 1 + sin(t) ** 2
        return Point(
            self.x + self.half * cos(t) / below,
            self.y - TALL * self.half * sin(t) * cos(t) / below,
        )

    def speed(self, t: float) -> Point:
        """The derivative of `at`."""
        below = 1 + sin(t) ** 2
        slope = 2 * sin(t) * cos(t)
        return Point(
            self.half * (-sin(t) * below - cos(t) * slope) / below**2,
            -TALL * self.half * ((cos(t) ** 2 - sin(t) ** 2) * below - sin(t) * cos(t) * slope) / below**2,
        )

    def place(self, per_cent: float) -> Point:
        return self.at(parameter(per_cent))

    def direction(self, per_cent: float) -> float:
        """The tangent, in degrees clockwise from the right, as SVG turns."""
        speed = self.speed(parameter(per_cent))
        return degrees(atan2(speed.y, speed.x))

    def outward(self, per_cent: float) -> Point:
        """The unit vector across the line, away from the nearest lobe's middle."""
        speed = self.speed(parameter(per_cent))
        length = hypot(speed.x, speed.y)
        across = Point(-speed.y / length, speed.x / length)
        point = self.place(per_cent)
        middle = self.x + (0.63 if point.x > self.x else -0.63) * self.half
        inside = across.x * (point.x - middle) + across.y * (point.y - self.y) < 0
        return Point(-across.x, -across.y) if inside else across

    def path(self, start: float = 0.0, end: float = 100.0, pieces: int = PIECES) -> str:
        """The `d` of the line between two places."""
        return _path(self, start, end, pieces)


@lru_cache(maxsize=1)
def _lengths() -> list[float]:
    """The length up to each of the fine points, in per cent of the whole."""
    unit = Curve(0, 0, 1)
    points = [unit.at(pi + 2 * pi * step / FINE) for step in range(FINE + 1)]
    so_far, lengths = 0.0, [0.0]
    for here, there in pairwise(points):
        so_far += hypot(there.x - here.x, there.y - here.y)
        lengths.append(so_far)
    return [100 * length / so_far for length in lengths]


def parameter(per_cent: float) -> float:
    """The angle that belongs to a place on the line, from the far left over the top."""
    lengths = _lengths()
    per_cent = min(100.0, max(0.0, per_cent))
    after = max(1, bisect_left(lengths, per_cent))
    step = (per_cent - lengths[after - 1]) / (lengths[after] - lengths[after - 1])
    return pi + 2 * pi * (after - 1 + step) / FINE


@lru_cache(maxsize=512)
def _path(curve: Curve, start: float, end: float, pieces: int) -> str:
    if end <= start:
        return ""
    first, last = parameter(start), parameter(end)
    count = max(1, round(pieces * (end - start) / 100))
    angles = [first + (last - first) * index / count for index in range(count + 1)]
    return "M" + _pair(curve.at(first)) + "".join(_pieces(curve, angles))


def _pieces(curve: Curve, angles: list[float]) -> Iterator[str]:
    for here, there in pairwise(angles):
        third = (there - here) / 3
        a, b, leaving, arriving = curve.at(here), curve.at(there), curve.speed(here), curve.speed(there)
        yield (
            f"C{_pair(Point(a.x + leaving.x * third, a.y + leaving.y * third))} "
            f"{_pair(Point(b.x - arriving.x * third, b.y - arriving.y * third))} {_pair(b)}"
        )


def figure(value: float) -> str:
    """A coordinate: one decimal, and none where it is not needed."""
    return f"{round(value, 1) + 0:.1f}".removesuffix(".0")


def _pair(point: Point) -> str:
    return f"{figure(point.x)} {figure(point.y)}"


#: the large loop, with room for words at its sides; and the small one, drawn with a thick pen
LARGE, LARGE_BOX = Curve(560, 216, 395), (0.0, 0.0, 1120.0, 440.0)
SMALL, SMALL_BOX = Curve(500, 222, 430), (20.0, 10.0, 960.0, 424.0)
