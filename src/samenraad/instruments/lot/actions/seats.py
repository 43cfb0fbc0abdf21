"""The seats of a panel: taken by the draw, left, and filled again by the same profile."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from samenraad.instruments.lot.actions import told
from samenraad.instruments.lot.actions.plan import held_lot
from samenraad.instruments.lot.jobs import Kind
from samenraad.instruments.lot.models import Call, Departure, Invitation, Lot, Reserve
from samenraad.instruments.lot.queries.replacing import Proposal, proposals
from samenraad.instruments.lot.queries.seats import held, roll
from samenraad.instruments.lot.rules import seats as rules
from samenraad.ledger.actions import note
from samenraad.people.actions import begin_many, make_body, move_membership, resume_membership
from samenraad.people.models import Body, Membership, Person
from samenraad.people.rules import SEATED
from samenraad.processes.actions import work as background
from samenraad.refusals import Refusal

DRAWN, SUBSTITUTE = Membership.State.DRAWN, Membership.State.SUBSTITUTE


@transaction.atomic
def seat_panel(*, lot: Lot, drawn: Sequence[Invitation], by: Person | None) -> list[Membership]:
    """Who was drawn has a seat, in the transaction of the draw, and is told. The substitutes are chosen right after
    it, in the background. Who was forgotten after the lottery was made leaves a free seat."""
    body = body_of(lot, by)
    here = [one.person for one in drawn if one.person and not one.person.forgotten_at]
    seated = begin_many(body=body, people=here, state=DRAWN, by=by)
    for one in drawn:
        if one.person and one.person.forgotten_at:
            _gone_before(lot, body, one.person)
    told.owe(lot, "drawn", [one for one in drawn if one.person_id in seated])
    background.start(step=lot.step, kind=Kind.SUBSTITUTES, by=by)
    return list(seated.values())


def body_of(lot: Lot, by: Person | None) -> Body:
    """The body that this lot fills; made with as many seats when the step has none yet."""
    step = lot.step
    if step.body is None:
        seats = {"citizen": lot.seats or 0}
        step.body = make_body(name=str(step.title)[:160], kind="panel", place=step.process.place, seats=seats, by=by)
        step.save(update_fields=["body"])
    return step.body


def _gone_before(lot: Lot, body: Body, person: Person) -> None:
    today = timezone.localdate()
    left, _ = Membership.objects.get_or_create(
        body=body, person=person, until=today, defaults={"state": Membership.State.WITHDRAWN, "since": today}
    )
    Departure.objects.get_or_create(
        membership=left, defaults={"lot": lot, "before": DRAWN, "explained": [["forgotten", {}]]}
    )


@transaction.atomic
def leave(*, membership: Membership, reason: str = "", by: Person | None, today: date | None = None) -> Departure:
    """Somebody leaves their seat, at whatever moment. Until the last session of the plan it will be filled; after it
    the seat stays empty, and says why. Twice is once."""
    lot = _lot_of(membership)
    known = Departure.objects.filter(membership=membership).first()
    if known:
        return known
    membership = Membership.objects.select_for_update(of=("self",)).select_related("person").get(pk=membership.pk)
    if membership.until or membership.state not in SEATED:
        raise Refusal("lot.no_seat_to_leave")
    before = membership.state
    move_membership(membership=membership, state=Membership.State.WITHDRAWN, by=by, today=today)
    departure = depart(lot, membership, before=before, reason=reason, day=today)
    note("lot.seat_left", lot.step, thread=lot.step.process, who=by, after=departure.after_session,
         empty=departure.stays_empty)  # fmt: skip
    return departure


def depart(
    lot: Lot, membership: Membership, *, before: str, reason: str = "", day: date | None = None, tell: bool = True
) -> Departure:
    """Write down that a seat became free, after which session, and whether it will be filled."""
    sessions = len(held(lot))
    too_late = rules.stays_empty(sessions, lot.replace_until)
    departure = Departure.objects.create(
        membership=membership, lot=lot, before=before, reason=reason.strip()[:240], after_session=sessions,
        day=day or timezone.localdate(), stays_empty=too_late,
        explained=[["too_late", {"held": sessions, "last": lot.replace_until}]] if too_late else [],
    )  # fmt: skip
    if too_late and tell:
        told.owe(lot, "left", Invitation.objects.filter(lot=lot, person=membership.person_id))
    return departure


@transaction.atomic
def step_back(*, membership: Membership, by: Person | None) -> Membership:
    """A substitute who no longer wants to be one."""
    lot = _lot_of(membership)
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    if membership.until is None and membership.state == SUBSTITUTE:
        membership = move_membership(membership=membership, state=Membership.State.WITHDRAWN, by=by)
        note("lot.substitute_stepped_back", lot.step, who=by)
    return membership


@transaction.atomic
def call_up(*, departure: Departure, number: str, by: Person | None) -> Departure:
    """The person who is proposed for this seat takes it. `number` is who stood on the page: when somebody else is
    next by now, nothing happens. Twice is once."""
    lot = held_lot(departure.lot)
    departure = Departure.objects.select_for_update().get(pk=departure.pk)
    if departure.replaced_by_id:
        return departure
    proposal = _proposal_for(lot, departure)
    if proposal is None or proposal.number != number or proposal.invitation is None:
        raise Refusal("lot.other_substitute")
    departure.replaced_by = _seat(lot, proposal.invitation, proposal.comes.membership if proposal.comes else None, by)
    departure.explained = proposal.reasons
    departure.save(update_fields=["replaced_by", "explained"])
    told.owe(lot, "called", [proposal.invitation])
    told.owe(lot, "left", [proposal.left.invitation])
    position = proposal.comes.position if proposal.comes else None
    note("lot.seat_filled", lot.step, thread=lot.step.process, who=by, position=position)
    return departure


def _proposal_for(lot: Lot, departure: Departure) -> Proposal | None:
    people = roll(lot)
    found = proposals(people) if people else []
    return next((one for one in found if one.left.membership.pk == departure.pk), None)


def _seat(lot: Lot, invitation: Invitation, membership: Membership | None, by: Person | None) -> Membership:
    if membership:
        return move_membership(membership=membership, state=DRAWN, by=by)
    person = invitation.person
    assert person is not None  # only people are proposed  # noqa: S101
    return begin_many(body=body_of(lot, by), people=[person], state=DRAWN, by=by)[person.pk]


@transaction.atomic
def undo(*, departure: Departure, by: Person | None, today: date | None = None) -> Membership:
    """They did not leave after all: on the same day, and while nobody was called up for the seat."""
    lot = held_lot(departure.lot)
    departure = Departure.objects.select_for_update(of=("self",)).select_related("membership").get(pk=departure.pk)
    if departure.replaced_by_id:
        raise Refusal("lot.seat_filled_already")
    if departure.day != (today or timezone.localdate()):
        raise Refusal("lot.too_late_to_undo")
    membership = resume_membership(membership=departure.membership, state=departure.before, by=by)
    Call.objects.filter(membership=membership, outcome=Call.Outcome.DECLINED).delete()
    told.owe_not(lot, "left", Invitation.objects.filter(lot=lot, person=membership.person_id))
    departure.delete()
    note("lot.seat_kept", lot.step, thread=lot.step.process, who=by)
    return membership


def _lot_of(membership: Membership) -> Lot:
    """The lot by which somebody came into the body; of several, the newest."""
    reserve = Reserve.objects.filter(membership=membership).first()
    own = Lot.objects.filter(pk=reserve.lot_id) if reserve else Lot.objects.filter(
        step__body=membership.body_id, invitations__person=membership.person_id
    ).order_by("-pk")  # fmt: skip
    found = own.first()
    if found is None:
        raise Refusal("lot.no_seat_to_leave")
    return held_lot(found)
