"""What is due in every vote: batches, the order on the roll, sealing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from samenraad.ballots.actions import batches, freezing, publishing, sealing, subscribing
from samenraad.ballots.models import Vote
from samenraad.ballots.queries.books import paper_is_in_use, paper_is_missing
from samenraad.ballots.rules.sheets import seals_itself_at
from samenraad.refusals import Refusal

if TYPE_CHECKING:
    from samenraad.processes.models import Work


def tick() -> list[str]:
    """Idempotent, and safe when two run at once. What breaks in one vote stops no other."""
    said: list[str] = []
    broke: list[Exception] = []
    for vote in Vote.objects.filter(sealed_at=None).exclude(frozen_at=None).select_related("step__process"):
        try:
            said += _one(vote)
        except Exception as trouble:
            broke.append(trouble)
    subscribing.forget_late()
    said += publishing.publish_all()
    if broke:
        raise ExceptionGroup("; ".join(said) or "votes", broke)
    return said


def _one(vote: Vote) -> list[str]:
    freezing.announce(vote=vote)  # in case who froze it was cut off before the board said so
    if vote.step.state == vote.step.State.PLANNED:
        return []
    if not vote.is_open and timezone.now() >= seals_at(vote):
        return [_sealed(vote)]
    gone = batches.empty(vote=vote)
    sealing.settle(vote=vote)
    return [f"{gone} ballots into the box of vote {vote.key}"] if gone else []


def _sealed(vote: Vote) -> str:
    try:
        sealing.seal(vote=vote, by=None)
    except Refusal as refusal:  # somebody reads the box: the next tick tries again
        return f"vote {vote.key} is not sealed yet: {refusal}"
    return f"vote {vote.key} sealed"


def seals_at(vote: Vote) -> datetime:
    """When the box of a vote that is over is sealed by itself; its organiser can seal it before."""
    closed = vote.step.closes or timezone.now()
    return seals_itself_at(closed, paper=paper_is_in_use(vote), missing=paper_is_missing(vote))


def seal_now(work: Work, report: Callable[[str, float], None]) -> None:
    """The organiser said so. In the background: tables are written anew."""
    report("sealing", 0.1)
    sealing.seal(vote=Vote.objects.select_related("step__process").get(step=work.step), by=work.by)
