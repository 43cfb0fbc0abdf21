"""What is due in every vote: batches, the order on the roll, sealing."""

from __future__ import annotations

from samenraad.ballots.actions import batches, sealing
from samenraad.ballots.models import Vote


def tick() -> list[str]:
    """Idempotent, and safe when two run at once."""
    said = []
    for vote in Vote.objects.filter(sealed_at=None).exclude(frozen_at=None).select_related("step__process"):
        said += _one(vote)
    return said


def _one(vote: Vote) -> list[str]:
    if vote.is_open:
        gone = batches.empty(vote=vote)
        sealing.settle(vote=vote)
        return [f"{gone} ballots into the box of vote {vote.key}"] if gone else []
    if vote.step.state != vote.step.State.PLANNED:
        sealing.seal(vote=vote, by=None)
        return [f"vote {vote.key} sealed"]
    return []
