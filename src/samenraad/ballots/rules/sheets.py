"""Paper: the number of a sheet, what was typed of it, and when the box may be sealed. No database.

A sheet number has 19 letters by chance (95 bits) and one that checks them. It is printed and kept nowhere: that a
typed number is right follows from its last letter. The letters are places in a field of 32; each counts times a power
of the field's generator, so one wrong letter, and any two that changed places, never give the same check letter. The
key of the vote counts along: a sheet of another vote is noticed, 31 times in 32.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from samenraad.ballots.rules.codes import ALPHABET, TRACKER, looks_like_a_code, normal

#: paper that lay in the letter box on the last day is taken in within so many days
LETTER_BOX = timedelta(days=3)
#: after so many days the box is sealed, whatever is missing
LATEST = timedelta(days=7)


def new_number(vote: str) -> str:
    """Twenty letters for one sheet of this vote, without groups."""
    drawn = "".join(secrets.choice(ALPHABET) for _n in range(TRACKER - 1))
    return drawn + check_letter(vote, drawn)


def is_a_number(vote: str, typed: str) -> bool:
    """Whether this can be the number of a sheet of this vote."""
    number = normal(typed)
    right = len(number) == TRACKER and set(number) <= set(ALPHABET)
    return right and check_letter(vote, number[:-1]) == number[-1]


def check_letter(vote: str, letters: str) -> str:
    """The letter that makes the whole come out at nought.

    >>> check_letter("", "A")
    'J'
    """
    total = 0
    for letter in normal(vote + letters):
        total = _times(total) ^ max(0, ALPHABET.find(letter))
    return ALPHABET[_times(total)]


def _times(number: int) -> int:
    """Times the generator, in the field of 32 with x^5 = x^2 + 1."""
    doubled = number << 1
    return doubled ^ 0b100101 if doubled & 32 else doubled


def code_in(typed: str) -> str:
    """The voting code in what was typed, or in the link that a scanner read; else what was typed.

    >>> code_in("https://stem.example/vote/#K7F4-2Q9P-XW3D-6MTA")
    'K7F4-2Q9P-XW3D-6MTA'
    """
    parts = [part for part in re.split(r"[/?#=&]", typed.strip()) if looks_like_a_code(part)]
    return parts[-1] if parts else typed.strip()


@dataclass(frozen=True)
class Typed:
    """What one person read on a sheet."""

    area: str
    choices: Mapping[str, Any]
    spoilt: bool = False

    def as_dict(self) -> dict[str, Any]:
        return {"area": self.area, "choices": dict(self.choices), "spoilt": self.spoilt}


@dataclass(frozen=True)
class Compared:
    """One line of two typed sheets side by side."""

    about: str
    first: str
    second: str

    @property
    def differs(self) -> bool:
        return self.first != self.second


def beside(first: Sequence[tuple[str, str]], second: Sequence[tuple[str, str]]) -> list[Compared]:
    """Line by line, in the order of the sheet; what one of both left out is empty."""
    one, other = dict(first), dict(second)
    return [Compared(about, one.get(about, ""), other.get(about, "")) for about in _in_order([*one, *other])]


def _in_order(abouts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(abouts))


def seals_itself_at(closed: datetime, *, paper: bool, missing: bool) -> datetime:
    """From when on the box is sealed without anybody saying so. With the web alone there is nothing to wait for. Paper
    lies in a letter box until the last minute: it gets three days, and seven when a sheet or its stub is missing."""
    if not paper and not missing:
        return closed
    return closed + (LATEST if missing else LETTER_BOX)
