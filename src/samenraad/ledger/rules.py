"""How an entry is sealed, and how a chain is checked. Plain values only."""

from __future__ import annotations

import hashlib
import hmac
import json
import math
from collections.abc import Iterable, Mapping
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


def tidy(value: Any) -> Any:
    """A fact as both databases give it back unaltered: plain JSON, whole numbers without a fraction.

    PostgreSQL keeps numbers as decimals (1e20 becomes a whole number) and no NUL; so neither gets in. A thing
    that JSON does not know (a date, a translated sentence) is kept as its text.
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(f"not a number that can be written down: {value}")
        return int(value) if value.is_integer() else value
    if isinstance(value, Mapping):
        return {_text(key): tidy(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        parts = [tidy(part) for part in value]
        return sorted(parts, key=str) if isinstance(value, set | frozenset) else parts
    return _text(value.isoformat() if hasattr(value, "isoformat") else value)


def _text(value: object) -> str:
    """Without what cannot be stored: NUL, and halves of characters."""
    return str(value).replace("\x00", "\ufffd").encode("utf-8", "replace").decode()


def moment_text(moment: datetime) -> str:
    """In UTC, always to the microsecond: 2027-03-08T09:00:00.000000Z."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone says nothing")
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def content_of(entry: Sealed) -> dict[str, Any]:
    """What is sealed: everything but the seal itself."""
    return {
        "seq": entry.seq,
        "moment": moment_text(entry.moment),
        "actor": entry.actor,
        "act": entry.act,
        "subject": entry.subject,
        "thread": entry.thread,
        "facts": entry.facts,
        "previous": entry.previous,
    }


def canonical(entry: Sealed) -> bytes:
    """One entry as bytes: JSON with sorted keys, no spaces, UTF-8, the moment in UTC to the microsecond."""
    return _dump(content_of(entry)).encode()


def digest_of(entry: Sealed) -> str:
    """SHA-256 over the canonical bytes."""
    return hashlib.sha256(canonical(entry)).hexdigest()


def line_of(entry: Sealed) -> str:
    """One entry for the download: what is sealed, and its seal, on one line."""
    return _dump({**content_of(entry), "digest": entry.digest})


def _dump(content: dict[str, Any]) -> str:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def mark_of(pseudonym: str, seq: int) -> str:
    """Who did it, for entry `seq` alone: another value in every entry, so that the public list links nobody.

    Only who holds the person's secret pseudonym can tell whether an entry is theirs. When a person is forgotten
    the pseudonym is replaced, and from then on nobody can.
    """
    return hmac.new(pseudonym.encode(), str(seq).encode(), hashlib.sha256).hexdigest() if pseudonym else ""


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
    """Recompute the chain from its first entry. `head` is (seq, digest) as the house remembers them, if known.

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
