"""Coming in with a code, and asking to be kept informed."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from samenraad.ballots.actions import casting
from samenraad.ballots.draft import Draft
from samenraad.ballots.models import Vote
from samenraad.ballots.papers import paper_of
from samenraad.ballots.queries.booth import must_be_open, vote_of
from samenraad.ballots.rules import codes, slips
from samenraad.people.actions import register_person
from samenraad.people.models import Channel, FailedCode
from samenraad.people.rules import too_many_wrong
from samenraad.processes.actions import take_part
from samenraad.processes.models import Contribution, Step
from samenraad.refusals import Refusal


def enter(*, code: str, source: str, draft: Draft | None = None, terminal: bool = False) -> tuple[Vote, Draft]:
    """The vote of this code, and a fresh draft; or the one this browser has on this code, so that nothing is lost.

    Ten wrong codes in an hour, and that `source` waits. A wrong code must be counted although we refuse: do not call
    this inside a transaction. Refuses `people.too_many_codes`, `ballots.unknown_code`, `ballots.early`, `ballots.over`,
    `ballots.blocked`, `ballots.used`.
    """
    wrong = FailedCode.objects.filter(source=source, moment__gt=timezone.now() - timedelta(hours=1))
    if too_many_wrong(wrong.count()):
        raise Refusal("people.too_many_codes")
    try:
        vote = vote_of(code)
    except Refusal:
        FailedCode.objects.create(source=source)
        raise
    must_be_open(vote)
    if draft and not draft.tracker and draft.is_of == codes.normal(code) and draft.vote == vote.key:
        return vote, draft
    casting.known(vote=vote, code=code)
    return vote, Draft(vote=vote.key, code=codes.normal(code), terminal=terminal)


def cast(*, vote: Vote, draft: Draft) -> str:
    """The receipt of this ballot, cast now or the time before: who was cut off just before the close, and presses once
    more after it, still gets the receipt of the ballot that came in."""
    try:
        return casting.cast(vote=vote, code=draft.code, choices=draft.choices, seed=draft.seed)
    except Refusal as refusal:
        tracker = sealed(vote, draft).tracker
        if refusal.code != "ballots.closed" or not casting.found(vote=vote, tracker=tracker):
            raise
        return tracker


def sealed(vote: Vote, draft: Draft) -> slips.Sealed:
    """The ballot of this draft as it goes into the box."""
    paper = paper_of(vote.step)
    return slips.torn(vote.key, paper.answers(paper.clean(draft.choices)), draft.seed)


@transaction.atomic
def keep_informed(*, step: Step, language: str, email: str = "", phone: str = "") -> Contribution:
    """Somebody who voted wants to hear what comes of it. Always somebody new: an address that is typed in proves
    nothing. Of the moment only the day is kept, so it leads to no ballot. Asked twice, done once."""
    Step.objects.select_for_update().get(pk=step.pk)
    same = Contribution.objects.filter(step=step, person__account=None, person__email=email, person__phone=phone)
    if found := same.first():
        return found
    today = timezone.make_aware(datetime.combine(timezone.localdate(), time()))
    prefers = "" if email else Channel.PHONE
    person = register_person(email=email, phone=phone, prefers=prefers, language=language, made_at=today)
    return take_part(step=step, person=person)
