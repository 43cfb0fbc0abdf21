"""Calling who was drawn, and noting who was at a session."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from samenraad.instruments.lot.actions.plan import held_lot
from samenraad.instruments.lot.actions.seats import leave
from samenraad.instruments.lot.models import Call, Lot
from samenraad.ledger.actions import note
from samenraad.people.actions import move_membership
from samenraad.people.models import Membership, Person
from samenraad.people.rules import SEATED
from samenraad.processes.actions import note_attendance
from samenraad.processes.models import Meeting
from samenraad.refusals import Refusal

#: the same outcome again within so short a time is a second click
DOUBLE = timedelta(minutes=1)


@transaction.atomic
def note_call(*, lot: Lot, membership: Membership, outcome: str, remark: str = "", by: Person | None) -> Call:
    """What came of speaking to somebody: who comes is a member, who does not come leaves the seat."""
    held_lot(lot)  # before the membership, as all who change a seat do: nobody waits for each other
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    same = Call.objects.filter(
        membership=membership, outcome=outcome, note=remark.strip(), made_at__gt=timezone.now() - DOUBLE
    )
    if double := same.first():
        return double
    if membership.until or membership.state not in SEATED:
        raise Refusal("lot.no_seat_to_leave")
    call = Call.objects.create(membership=membership, outcome=outcome, note=remark.strip(), by=by)
    if outcome == Call.Outcome.CONFIRMED and membership.state == Membership.State.DRAWN:
        move_membership(membership=membership, state=Membership.State.MEMBER, by=by)
    if outcome == Call.Outcome.DECLINED:
        leave(membership=membership, reason=remark, by=by)
    note("lot.called", lot.step, who=by, outcome=str(outcome))
    return call


@transaction.atomic
def note_session(
    *, lot: Lot, meeting: Meeting, there: Iterable[int], excused: Iterable[int], everybody: Iterable[int],
    by: Person | None,
) -> int:  # fmt: skip
    """Who was at a session, by the person's pk; who sent word that they could not come is not called about it."""
    held_lot(lot)
    present, sent_word = set(there), set(excused)
    running = Membership.objects.filter(body=lot.step.body, until=None, person__in=sent_word - present)
    heard = set(running.filter(calls__outcome=Call.Outcome.EXCUSED, calls__made_at__gte=meeting.starts)
                .values_list("pk", flat=True))  # fmt: skip
    Call.objects.bulk_create(
        Call(membership=one, outcome=Call.Outcome.EXCUSED, by=by) for one in running if one.pk not in heard
    )
    return note_attendance(meeting=meeting, present={pk: pk in present for pk in everybody}, by=by)
