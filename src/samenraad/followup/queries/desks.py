"""What waits on the desks of this room."""

from __future__ import annotations

from datetime import date

from samenraad.cards import Todo
from samenraad.people.models import Person


def waiting_for(person: Person, today: date) -> list[Todo]:
    return []
