"""What holds for a process, as sums over plain values."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

RUNGS = ("inform", "listen", "consult", "coproduce", "codecide", "decide")


@dataclass(frozen=True)
class RoomFact:
    """What the rung depends on, of one room item."""

    kind: str
    settles_question: bool = False
    decided_on: date | None = None


def forced_to_inform(room: Sequence[RoomFact], start: date) -> str:
    """Why the level of influence can only be "inform", or an empty text.

    `nothing_open`: a room was stated and nothing in it is open or negotiable (R172). `decided`: what already
    answers the question was decided before the start (R199).
    """
    if any(item.settles_question and (item.decided_on is None or item.decided_on < start) for item in room):
        return "decided"
    if room and all(item.kind == "fixed" for item in room):
        return "nothing_open"
    return ""


def is_lower(new: str, old: str) -> bool:
    """Whether the residents' influence would shrink."""
    return RUNGS.index(new) < RUNGS.index(old)


def answer_due(handed_on: date, term_days: int) -> date:
    """The last day on which an answer is in time."""
    return handed_on + timedelta(days=term_days)


def days_late(due: date, today: date) -> int:
    """How many days after its last day something is; 0 while it is in time."""
    return max(0, (today - due).days)


def overlap(first: tuple[date, date], second: tuple[date, date]) -> tuple[date, date] | None:
    """The days two periods share, both ends included."""
    start, end = max(first[0], second[0]), min(first[1], second[1])
    return (start, end) if start <= end else None


def in_silence(day: date, silences: Iterable[tuple[date, date]]) -> tuple[date, date] | None:
    """The silent period (first day, election day) in which this day falls."""
    return next((period for period in silences if period[0] <= day <= period[1]), None)


def canonical(content: dict[str, Any]) -> bytes:
    """The same bytes for the same content: JSON with sorted keys, no spaces, UTF-8."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def promise_digest(content: dict[str, Any]) -> str:
    """SHA-256 over the promise as canonical JSON: of the file that anybody can download."""
    return hashlib.sha256(canonical(content)).hexdigest()


def may_take_part(
    *, public: bool, promised: bool, opens: date | None, closes: date | None, day: date, today: date
) -> str:
    """Why somebody may not take part on this day, or an empty text.

    `day` is the day the person acted: a paper form of yesterday may be keyed in today, a form from after the
    closing day may not.
    """
    if not public:
        return "not_public"
    if not promised:
        return "no_promise"
    if day > today:
        return "in_future"
    if opens is None or day < opens:
        return "not_open_yet"
    if closes is not None and day > closes:
        return "closed"
    return ""
