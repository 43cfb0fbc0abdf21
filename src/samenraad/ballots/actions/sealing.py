"""Closing the box, and wiping out every order while it is open and when it is closed."""

from __future__ import annotations

from datetime import timedelta

from django.db import connections, transaction
from django.db.models import Q
from django.utils import timezone

from samenraad.ballots.actions import areas, batches, boards, codes_lost, wiping
from samenraad.ballots.box.models import Head
from samenraad.ballots.models import Vote
from samenraad.ballots.queries.books import books
from samenraad.ledger.actions import note
from samenraad.people.models import Person
from samenraad.refusals import Refusal

#: while a vote is open the order of the voters is wiped out so often
SETTLE_EVERY = timedelta(hours=1)


def settle(*, vote: Vote) -> bool:
    """While the vote is open, now and then: roll and box no longer tell who voted after whom. False when it was done
    lately, or when somebody reads for long; then the next tick tries again."""
    now = timezone.now()
    due = Q(settled_at=None) | Q(settled_at__lte=now - SETTLE_EVERY)
    if not Vote.objects.filter(due, pk=vote.pk).exists() or not wiping.rewrite(wiping.OF_VOTERS, patient=False):
        return False
    Vote.objects.filter(pk=vote.pk).update(settled_at=now)
    return True


def seal(*, vote: Vote, by: Person | None) -> Vote:
    """The box closes: what waits goes in, all order is wiped out, and the books stand on the board. Asked twice, done
    once; cut off halfway, it goes on where it was. Refuses `ballots.not_over` while the step is open, and
    `ballots.busy` when somebody reads the box for long."""
    if vote.sealed_at:
        return vote
    if vote.frozen_at is None or vote.step.is_open or vote.step.state == vote.step.State.PLANNED:
        raise Refusal("ballots.not_over")
    codes_lost.tell(vote=vote)
    close(vote.key)
    batches.empty(vote=vote, last=True)
    areas.blend(vote=vote)
    areas.mix(vote=vote)
    if not wiping.rewrite(wiping.ALL):
        raise Refusal("ballots.busy")
    return _sealed(vote, by)


@transaction.atomic(using="box")
def close(vote: str) -> None:
    """From here on nothing comes into the box. Whoever is writing into it is waited for (see `casting.must_take`)."""
    boards.held(vote)
    if connections["box"].vendor == "postgresql":
        with connections["box"].cursor() as cursor:
            cursor.execute("LOCK TABLE box_ticket, box_waiting IN SHARE MODE")
    Head.objects.filter(vote=vote).update(closed=True)


@transaction.atomic
def _sealed(vote: Vote, by: Person | None) -> Vote:
    held = Vote.objects.select_for_update().get(pk=vote.pk)
    if held.sealed_at is None:
        boards.append(vote=held.key, kind="close", books=books(held).as_facts())
        held.sealed_at = timezone.now()
        held.save(update_fields=["sealed_at"])
        note("ballots.sealed", held.step, thread=held.step.process.thread, who=by)
    return held
