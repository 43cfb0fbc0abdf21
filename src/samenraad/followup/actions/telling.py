"""Telling what is owed: from rows that say that somebody must hear something, to messages in the post."""

from __future__ import annotations

from samenraad.people.models import Person
from samenraad.processes.models import Contribution, Process


def tell(*, process: Process | None = None, limit: int | None = None) -> int:
    """Put everything that is owed into the post: one message per contribution and occasion. Says how many."""
    return 0


def tell_again(*, contribution: Contribution, medium: str, by: Person) -> int:
    """What did not arrive goes out once more, by another way."""
    return 0
