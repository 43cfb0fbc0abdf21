"""Voting codes and receipts: made to be read aloud and typed by hand.

A code has 16 letters of 32 that do not look alike: 80 bits, so nobody finds one by trying. It is kept nowhere. The roll
knows a keyed digest of it, the ballot box another one under another key: who holds both databases and both keys, but
not the letter, cannot lay the two beside one another (2^80 codes would have to be tried).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

#: no I and 1, no O and 0
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 16
TRACKER = 20


def new_code() -> str:
    """A fresh code in groups of four: `K7F4-2Q9P-XW3D-6MTA`."""
    return grouped("".join(secrets.choice(ALPHABET) for _n in range(LENGTH)))


def grouped(letters: str) -> str:
    """In groups of four, as it is printed.

    >>> grouped("K7F42Q9P")
    'K7F4-2Q9P'
    """
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def normal(typed: str) -> str:
    """What was meant: capitals, and nothing that is no letter or digit.

    >>> normal(" k7f4 2q9p-xw3d.6mta ")
    'K7F42Q9PXW3D6MTA'
    """
    return "".join(letter for letter in typed.upper() if letter.isalnum() and letter.isascii())


def looks_like_a_code(typed: str) -> bool:
    """Whether this can be a voting code; a letter code is shorter."""
    letters = normal(typed)
    return len(letters) == LENGTH and set(letters) <= set(ALPHABET)


def keyed(key: str, purpose: str, vote: str, text: str) -> str:
    """HMAC-SHA-256, in hexadecimal, of four lines: samenraad, what it is for, the vote, the text."""
    return hmac.new(key.encode(), f"samenraad\n{purpose}\n{vote}\n{text}".encode(), hashlib.sha256).hexdigest()


def on_the_roll(code: str, vote: str, key: str) -> str:
    """All that the roll keeps of a code."""
    return keyed(key, "roll", vote, normal(code))


def ticket(code: str, vote: str, key: str) -> str:
    """All that the ballot box keeps of a code. The code itself is the ticket: it lies in the hand of the voter, so who
    was cut off between roll and box tries again and is not refused."""
    return keyed(key, "ticket", vote, normal(code))


def holder(number: str, vote: str, key: str) -> str:
    """What the roll keeps of a number in the register, so that a lost letter can be replaced."""
    return keyed(key, "holder", vote, number.strip())


def letters_of(digest: bytes, length: int) -> str:
    """The first letters of a digest, five bits each."""
    number, bits = int.from_bytes(digest, "big"), 8 * len(digest)
    return "".join(ALPHABET[(number >> (bits - 5 * place)) & 31] for place in range(1, length + 1))
