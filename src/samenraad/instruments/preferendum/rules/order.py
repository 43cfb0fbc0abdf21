"""In which order a voter meets the options: another for everybody, so that no place on the list is worth votes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import pairwise


def own_order(options: Sequence[str], seed: str) -> list[str]:
    """The same seed gives the same order, as long as one voter is voting.

    >>> own_order(["1", "2", "3"], "a") == own_order(["3", "2", "1"], "a")
    True
    """
    return sorted(options, key=lambda option: hashlib.sha256(f"{seed}\n{option}".encode()).digest())


def in_pages(options: Sequence[str], most: int) -> list[list[str]]:
    """As few pages as hold them, all about as long.

    >>> in_pages(["1", "2", "3", "4", "5", "6", "7"], 6)
    [['1', '2', '3', '4'], ['5', '6', '7']]
    """
    pages = -(-len(options) // most)
    size, longer = divmod(len(options), pages) if pages else (0, 0)
    starts = [number * size + min(number, longer) for number in range(pages + 1)]
    return [list(options[start:end]) for start, end in pairwise(starts)]
