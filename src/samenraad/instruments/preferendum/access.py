"""Fetching on behalf of somebody: what one may not know does not exist."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from samenraad.instruments.preferendum.actions.setup import begin
from samenraad.instruments.preferendum.models import Option, Preferendum
from samenraad.people.models import Person
from samenraad.processes.access import own_step, visible_step
from samenraad.processes.models import Step

KIND = "preferendum"


def public_step(person: Person | None, pk: int) -> Step:
    """A step that everybody may look at, also when nothing was made for it yet."""
    return visible_step(person, pk, KIND)


def public_preferendum(person: Person | None, pk: int) -> Preferendum | None:
    """What everybody may look at; None as long as nobody began with it."""
    return _of(public_step(person, pk))


def frozen_preferendum(person: Person | None, pk: int) -> Preferendum:
    """A vote whose rules are public."""
    step = public_step(person, pk)
    found = get_object_or_404(Preferendum.objects.exclude(step__vote__frozen_at=None), step=step)
    found.step = step
    return found


def desk_step(person: Person | None, pk: int) -> Step:
    """A step that this person organises."""
    return own_step(person, pk, KIND)


def desk_preferendum(person: Person | None, pk: int) -> Preferendum:
    """What this person organises, kept in the database from now on."""
    step = own_step(person, pk, KIND)
    return _of(step) or begin(step=step, by=person)


def option(preferendum: Preferendum, number: int) -> Option:
    """Also one that was taken out: for who organises it."""
    rows = Option.objects.select_related("proposal__carried_from__step")
    found = get_object_or_404(rows, preferendum=preferendum, proposal__number=number)
    found.preferendum = preferendum
    return found


def text_step(preferendum: Preferendum, pk: int) -> Step:
    """Another step of the same process, from which texts can come."""
    own = Step.objects.filter(process=preferendum.step.process_id).exclude(pk=preferendum.pk)
    return get_object_or_404(own, pk=pk)


def _of(step: Step) -> Preferendum | None:
    found = Preferendum.objects.filter(step=step).first()
    if found:
        found.step = step
    return found
