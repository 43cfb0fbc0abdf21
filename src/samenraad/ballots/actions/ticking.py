"""What is due in every vote: batches, the order on the roll, sealing."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from samenraad.ballots.actions import batches, sealing
from samenraad.ballots.models import Vote
from samenraad.ballots.queries.books import paper_is_in_use, paper_is_missing
from samenraad.ballots.rules.sheets import seals_itself_at


def tick() -> list[str]:
    """Idempotent, and safe when two run at once."""
    said = []
    for vote in Vote.objects.filter(sealed_at=None).exclude(frozen_at=None).select_related("step__process"):
        said += _one(vote)
    return said


def _one(vote: Vote) -> list[str]:
    if vote.step.state == vote.step.State.PLANNED:
        return []
    if not vote.is_open and timezone.now() >= seals_at(vote):
        sealing.seal(vote=vote, by=None)
        return [f"vote {vote.key} sealed"]
    gone = batches.empty(vote=vote)
    sealing.settle(vote=vote)
    return [f"{gone} ballots into the box of vote {vote.key}"] if gone else []


def seals_at(vote: Vote) -> datetime:
    """When the box of a vote that is over is sealed by itself; its organiser can seal it before."""
    closed = vote.step.closes or timezone.now()
    return seals_itself_at(closed, paper=paper_is_in_use(vote), missing=paper_is_missing(vote))
