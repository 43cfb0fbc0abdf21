"""Open seats (R036): who was not drawn may come forward, for a few seats, and chance decides when too many do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from samenraad.methods.seeds import in_lot_order
from samenraad.refusals import Refusal

#: at most one seat in ten, unless the rules of the lot say less
MOST = Fraction(1, 10)
PURPOSE = "open"


@dataclass(frozen=True)
class OpenSeats:
    """Who sits, and who comes next, both in the order of the lot."""

    seats: int
    taken: tuple[str, ...]
    waiting: tuple[str, ...]


def how_many(seats: int, share: Fraction = MOST) -> int:
    """Seats of the whole group that are open, never more than the share: of 60 seats 6, of 24 seats 2.

    Refuses `lot.open_share` a share that is not between 0 and 1.
    """
    if not 0 <= share <= 1:
        raise Refusal("lot.open_share", share=str(share))
    return int(seats * share)


def draw(applicants: Iterable[str], seats: int, seed: str, share: Fraction = MOST) -> OpenSeats:
    """Everybody sits while there is room; otherwise the first in the order of the lot, which the public seed decides
    (`methods.seeds`). Nobody's chance grows by applying twice, and the order of applying changes nothing.

    >>> draw(["anna", "bo", "cees"], 20, "Three hats and a goose").taken
    ('cees', 'anna')
    """
    order: Sequence[str] = in_lot_order(set(applicants), seed, PURPOSE)
    room = how_many(seats, share)
    return OpenSeats(room, tuple(order[:room]), tuple(order[room:]))
