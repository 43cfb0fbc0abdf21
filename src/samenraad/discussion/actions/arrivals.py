"""People who come in through the website without an account: registered, and slowed down when there are many."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from samenraad.discussion import rules
from samenraad.discussion.models import Arrival
from samenraad.people.actions import register_person
from samenraad.people.models import Person
from samenraad.refusals import Refusal


@transaction.atomic
def arrive(*, source: str, **fields: Any) -> Person:
    """Somebody new acts first and may make an account afterwards. Always a new person: an address that is typed
    in proves nothing, so it never opens what somebody else did.
    """
    recent = Arrival.objects.filter(source=source, moment__gt=timezone.now() - timedelta(hours=1))
    if rules.too_many(recent.count()):
        raise Refusal("discussion.too_often")
    Arrival.objects.create(source=source)
    return register_person(**fields)


def tidy_up() -> int:
    """Where people came from is forgotten after a day. Harmless to do twice."""
    return Arrival.objects.filter(moment__lt=timezone.now() - timedelta(days=1)).delete()[0]
