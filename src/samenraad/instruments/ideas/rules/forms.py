"""The code on a paper form: read aloud and typed by hand, so a slip of one letter is noticed."""

from __future__ import annotations

from collections.abc import Sequence

from samenraad.people.codes import ALPHABET, normal

LENGTH = 7


def check_letter(body: str) -> str:
    """The eighth letter: notices one wrong letter and two that changed places (31 is a prime)."""
    total = sum(place * ALPHABET.index(letter) for place, letter in enumerate(body, start=1))
    return ALPHABET[total % len(ALPHABET)]


def form_code(draws: Sequence[int]) -> str:
    """A code from seven random numbers: `K7F4-2Q9P`. Its last letter follows from the others."""
    body = "".join(ALPHABET[draw % len(ALPHABET)] for draw in draws[:LENGTH])
    letters = body + check_letter(body)
    return f"{letters[:4]}-{letters[4:]}"


def is_form_code(typed: str) -> str:
    """The code as it is printed when this is one, however it was typed; else nothing."""
    letters = normal(typed)
    if len(letters) != LENGTH + 1 or any(letter not in ALPHABET for letter in letters):
        return ""
    return f"{letters[:4]}-{letters[4:]}" if check_letter(letters[:-1]) == letters[-1] else ""
