"""Rules about members, seats, codes and reference figures. Plain values only."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import re
from collections.abc import Mapping
from datetime import date, datetime

#: from which state of a membership to which; what leads nowhere is the end
NEXT = {
    "invited": ("accepted", "declined"),
    "accepted": ("drawn", "substitute", "member", "withdrawn"),
    "drawn": ("member", "withdrawn"),
    "substitute": ("drawn", "member", "withdrawn"),
    "member": ("completed", "withdrawn"),
    "completed": (),
    "declined": (),
    "withdrawn": (),
}
#: with what a membership may begin
FIRST = ("invited", "accepted", "member")
#: who sits on a seat
SEATED = ("drawn", "member")


def may_become(state: str, after: str) -> bool:
    return after in NEXT[state]


def is_end(state: str) -> bool:
    """Whether the membership is over in this state."""
    return not NEXT[state]


def seats_left(seats: Mapping[str, int], seat_class: str, taken: int) -> int | None:
    """How many seats of this class are free; None when the body counts no seats."""
    if not seats:
        return None
    return max(0, int(seats.get(seat_class, 0)) - taken)


#: so many wrong codes may come from one source in an hour
WRONG_CODES = 10


def too_many_wrong(codes: int) -> bool:
    return codes >= WRONG_CODES


def source_of(address: str, key: str) -> str:
    """Where a wrong code came from, as a keyed digest: counted, but not readable.

    One house has one IPv4 address, but a whole range of IPv6 addresses: there the first half counts.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        home = address
    else:
        home = str(ipaddress.ip_network(f"{parsed}/64", strict=False)) if parsed.version == 6 else str(parsed)
    return hmac.new(key.encode(), home.encode(), hashlib.sha256).hexdigest()


#: larger places first: a place lies in a larger one
KINDS = ("town", "district", "neighbourhood")
_KIND_NAMES = {
    "gemeente": "town", "stad": "town", "dorp": "town",
    "wijk": "district", "deelgemeente": "district", "stadsdeel": "district",
    "buurt": "neighbourhood", "kern": "neighbourhood",
}  # fmt: skip


def kind_of(text: str) -> str | None:
    """The kind of place, in English or in the words of a Dutch or Flemish register."""
    word = text.casefold()
    return word if word in KINDS else _KIND_NAMES.get(word)


def lies_in(kind: str, parent: str | None) -> bool:
    """A town stands on its own; anything else lies in something larger."""
    if parent is None:
        return kind == "town"
    return KINDS.index(parent) < KINDS.index(kind)


_GROUPED = re.compile(r"\d{1,3}([.,\u00a0\u202f' ])\d{3}(\1\d{3})*")


def whole_number(text: str) -> int | None:
    """A count as a spreadsheet prints it: 12345, 12.345, 12 345. Nothing else: half a resident is a mistake."""
    if text.isascii() and text.isdigit():
        return int(text)
    if _GROUPED.fullmatch(text):
        return int(re.sub(r"\D", "", text))
    return None


def coordinate(text: str, limit: int) -> float | None:
    """Degrees, with a point or a comma; None when it is none or lies beyond the limit."""
    try:
        degrees = float(text.replace(",", "."))
    except ValueError:
        return None
    return degrees if -limit <= degrees <= limit else None


def day_of(text: str) -> date | None:
    """2027-03-08, 8-3-2027 or 8/3/2027: day before month, as here."""
    for pattern in ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y"):
        try:
            return datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    return None
