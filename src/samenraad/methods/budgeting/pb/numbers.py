"""Amounts in files, exact."""

from __future__ import annotations

import re
from fractions import Fraction

from samenraad.methods.budgeting.instance import Money

_NUMBER = re.compile(r"\d{1,30}(?:\.\d{0,12})?", re.ASCII)


def number(text: str) -> Money | None:
    """A whole number or a decimal one with a point, not below zero; None for anything else.

    >>> number(" 1500.50 "), number("7.0"), number("1,500"), number("-3")
    (Fraction(3001, 2), 7, None, None)
    """
    tidy = text.strip()
    if not _NUMBER.fullmatch(tidy):
        return None
    exact = Fraction(tidy.rstrip("."))
    return exact.numerator if exact.denominator == 1 else exact
