"""The roll is destroyed on its day, and with it the addresses on the letters. What is left are numbers, and the list
that was public all the time."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from samenraad.ballots.actions.wiping import swept
from samenraad.ballots.models import Load, Vote
from samenraad.ballots.queries import roll as queries
from samenraad.ballots.roll.models import Entry
from samenraad.ledger.actions import note
from samenraad.people.models import Person
from samenraad.post import actions as post
from samenraad.refusals import Refusal


@transaction.atomic
def keep_days(*, vote: Vote, days: int, by: Person | None) -> Vote:
    """So many days after the count the roll is destroyed."""
    held = Vote.objects.select_for_update(of=("self",)).get(pk=vote.pk)
    if held.roll_gone_on:
        raise Refusal("ballots.roll_gone", day=held.roll_gone_on)
    if held.keep_roll_days != days:
        held.keep_roll_days = days
        held.save(update_fields=["keep_roll_days"])
        note("ballots.roll_keeping", vote.step, thread=vote.step.process.thread, who=by, days=days)
    return held


def destroy_due(today: date) -> int:
    """The rolls whose day has come. Says how many."""
    counted = Vote.objects.filter(roll_gone_on=None).exclude(counted_at=None).select_related("step__process")
    due = [vote for vote in counted if (queries.roll_gone_due(vote) or today) <= today]
    for vote in due:
        destroy(vote=vote, by=None)
    return len(due)


def destroy(*, vote: Vote, by: Person | None) -> Vote:
    """First the totals are kept, then the entries go. Cut off in between, it goes on where it was."""
    if vote.counted_at is None:
        raise Refusal("ballots.not_counted")
    _totals_kept(vote)
    Entry.objects.filter(vote=vote.key).delete()
    swept(Entry)
    return _gone(vote, by)


@transaction.atomic
def _totals_kept(vote: Vote) -> None:
    held = Vote.objects.select_for_update(of=("self",)).get(pk=vote.pk)
    if held.roll_totals:
        return
    leaves = bytes.fromhex("".join(queries.roll_lines(held)))
    Load.objects.create(vote=held, kind=Load.Kind.PUBLIC, name="roll.txt", content=leaves)
    held.roll_totals = {str(state): areas for state, areas in queries.totals(held).items()}
    held.save(update_fields=["roll_totals"])


@transaction.atomic
def _gone(vote: Vote, by: Person | None) -> Vote:
    held = Vote.objects.select_for_update(of=("self",)).select_related("step__process").get(pk=vote.pk)
    if held.roll_gone_on is None:
        held.roll_gone_on = timezone.localdate()
        held.save(update_fields=["roll_gone_on"])
        held.envelopes.all().delete()
        post.empty_letters(key=queries.key_of(held))
        note("ballots.roll_destroyed", held.step, thread=held.step.process.thread, who=by, entitled=held.entitled)
    return held
