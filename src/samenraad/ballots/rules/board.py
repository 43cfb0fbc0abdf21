"""The public board: lines that hold one another, and checkpoints that are signed.

A line is JSON with sorted keys and without spaces. It holds its number `n` (from 1), the vote, the kind, the day, and
`prev`: SHA-256 of the line before it (64 zeros for the first). A checkpoint is the Merkle root over the first `size`
lines with the number of ballots, signed with Ed25519 (RFC 8032). Kinds of lines:

    open     what was fixed before the vote: `rules`, the size and the root of the roll, the public key
    code     a lost letter: `blocked`, and `added` when another code was given out
    batch    ballots that went into the box together: `ballots`, `trackers`, `slips` (commitments), both in order of
             the alphabet, so that nothing shows which slips or receipts belong together
    seed     the seed of the drawn order, before the count: `seed`, `how`
    close    the box is sealed: `books`, the reconciliation
    result   SHA-256 of result.json
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

FIRST = "0" * 64


def canonical(value: Mapping[str, Any]) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def line(vote: str, number: int, previous: str, kind: str, day: str, facts: Mapping[str, Any]) -> str:
    return canonical({**facts, "vote": vote, "n": number, "prev": previous, "kind": kind, "day": day})


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def roll_leaf(vote: str, digest: str) -> str:
    """What stands in the public list of the roll for one code: a digest of a keyed digest."""
    return hashlib.sha256(f"samenraad roll 1\n{vote}\n{digest}".encode()).hexdigest()


def checkpoint_text(vote: str, size: int, root: str, ballots: int, day: str) -> str:
    """What is signed."""
    return f"samenraad checkpoint 1\n{vote}\n{size}\n{root}\n{ballots}\n{day}\n"
