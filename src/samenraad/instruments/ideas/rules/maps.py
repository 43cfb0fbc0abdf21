"""Dots on a drawn map: degrees to places on paper, and many dots in one place as one larger dot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians, sqrt

WIDE, HIGH = 1000.0, 640.0
EDGE = 60.0
#: so many dots stand beside one another at most
ACROSS = 24


@dataclass(frozen=True)
class Box:
    """A piece of the earth, in degrees."""

    south: float
    west: float
    north: float
    east: float

    def __str__(self) -> str:
        return ",".join(f"{side:.5f}" for side in (self.south, self.west, self.north, self.east))

    @classmethod
    def read(cls, text: str) -> Box | None:
        """From an address in the browser; nothing when it is no box on earth."""
        try:
            south, west, north, east = (float(side) for side in text.split(","))
        except ValueError:
            return None
        on_earth = -90 <= south <= north <= 90 and -180 <= west <= east <= 180
        return cls(south, west, north, east) if on_earth else None


@dataclass(frozen=True)
class Dot:
    """One idea, or several together. `key` is the idea's own when it stands alone."""

    x: float
    y: float
    count: int
    key: int | None
    box: Box

    @property
    def radius(self) -> float:
        return min(46.0, 13.0 + 4.0 * sqrt(self.count - 1))


def frame(points: Iterable[tuple[float, float]]) -> Box | None:
    """The piece of the earth (latitude, longitude) that holds them all, never smaller than some 500 metres."""
    points = list(points)
    if not points:
        return None
    latitudes, longitudes = [lat for lat, _ in points], [lon for _, lon in points]
    south, north = _apart(min(latitudes), max(latitudes), 0.005)
    west, east = _apart(min(longitudes), max(longitudes), 0.008)
    return Box(max(-90.0, south), max(-180.0, west), min(90.0, north), min(180.0, east))


def _apart(low: float, high: float, least: float) -> tuple[float, float]:
    lacking = max(0.0, least - (high - low)) / 2
    return low - lacking, high + lacking


def place(box: Box, latitude: float, longitude: float) -> tuple[float, float]:
    """Where a point stands on the drawing; a degree east is shorter than a degree north up here."""
    narrow = cos(radians((box.south + box.north) / 2))
    wide, high = (box.east - box.west) * narrow, box.north - box.south
    scale = min((WIDE - 2 * EDGE) / wide, (HIGH - 2 * EDGE) / high)
    x = WIDE / 2 + (longitude - (box.west + box.east) / 2) * narrow * scale
    y = HIGH / 2 - (latitude - (box.south + box.north) / 2) * scale
    return round(x, 1), round(y, 1)


def clusters(points: Iterable[tuple[int, float, float]], box: Box) -> list[Dot]:
    """(key, latitude, longitude) of each idea, put together per cell of a grid, in a fixed order."""
    size = (box.east - box.west) / ACROSS, (box.north - box.south) / ACROSS
    cells: dict[tuple[int, int], list[tuple[int, float, float]]] = {}
    for key, latitude, longitude in points:
        column = min(ACROSS - 1, int((longitude - box.west) / size[0]))
        row = min(ACROSS - 1, int((latitude - box.south) / size[1]))
        cells.setdefault((row, column), []).append((key, latitude, longitude))
    dots = [_dot(cells[cell], box) for cell in sorted(cells)]
    return sorted(dots, key=lambda dot: -dot.count)


def _dot(ideas: list[tuple[int, float, float]], box: Box) -> Dot:
    latitudes, longitudes = [one[1] for one in ideas], [one[2] for one in ideas]
    x, y = place(box, sum(latitudes) / len(ideas), sum(longitudes) / len(ideas))
    around = Box(min(latitudes) - 1e-5, min(longitudes) - 1e-5, max(latitudes) + 1e-5, max(longitudes) + 1e-5)
    return Dot(x, y, len(ideas), ideas[0][0] if len(ideas) == 1 else None, around)
