"""What this room holds: as tables, and about one person."""

from __future__ import annotations

from typing import Any

from samenraad.cards import Table
from samenraad.people.models import Person
from samenraad.processes.models import Process


def tables(process: Process) -> list[Table]:
    return []


def known(person: Person) -> dict[str, Any]:
    return {}
