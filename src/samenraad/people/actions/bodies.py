"""Groups and who sits in them: from invitation to the end, on the seats there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from samenraad.ledger.actions import note
from samenraad.people import rules
from samenraad.people.models import Body, Membership, Person, Place
from samenraad.refusals import Refusal


@transaction.atomic
def make_body(
    *,
    name: str,
    kind: str,
    place: Place | None = None,
    seats: Mapping[str, int] | None = None,
    email: str = "",
    by: Person | None = None,
) -> Body:
    body = Body.objects.create(name=name, kind=kind, place=place, seats=dict(seats or {}), email=email)
    note("body.made", body, who=by, kind=kind, seats=body.seats)
    return body


@transaction.atomic
def change_seats(*, body: Body, seats: Mapping[str, int], by: Person | None = None) -> Body:
    """Other seats per class; never fewer than are taken."""
    body = Body.objects.select_for_update().get(pk=body.pk)
    for seat_class in _taken_classes(body) if seats else ():
        taken = _taken(body, seat_class)
        if taken > seats.get(seat_class, 0):
            raise Refusal("people.seats_taken", seat_class=seat_class, taken=taken)
    body.seats = dict(seats)
    body.save(update_fields=["seats"])
    note("body.seats_changed", body, who=by, seats=body.seats)
    return body


@transaction.atomic
def add_member(
    *,
    body: Body,
    person: Person,
    seat_class: str = "citizen",
    state: str = Membership.State.MEMBER,
    since: date | None = None,
    by: Person | None = None,
) -> Membership:
    """Invite somebody, or seat them at once. Nobody is in the same group twice at the same time."""
    body = Body.objects.select_for_update().get(pk=body.pk)
    if person.forgotten_at:
        raise Refusal("people.forgotten")
    if state not in rules.FIRST:
        raise Refusal("people.cannot_begin", state=Membership.State(state).label)
    if Membership.objects.filter(body=body, person=person, until=None).exists():
        raise Refusal("people.already_member")
    if state in rules.SEATED:
        _must_have_seat(body, seat_class)
    membership = Membership.objects.create(
        body=body, person=person, seat_class=seat_class, state=state, since=since or timezone.localdate()
    )
    note("membership.begun", membership, who=by, body=body.pk, state=str(state), seat_class=seat_class)
    return membership


@transaction.atomic
def begin_many(
    *, body: Body, people: Sequence[Person], state: str, seat_class: str = "citizen", by: Person | None = None
) -> dict[int, Membership]:
    """A whole group at once, as a draw by lot brings it: their memberships by the person's pk. One entry in the
    ledger for all. Who runs in this group already goes on in the same membership."""
    body = Body.objects.select_for_update().get(pk=body.pk)
    if any(person.forgotten_at for person in people):
        raise Refusal("people.forgotten")
    found = {one.person_id: one for one in Membership.objects.filter(body=body, person__in=people, until=None)}
    moved = [one for one in found.values() if one.state != state and rules.may_become(one.state, state)]
    fresh = [person for person in people if person.pk not in found]
    if state in rules.SEATED:
        _must_have_seat(body, seat_class, len(fresh) + sum(one.state not in rules.SEATED for one in moved))
    today = timezone.localdate()
    made = [Membership(body=body, person=one, seat_class=seat_class, state=state, since=today) for one in fresh]
    Membership.objects.bulk_create(made, batch_size=500)
    for one in moved:
        one.state = state
    Membership.objects.bulk_update(moved, ["state"], batch_size=500)
    if made or moved:
        count = len(made) + len(moved)
        note("membership.many_begun", body, who=by, count=count, state=str(state), seat_class=seat_class)
    return found | {one.person_id: one for one in made}


@transaction.atomic
def move_membership(
    *, membership: Membership, state: str, by: Person | None = None, today: date | None = None
) -> Membership:
    """To the next state: said yes, drawn, seated, done. A state that ends the membership closes it today."""
    body = Body.objects.select_for_update().get(pk=membership.body_id)
    membership = Membership.objects.get(pk=membership.pk)
    before = membership.state
    if membership.until or not rules.may_become(before, state):
        raise Refusal(
            "people.cannot_become", before=membership.get_state_display(), after=Membership.State(state).label
        )
    if state in rules.SEATED and before not in rules.SEATED:
        _must_have_seat(body, membership.seat_class)
    membership.state = state
    if rules.is_end(state):
        membership.until, membership.chair = max(today or timezone.localdate(), membership.since), False
    membership.save(update_fields=["state", "until", "chair"])
    note("membership.moved", membership, who=by, body=body.pk, before=str(before), state=str(state))
    return membership


@transaction.atomic
def resume_membership(*, membership: Membership, state: str, by: Person | None = None) -> Membership:
    """An end that was a mistake is undone: the membership runs again as it did, while its seat is free."""
    body = Body.objects.select_for_update().get(pk=membership.body_id)
    membership = Membership.objects.select_related("person").get(pk=membership.pk)
    if membership.person.forgotten_at:
        raise Refusal("people.forgotten")
    if Membership.objects.filter(body=body, person=membership.person, until=None).exists():
        raise Refusal("people.already_member")
    if state in rules.SEATED:
        _must_have_seat(body, membership.seat_class)
    membership.state, membership.until = state, None
    membership.save(update_fields=["state", "until"])
    note("membership.resumed", membership, who=by, body=body.pk, state=str(state))
    return membership


def end_membership(*, membership: Membership, by: Person | None = None) -> Membership:
    """The way out that fits: said no, done, or withdrew."""
    ends = {"invited": "declined", "member": "completed"}
    return move_membership(membership=membership, state=ends.get(membership.state, Membership.State.WITHDRAWN), by=by)


@transaction.atomic
def set_chair(*, membership: Membership, chair: bool = True, by: Person | None = None) -> Membership:
    """The chair is a running member. Who chairs makes room for the next one."""
    if chair and (membership.until or membership.state != Membership.State.MEMBER):
        raise Refusal("people.chair_is_member")
    if chair:
        Membership.objects.filter(body=membership.body_id, chair=True).update(chair=False)
    Membership.objects.filter(pk=membership.pk).update(chair=chair)
    membership.chair = chair
    note("membership.chair_changed", membership, who=by, body=membership.body_id, chair=chair)
    return membership


def _taken(body: Body, seat_class: str) -> int:
    return body.memberships.filter(until=None, seat_class=seat_class, state__in=rules.SEATED).count()


def _taken_classes(body: Body) -> set[str]:
    seated = body.memberships.filter(until=None, state__in=rules.SEATED)
    return set(seated.values_list("seat_class", flat=True))


def _must_have_seat(body: Body, seat_class: str, wanted: int = 1) -> None:
    left = rules.seats_left(body.seats, seat_class, _taken(body, seat_class))
    if left is not None and left < wanted:
        raise Refusal("people.no_seat", body=body.name, seat_class=seat_class)
