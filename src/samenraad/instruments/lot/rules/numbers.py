"""Numbers that the state gave to people: recognised, so that whoever uploads them is told what becomes of them."""

from __future__ import annotations

from collections.abc import Sequence


def is_bsn(number: str) -> bool:
    """The Dutch citizen service number: the "elfproef".

    >>> is_bsn("111222333"), is_bsn("123456789")
    (True, False)
    """
    digits = _digits(number)
    if len(digits) not in (8, 9):
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(weight * int(digit) for weight, digit in zip(weights, digits.zfill(9), strict=True))
    return int(digits) > 0 and total % 11 == 0


def is_national_number(number: str) -> bool:
    """The Belgian national register number: the last two digits check the nine before; from 2000 on with a 2 in front.

    >>> is_national_number("85.07.30-033.28"), is_national_number("85073003329")
    (True, False)
    """
    digits = _digits(number)
    if len(digits) != 11:
        return False
    body, check = digits[:9], int(digits[9:])
    return check in (97 - int(body) % 97, 97 - int("2" + body) % 97)


def kind(numbers: Sequence[str]) -> str:
    """What these numbers are, when nearly all of them are: "bsn", "national" or nothing."""
    for name, test in (("bsn", is_bsn), ("national", is_national_number)):
        if numbers and sum(map(test, numbers)) > 0.9 * len(numbers):
            return name
    return ""


def _digits(number: str) -> str:
    return "".join(sign for sign in number if sign.isdigit() and sign.isascii())
