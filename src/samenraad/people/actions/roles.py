"""Who may do what: given and taken back in public view of the ledger."""

from __future__ import annotations

from django.db import transaction

from samenraad.ledger.actions import note
from samenraad.people.models import Person, Role
from samenraad.refusals import Refusal


@transaction.atomic
def give_role(*, person: Person, word: str, scope: str = "", by: Person | None = None) -> Role:
    """Given once: who has it already keeps it, and nothing is written down."""
    if person.forgotten_at:
        raise Refusal("people.forgotten")
    role, new = Role.objects.get_or_create(person=person, word=word, scope=scope)
    if new:
        note("role.given", role, thread=scope, who=by, role=word)
    return role


@transaction.atomic
def take_role(*, role: Role, by: Person | None = None) -> Role:
    """Taken back. The last officer of the whole town stays: else nobody could give a role any more."""
    if role.word == Role.Kind.OFFICER and not role.scope:
        must_leave_an_officer(role.person)
    taken, name = role.pk, f"role:{role.pk}"
    if Role.objects.filter(pk=taken).delete()[0]:
        note("role.taken", name, thread=role.scope, who=by, role=role.word)
    return role


def must_leave_an_officer(person: Person) -> None:
    """Locked in one order, so that two officers cannot take each other's role at the same moment."""
    officers = Role.objects.select_for_update().filter(word=Role.Kind.OFFICER, scope="").order_by("pk")
    if [officer.person_id for officer in officers] == [person.pk]:
        raise Refusal("people.last_officer")
