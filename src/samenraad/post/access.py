"""Who may see and handle the post: officers and the secretariat, each in their own processes."""

from __future__ import annotations

from samenraad.people.access import refuse, scopes
from samenraad.people.models import Person
from samenraad.post.models import Batch, Message
from samenraad.post.queries import in_scopes

CLERKS = ("officer", "secretary")


def clerk(person: Person | None) -> tuple[Person, set[str]]:
    """The person and where they handle the post; the empty scope is the whole town."""
    found = scopes(person, *CLERKS)
    if person is None or not found:
        refuse(person)
    return person, found


def own_scope(person: Person | None, scope: str) -> Person:
    """Somebody who handles the post of this process."""
    clerk_, found = clerk(person)
    if "" not in found and scope not in found:
        refuse(person)
    return clerk_


def own_message(person: Person | None, pk: int) -> Message:
    _, found = clerk(person)
    message = Message.objects.select_related("person").filter(in_scopes(found), pk=pk).first()
    return message if message is not None else refuse(person)


def own_batch(person: Person | None, pk: int) -> Batch:
    _, found = clerk(person)
    batch = Batch.objects.select_related("made_by").filter(in_scopes(found), pk=pk).first()
    return batch if batch is not None else refuse(person)
