"""Which language a page speaks. Who has a letter can choose among more of them than the rest of the house speaks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings

View = TypeVar("View", bound=Callable[..., Any])


def for_everybody_invited(view: View) -> View:
    """A page on the road from a letter to its receipt: in all of LETTER_LANGUAGES, and the switch stands on top."""
    view.letter_languages = True  # type: ignore[attr-defined]
    return view


def offered_on(view: object) -> list[str]:
    """The languages that can be chosen on this page."""
    more = settings.LETTER_LANGUAGES if getattr(view, "letter_languages", False) else []
    return [code for code, _name in settings.LANGUAGES if code in {*settings.OFFERED_LANGUAGES, *more}]


def can_be_chosen(code: str) -> bool:
    return code in {*settings.OFFERED_LANGUAGES, *settings.LETTER_LANGUAGES}
