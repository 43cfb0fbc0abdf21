"""What the parts of a page are made of: plain values that queries hand over and template tags print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class StoryEntry:
    """One thing that happened, happens now or will happen. `gate` is its number, when it is one."""

    title: object
    when: date | datetime | None = None
    until: date | datetime | None = None
    text: object = ""
    state: str = "done"  # done, now, later
    gate: int | None = None
    href: str = ""
    link: object = ""
    #: instead of a date: "after the summer"
    moment: object = ""


@dataclass(frozen=True)
class Figure:
    """A large number with its sentence; a state colours it and gives it its shape."""

    value: object
    label: object
    state: str = ""
    note: object = ""
    href: str = ""


@dataclass(frozen=True)
class Part:
    """One part of a whole in a bar: how many, and of what state (or of which shade, without one)."""

    label: object
    count: int
    state: str = ""
    note: object = ""


@dataclass(frozen=True)
class ClockRow:
    """One thing with a beginning and an end on the two clocks."""

    label: object
    start: date
    end: date
    state: str = "waiting"
    note: object = ""
    href: str = ""


@dataclass(frozen=True)
class Silence:
    """A stretch of days in which the town hall keeps quiet, because of elections."""

    label: object
    start: date
    end: date
