"""Answers to a letter: when one is taken, when one is doubtful, and what a card says. Plain values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

#: nobody reads the page and answers faster, in seconds
FASTEST = 4.0
#: so many answers may come from one source in an hour without a doubt: a library or a help desk is one source
FROM_ONE_SOURCE = 40


def doubt(*, trap: bool, seconds: float, from_source: int) -> str:
    """Why an answer from the website is set apart until somebody looks at it, or an empty text."""
    if trap:
        return "trap"
    if seconds < FASTEST:
        return "fast"
    return "many" if from_source >= FROM_ONE_SOURCE else ""


def why_not_on(day: date, opens: date | None, closes: date | None, today: date) -> str:
    """Why an answer of this day cannot be keyed in, or an empty text. A card of the last day may come later."""
    if day > today:
        return "in_future"
    if opens is None or day < opens:
        return "not_open"
    return "closed" if closes is not None and day > closes else ""


def as_card(values: Mapping[str, Any]) -> dict[str, Any]:
    """What a card says, such that two people who key the same card key the same: capitals, blanks and the dashes in
    a phone number say nothing, and what was left empty was not filled in."""
    tidied = {name: _tidy(value) for name, value in values.items()}
    return {name: value for name, value in tidied.items() if value not in ("", None, False, [], {})}


def _tidy(value: Any) -> Any:
    if isinstance(value, Mapping):
        return as_card(value)
    if isinstance(value, str):
        return " ".join(value.split())
    return value


def differences(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[str]:
    """The names of what two people read differently on one card; questions as `q.<id>`.

    The day on which it came in does not stand on it.
    """
    one, two = _flat(first), _flat(second)
    names = (one.keys() | two.keys()) - {"day"}
    return sorted(name for name in names if _same(name, one.get(name)) != _same(name, two.get(name)))


def _flat(values: Mapping[str, Any]) -> dict[str, Any]:
    card = as_card(values)
    questions = card.pop("q", {})
    return card | {f"q.{key}": value for key, value in questions.items()}


def _same(name: str, value: Any) -> Any:
    if name == "phone":
        return "".join(sign for sign in str(value or "") if sign.isdigit())
    return value.casefold() if isinstance(value, str) else value
