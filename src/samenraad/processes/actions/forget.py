"""Forgetting somebody: who they were goes, that they took part stays."""

from __future__ import annotations

from django.db import transaction

from samenraad.ledger.actions import note
from samenraad.people.models import Person
from samenraad.processes.shelf import shelf
from samenraad.refusals import Refusal


@transaction.atomic
def forget(*, person: Person, by: Person | None = None) -> None:
    """Every room empties what it knows of this person, all or nothing. `by` is the officer who was asked to do it.

    The ledger keeps that it happened, not to whom.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if person.forgotten_at:
        raise Refusal("person.forgotten")
    for card in sorted(shelf(), key=lambda card: card.name == "people"):  # last: the others may still need to look
        card.forget(person)
    note("person.forgotten", who=by if by != person else None)
