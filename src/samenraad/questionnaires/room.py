"""The card of questionnaires: what is exported, what somebody answered, and forgetting it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy

from samenraad.cards import Room, Table

if TYPE_CHECKING:
    from samenraad.people.models import Person
    from samenraad.processes.models import Process


class Questionnaires(Room):
    name = "questionnaires"
    story = {
        "questionnaire.published": gettext_lazy("A questionnaire was published"),
        "questionnaire.closed": gettext_lazy("A questionnaire was closed; {count} people filled it in"),
    }

    def tables(self, process: Process) -> list[Table]:
        from samenraad.questionnaires.queries import tables

        return tables(process)

    def known(self, person: Person) -> dict[str, Any]:
        from samenraad.questionnaires.queries import known

        return {"questionnaires": known(person)}

    def forget(self, person: Person) -> None:
        from samenraad.questionnaires.actions import forget

        forget(person=person)


card = Questionnaires()
