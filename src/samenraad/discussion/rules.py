"""What holds for talking, as sums over plain values."""

from __future__ import annotations

#: longest comment, in characters
LONGEST = 5_000
#: shortest reason for hiding what somebody wrote
SHORTEST_REASON = 10
#: so many people without account may come from one source in an hour: a whole library is one source
ARRIVALS = 40
#: nobody fills in a form faster, in seconds
FASTEST = 1.0


def too_many(arrivals: int) -> bool:
    return arrivals >= ARRIVALS


def too_fast(seconds: float) -> bool:
    return seconds < FASTEST


def tidy_postcode(text: str) -> str:
    """1234 ab -> 1234 AB; a Flemish one has no letters."""
    plain = "".join(text.split()).upper()
    return f"{plain[:4]} {plain[4:]}" if len(plain) == 6 and plain[:4].isdigit() and plain[4:].isalpha() else plain
