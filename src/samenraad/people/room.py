"""The card of people: what we know of somebody, forgetting it, and what may not be kept any longer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from samenraad.cards import Room
from samenraad.people import queries
from samenraad.people.actions import forget, tidy_up
from samenraad.people.models import Role

if TYPE_CHECKING:
    from samenraad.people.models import Person


class People(Room):
    name = "people"
    story = {
        "role.given": lambda facts: _role(_("There is a {role} now"), facts),
        "role.taken": lambda facts: _role(_("A {role} has stopped"), facts),
    }

    def forget(self, person: Person) -> None:
        forget(person=person)

    def known(self, person: Person) -> dict[str, Any]:
        return queries.known(person)

    def tick(self, today: date) -> list[str]:
        return tidy_up(today)


def _role(sentence: str, facts: Mapping[str, Any]) -> str:
    return sentence.format(role=dict(Role.Kind.choices).get(facts["role"], facts["role"]))


card = People()
