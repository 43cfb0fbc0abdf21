"""Which vote a code belongs to, and what a voter reads before and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from samenraad.ballots.box.models import Tracker
from samenraad.ballots.models import Vote
from samenraad.ballots.roll.models import Entry
from samenraad.ballots.rules import codes
from samenraad.processes.models import Promise, Step
from samenraad.refusals import Refusal


def vote_of(code: str) -> Vote:
    """The vote this code is for. A code says nothing of its vote, so each vote's digest of it is looked up, in one
    question; of votes that it is not for no more than their key is read. Refuses `ballots.unknown_code`."""
    keys = Vote.objects.exclude(frozen_at=None).filter(roll_gone_on=None).order_by().values_list("key", flat=True)
    by_digest = {codes.on_the_roll(code, key, settings.ROLL_KEY): key for key in keys}
    digest = Entry.objects.filter(digest__in=by_digest).values_list("digest", flat=True).first()
    if digest is None:
        raise Refusal("ballots.unknown_code")
    return Vote.objects.select_related("step__process__place").get(key=by_digest[digest])


def must_be_open(vote: Vote) -> None:
    """Refuses `ballots.early` and `ballots.over`, with the moment."""
    step = vote.step
    if step.state == Step.State.PLANNED:
        raise Refusal("ballots.early", opens=_in_words(step.opens)) if step.opens else Refusal("ballots.closed")
    if not vote.is_open:
        raise Refusal("ballots.over", closes=_in_words(step.closes or step.concluded_at or vote.sealed_at))


def _in_words(moment: datetime | None) -> str:
    return date_format(timezone.localtime(moment), "j F Y, H:i") if moment else ""


@dataclass(frozen=True)
class Receipt:
    """What the voter takes home."""

    tracker: str
    on_the_board: bool
    promise: Promise | None


def receipt(vote: Vote, tracker: str) -> Receipt:
    on_the_board = Tracker.objects.filter(tracker=tracker, vote=vote.key).exists()
    return Receipt(codes.grouped(tracker), on_the_board, promise_of(vote.step))


def promise_of(step: Step) -> Promise | None:
    """What was promised about the answer, as it stands now."""
    published = step.process.promises.exclude(published_at=None)
    return published.select_related("body").order_by("-version").first()
