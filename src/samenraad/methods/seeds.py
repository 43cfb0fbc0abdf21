"""From a public seed to numbers that anybody can compute again.

Everything here is one SHA-256 over four lines of text: who we are, what the number is for, the seed, and what is
being numbered. There is no state: no number depends on how many were taken before. In a shell:

    printf 'samenraad\\nletter\\nThree hats and a goose\\n4711' | sha256sum | cut -c1-16

Dividing a random number and keeping the remainder would favour small numbers a little; `number_below` throws the
few values away that cause it, as D.E. Knuth, The Art of Computer Programming 2, section 3.4.1, and RFC 3797
(Publicly verifiable random selection, 2004) want the rule to be public.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from unicodedata import normalize

from samenraad.refusals import Refusal

#: how many bytes of the hash are a ticket: 16 hexadecimal digits
TICKET_BYTES = 8
_ALL = 2**256


def settled(seed: str) -> str:
    """The seed as it is used: one way of writing accents (NFC), one space between words, none around them.

    >>> settled("  Three hats\\n and a goose ")
    'Three hats and a goose'

    Refuses `sortition.no_seed` when nothing is left.
    """
    text = " ".join(normalize("NFC", seed).split())
    if not text:
        raise Refusal("sortition.no_seed")
    return text


def prefix(seed: str, purpose: str) -> bytes:
    """What stands before the thing that gets a number, so that one seed serves several purposes independently."""
    if not purpose.isidentifier():
        raise ValueError(f"a purpose is one word, not {purpose!r}")
    return f"samenraad\n{purpose}\n{settled(seed)}\n".encode()


def digest(seed: str, purpose: str, what: str) -> bytes:
    """32 bytes: SHA-256 of the lines "samenraad", purpose, seed and `what`, in UTF-8, with no line end at the end."""
    return hashlib.sha256(prefix(seed, purpose) + what.encode()).digest()


def ticket(seed: str, purpose: str, what: str) -> int:
    """The ticket of a person or an address: the first 64 bits of the digest. The smallest tickets win.

    >>> f"{ticket('Three hats and a goose', 'letter', '4711'):016x}"
    'a22fe8d808dcab21'
    """
    return int.from_bytes(digest(seed, purpose, what)[:TICKET_BYTES], "big")


def in_lot_order(ids: Iterable[str], seed: str, purpose: str) -> list[str]:
    """These ids in the order of the lot: by digest. The order in which they came changes nothing.

    >>> in_lot_order(["a", "b", "c"], "goose", "table") == in_lot_order(["c", "a", "b"], "goose", "table")
    True
    """
    before = prefix(seed, purpose)
    return sorted(ids, key=lambda one: (hashlib.sha256(before + one.encode()).digest(), one))


def number_below(limit: int, seed: str, purpose: str) -> int:
    """A number 0 ≤ x < limit, each equally likely.

    Take the digests of "0", "1", "2", ... as numbers below 2^256; the first that is below the largest multiple of
    `limit` counts, and x is its remainder when divided by `limit`.

    >>> number_below(1000, "Three hats and a goose", "panel")
    495

    Refuses `sortition.limit` a limit below 1.
    """
    if not 1 <= limit <= _ALL:
        raise Refusal("sortition.limit", limit=limit)
    fair = _ALL - _ALL % limit
    attempt = 0
    while (number := int.from_bytes(digest(seed, purpose, str(attempt)), "big")) >= fair:
        attempt += 1
    return number % limit
