"""What several journeys do: fill a text per language, choose a day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.journeys.walk import Walk


def write(walk: Walk, group: str, text: str) -> Walk:
    """Fill the Dutch field of an official text."""
    walk.page.get_by_role("group", name=group).get_by_label("Nederlands").fill(text)
    return walk


def pick(walk: Walk, question: str, answer: str) -> Walk:
    """One of the radio buttons under a question."""
    walk.page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()
    return walk


def moment(days: int) -> str:
    """So many days from now, as a date-and-time field wants it."""
    return (timezone.localtime() + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")


def day(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def only(model: Any, **filters: Any) -> Any:
    """The one row there is."""
    return model.objects.get(**filters)
