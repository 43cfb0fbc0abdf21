"""Fetching on behalf of somebody: what one may not know does not exist."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from samenraad.instruments.lot.models import Departure, Draw, Extract, Invitation, Lot, Wave
from samenraad.people.access import SignInFirst, has_role, refuse
from samenraad.people.models import Membership, Person
from samenraad.processes.access import own_step, visible_step
from samenraad.processes.models import Step

KIND = "lot"


def open_lot(person: Person | None, pk: int) -> Lot:
    """A lot that everybody may look at; a plan that nobody began yet is an empty one, and nothing is written."""
    return _lot(visible_step(person, pk, KIND))


def desk_lot(person: Person | None, pk: int) -> Lot:
    """A lot that this person organises, kept in the database from now on."""
    step = own_step(person, pk, KIND)
    lot, _new = Lot.objects.select_related("questionnaire").get_or_create(step=step)
    lot.step = step
    return lot


def keying_lot(person: Person | None, pk: int) -> Lot:
    """A lot for which this person answers the phone and keys in cards: organisers, and the secretariat."""
    step = Step.objects.select_related("process__place", "body").filter(pk=pk, kind=KIND).first()
    if step is None or not has_role(person, "officer", "secretary", scope=step.process.thread):
        refuse(person)
    return _lot(step)


def _lot(step: Step) -> Lot:
    lot = Lot.objects.select_related("questionnaire").filter(step=step).first() or Lot(step=step)
    lot.step = step
    return lot


def own_invitation(person: Person | None, lot: Lot) -> Invitation:
    """The invitation of who opened their letter. Without a letter: the page that asks for the code."""
    if person is None:
        raise SignInFirst
    invitation = Invitation.objects.select_related("person", "answers").filter(lot=lot, person=person).first()
    if invitation is None:
        refuse(person)
    invitation.lot = lot
    return invitation


def invitation(lot: Lot, pk: int) -> Invitation:
    """For staff, in a lot they organise."""
    found = get_object_or_404(Invitation.objects.select_related("person", "answers"), pk=pk, lot=lot)
    found.lot = lot
    return found


def extract(lot: Lot, pk: int) -> Extract:
    found = get_object_or_404(Extract.objects.defer("content"), pk=pk, lot=lot)
    found.lot = lot
    return found


def wave(lot: Lot, number: int) -> Wave:
    found = get_object_or_404(Wave, lot=lot, number=number)
    found.lot = lot
    return found


def draw(lot: Lot) -> Draw:
    """The draw of this lot, as the organiser sees it."""
    found = get_object_or_404(Draw, lot=lot)
    found.lot = lot
    return found


def public_draw(lot: Lot) -> Draw:
    """A lottery that is published."""
    found = get_object_or_404(Draw.objects.exclude(published_at=None), lot=lot)
    found.lot = lot
    return found


def membership(lot: Lot, pk: int) -> Membership:
    """Of somebody who was drawn in this lot or stands by as a substitute, for staff who organise it."""
    own = Membership.objects.select_related("person", "body").filter(body=lot.step.body, person__invitations__lot=lot)
    return get_object_or_404(own, pk=pk)


def departure(lot: Lot, pk: int) -> Departure:
    rows = Departure.objects.select_related("membership__person", "membership__body")
    found = get_object_or_404(rows, pk=pk, lot=lot)
    found.lot = lot
    return found
