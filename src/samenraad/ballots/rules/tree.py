"""Merkle trees as in RFC 9162 (Certificate Transparency 2.0), section 2.1.1: one digest stands for a whole list.

A leaf is SHA-256(0x00, entry), a node SHA-256(0x01, left, right); the left side is the largest power of two that is
smaller than the list.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


def leaf(entry: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + entry).digest()


def root_of(entries: Sequence[bytes]) -> bytes:
    """The root of the tree over these entries; of nothing, SHA-256 of nothing.

    >>> root_of([b"a"]) == leaf(b"a")
    True
    """
    return root_of_leaves([leaf(entry) for entry in entries])


def root_of_leaves(leaves: Sequence[bytes]) -> bytes:
    """The same, from the leaves. Neighbours are joined level by level; who stands alone waits for the next level."""
    level = list(leaves)
    if not level:
        return hashlib.sha256(b"").digest()
    while len(level) > 1:
        joined = [hashlib.sha256(b"\x01" + a + b).digest() for a, b in zip(level[::2], level[1::2], strict=False)]
        level = joined + level[len(level) & ~1 :]
    return level[0]
