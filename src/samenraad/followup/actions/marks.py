"""What contributors think of an answer: 0 to 10, beside the government's own count."""

from __future__ import annotations

from django.db import transaction

from samenraad.followup.models import Item, Mark
from samenraad.ledger.actions import note
from samenraad.people.models import Membership, Person
from samenraad.processes.models import Contribution, Process
from samenraad.refusals import Refusal


@transaction.atomic
def mark(*, item: Item, person: Person, value: int) -> Mark:
    """One mark per person and answer; a second one takes the place of the first."""
    item = Item.objects.select_related("handover__process").get(pk=item.pk)
    if not item.handover.answered_at:
        raise Refusal("mark.not_answered")
    if not may_mark(person, item.handover.process):
        raise Refusal("mark.not_yours")
    if not 0 <= value <= 10:
        raise Refusal("mark.zero_to_ten")
    made, first = Mark.objects.update_or_create(item=item, person=person, defaults={"value": value})
    note("answer.marked" if first else "answer.marked_again", item, thread=item.handover.process, who=person)
    return made


def may_mark(person: Person | None, process: Process) -> bool:
    """Who took part in the process, or sits in a body that did the work of one of its steps."""
    if person is None:
        return False
    return (
        Contribution.objects.filter(person=person, step__process=process, withdrawn_at=None).exists()
        or Membership.objects.filter(
            person=person, body__steps__process=process, state__in=["member", "completed"]
        ).exists()
    )
