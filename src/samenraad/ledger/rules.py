"""How an entry is sealed, and how a chain is checked. Plain values only."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

FIRST = "0" * 64


class Sealed(Protocol):
    seq: int
    moment: datetime
    actor: str
    act: str
    subject: str
    thread: str
    facts: dict[str, Any]
    previous: str
    digest: str


def canonical(entry: Sealed) -> bytes:
    """One entry as bytes: JSON with sorted keys, no spaces, UTF-8, the moment in UTC to the microsecond."""
    content = {
        "seq": entry.seq,
        "moment": entry.moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "actor": entry.actor,
        "act": entry.act,
        "subject": entry.subject,
        "thread": entry.thread,
        "facts": entry.facts,
        "previous": entry.previous,
    }
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest_of(entry: Sealed) -> str:
    """SHA-256 over the canonical bytes."""
    return hashlib.sha256(canonical(entry)).hexdigest()


@dataclass(frozen=True)
class Verdict:
    """What a check of the chain found. `broken_at` is the number of the first entry that is not as it was."""

    entries: int
    broken_at: int | None = None
    problem: str = ""

    @property
    def whole(self) -> bool:
        return self.broken_at is None


def verify(entries: Iterable[Sealed], head: tuple[int, str] | None = None) -> Verdict:
    """Recompute the chain from its first entry. `head` is (seq, digest) as the house remembers them, if it does.

    Problems: `gap` (a number is missing), `link` (does not follow on the entry before it), `content` (was
    altered), `end` (entries at the end are missing).
    """
    previous, count = FIRST, 0
    for entry in entries:
        expected = count + 1
        if entry.seq != expected:
            return Verdict(count, expected, "gap")
        if entry.previous != previous:
            return Verdict(count, entry.seq, "link")
        if entry.digest != digest_of(entry):
            return Verdict(count, entry.seq, "content")
        previous, count = entry.digest, expected
    if head is not None and head != (count, previous):
        return Verdict(count, count + 1, "end")
    return Verdict(count)
