"""Forgetting one person, and forgetting in time everybody who never answered."""

from __future__ import annotations

from django.db import transaction

from samenraad.people.models import Person


@transaction.atomic
def forget(*, person: Person) -> None:
    pass
