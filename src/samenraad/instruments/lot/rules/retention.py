"""Who stays: per group, session by session, and how many stay in the end (R062)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from samenraad.instruments.lot.rules.figures import FEWEST
from samenraad.methods.statistics.waiting import waiting

#: a group that loses so much more than all together sounds the alarm
ALARM = 0.20


@dataclass(frozen=True)
class Seat:
    """Somebody who sat, or sits: in which groups, after how many sessions they came and left (None: still there),
    and in which sessions they were present (1, 2, ...)."""

    groups: Mapping[str, str]
    came: int = 0
    left: int | None = None
    present: frozenset[int] = frozenset()
    first: bool = True  # drawn in the draw itself, not in somebody's place


@dataclass(frozen=True)
class Curve:
    """One group: how many were drawn, how many were present per session, and the share that stays.

    `stays` is the product-limit estimate over all who ever sat; who came in somebody's place begins at their own
    session 0. None without anybody.
    """

    drawn: int
    present: tuple[int, ...]
    stays: float | None
    seats: int = field(default=0)

    @property
    def shares(self) -> tuple[float, ...]:
        return tuple(count / self.drawn for count in self.present) if self.drawn else ()


def curve(seats: Iterable[Seat], held: int) -> Curve:
    """
    >>> four = [Seat({}, present=frozenset({1, 2})), Seat({}, left=1, present=frozenset({1})),
    ...         Seat({}, present=frozenset({1})), Seat({}, came=1, present=frozenset({2}), first=False)]
    >>> curve(four, 2)
    Curve(drawn=3, present=(3, 2), stays=0.75, seats=4)
    """
    some = list(seats)
    present = tuple(sum(session in seat.present for seat in some) for session in range(1, held + 1))
    cases = [(max(0, (held if seat.left is None else seat.left) - seat.came), seat.left is not None) for seat in some]
    found = waiting(cases)
    stays = (found.still[-1] if found.still else 1.0) if found else None
    return Curve(sum(seat.first for seat in some), present, stays, len(some))


def loses(group: Curve, everybody: Curve) -> bool:
    """More than 20 points more than all together: of members, or of people present at the last session."""
    if group.drawn < FEWEST or group.stays is None or everybody.stays is None:
        return False
    gone = everybody.stays - group.stays
    absent = everybody.shares[-1] - group.shares[-1] if everybody.shares and group.shares else 0.0
    return max(gone, absent) > ALARM + 1e-9
