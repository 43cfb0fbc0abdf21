"""Forgetting one person. That somebody was invited, answered and sat stays, in the groups that were counted."""

from __future__ import annotations

from django.db import transaction

from samenraad.instruments.lot.actions.plan import held_lot
from samenraad.instruments.lot.actions.seats import depart
from samenraad.instruments.lot.models import Call, Card, Departure, Invitation, Lot
from samenraad.instruments.lot.queries.pool import dimensions, features
from samenraad.people.models import Membership, Person
from samenraad.people.rules import SEATED


@transaction.atomic
def forget(*, person: Person) -> None:
    """Answers are let go of, but for the groups; a seat becomes free. The room of people ends the membership."""
    for invitation in Invitation.objects.filter(person=person).select_related("lot__step"):
        _empty(invitation)
        _free_the_seat(invitation.lot, person)
    Card.objects.filter(invitation__person=person).update(values={})
    Call.objects.filter(membership__person=person).update(note="")
    Departure.objects.filter(membership__person=person).update(reason="")


def _empty(invitation: Invitation) -> None:
    groups = {one.key for one in dimensions(invitation.lot)}
    known = features(invitation.lot, [invitation])[invitation.pk]
    invitation.features = {key: value for key, value in known.items() if key in groups}
    invitation.answers, invitation.key, invitation.home = None, "", ""
    invitation.save(update_fields=["features", "answers", "key", "home"])


def _free_the_seat(lot: Lot, person: Person) -> None:
    """It shows up for replacement."""
    lot = held_lot(lot)
    seated = Membership.objects.filter(
        body=lot.step.body_id or 0, person=person, until=None, state__in=SEATED, departure=None
    )
    for membership in seated:
        departure = depart(lot, membership, before=membership.state, tell=False)
        departure.explained = [["forgotten", {}], *departure.explained]
        departure.save(update_fields=["explained"])
