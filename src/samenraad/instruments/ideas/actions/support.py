"""Standing behind somebody else's idea: everybody counts once."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from samenraad.people.models import Channel, Person
from samenraad.processes import actions as processes
from samenraad.processes.actions.part import held
from samenraad.processes.models import Proposal, Source


@transaction.atomic
def support(
    *, proposal: Proposal, person: Person, channel: str = Channel.WEB, entered_by: Person | None = None
) -> bool:
    """Count this person behind the idea, once. Who stands behind it already, also under another session, is not
    counted again: the same e-mail address, or the same name and postcode, is the same person.
    """
    held(proposal)
    if _stands_behind(proposal, person):
        return False
    return processes.support(proposal=proposal, person=person, channel=channel, entered_by=entered_by)


def _stands_behind(proposal: Proposal, person: Person) -> bool:
    alike = Q()
    if person.email:
        alike |= Q(contribution__person__email__iexact=person.email)
    if person.name and person.postcode:
        alike |= Q(contribution__person__name__iexact=person.name, contribution__person__postcode=person.postcode)
    behind = Source.objects.filter(proposal=proposal, part__in=[Source.Part.AUTHOR, Source.Part.SUPPORTER])
    return bool(alike) and behind.filter(alike).exclude(contribution__person=person).exists()
