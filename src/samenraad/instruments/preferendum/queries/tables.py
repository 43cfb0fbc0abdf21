"""What a vote gives away as tables: its options, and after the count how many said what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from samenraad.ballots.models import Vote
from samenraad.cards import Table
from samenraad.instruments.preferendum.models import Option
from samenraad.instruments.preferendum.queries.outcome import rows_of
from samenraad.processes.models import Step

OPTIONS = ("number", "title", "text", "language", "sha256", "status", "reason", "came_from", "supporters")
RESULT = ("option", "title", "what", "value")


def tables(step: Step) -> list[Table]:
    """A result has a row for each figure of each option: ballots differ in what they tell."""
    return [Table("options", OPTIONS, _options(step)), Table("result", RESULT, _result(step))]


def _options(step: Step) -> Iterator[tuple[Any, ...]]:
    for option in Option.objects.filter(preferendum__step=step).select_related("proposal").order_by("proposal__number"):
        text = option.proposal
        yield (
            text.number, text.title, text.text, text.language, text.sha256, text.status, text.status_reason,
            text.carried_from_id or "", text.supporters,
        )  # fmt: skip


def _result(step: Step) -> Iterator[tuple[Any, ...]]:
    vote = Vote.objects.filter(step=step).exclude(counted_at=None).first()
    if vote is not None:
        yield from rows_of(vote)
