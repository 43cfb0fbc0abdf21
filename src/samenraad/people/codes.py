"""Letter codes: made to be read aloud and typed by hand."""

from __future__ import annotations

import hashlib
import hmac
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0/O, 1/I/L: nothing that looks alike
LENGTH = 12  # 31**12, about 59 bits


def new_code() -> str:
    """A fresh code in groups of four: `K7F4-2Q9P-XW3D`."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(letters[start : start + 4] for start in range(0, LENGTH, 4))


def normal(typed: str) -> str:
    """What was meant: capitals, without spaces, dashes and dots."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


def digest_of(code: str, key: str) -> str:
    """All that is kept of a code: HMAC-SHA-256 of its normal form."""
    return hmac.new(key.encode(), normal(code).encode(), hashlib.sha256).hexdigest()
