"""All that a lot holds about one person."""

from __future__ import annotations

from typing import Any

from samenraad.people.models import Person


def known(person: Person) -> dict[str, Any]:
    return {}
