"""Reading a process."""

from __future__ import annotations

from datetime import date
from typing import Any

from samenraad.cards import Table, Todo
from samenraad.people.models import Person
from samenraad.processes.models import Process


def waiting_for(person: Person, today: date) -> list[Todo]:
    return []


def tables(process: Process) -> list[Table]:
    return []


def known(person: Person) -> dict[str, Any]:
    return {}
