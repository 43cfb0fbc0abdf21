"""The card of the processes room: gates 1 to 3, and what a process tells of itself."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenraad.cards import Gate, Room, Table, Todo

if TYPE_CHECKING:
    from samenraad.people.models import Person
    from samenraad.processes.models import Process


class Processes(Room):
    name = "processes"
    story = {
        "process.published": gettext_lazy("The question is public"),
        "process.rung_lowered": gettext_lazy("Residents get less influence than announced: {reason}"),
        "process.rung_raised": gettext_lazy("Residents get more influence than announced"),
        "process.closed": gettext_lazy("The process is complete"),
        "gate.overridden": gettext_lazy("Gate {gate} was passed although it was not met: {reason}"),
        "promise.published": gettext_lazy("A promise, version {version}: an answer within {days} days"),
        "step.concluded": gettext_lazy("A step is complete"),
        "proposal.merged": gettext_lazy("Texts {numbers} go on together as number {number}"),
        "proposal.unmerged": gettext_lazy("Number {number} stands on its own again"),
        "proposal.split": gettext_lazy("Number {number} was split into {numbers}"),
        "proposal.carried": gettext_lazy("{count} texts go on to the next step"),
    }

    def gates(self, process: Process) -> list[Gate]:
        from django.urls import reverse

        url = reverse("processes:show", args=[process.slug])
        goals, room = list(process.goals.all()), list(process.room.all())
        promised = [promise for promise in process.promises.all() if promise.published_at]
        since = timezone.localtime(promised[0].published_at).date() if promised else None
        return [
            Gate(
                1, _("Goal"), () if goals else (_("It is not written down what we want to reach."),), url=url
            ),
            Gate(
                2,
                _("Room"),
                () if room else (_("It is not written down what is fixed and what is open."),),
                url=url,
            ),
            Gate(
                3,
                _("Promise"),
                () if promised else (_("No promise is public."),),
                since=since,
                url=f"{url}#promise",
            ),
        ]

    def todo(self, person: Person, today: date) -> list[Todo]:
        from samenraad.processes.queries import waiting_for

        return waiting_for(person, today)

    def tables(self, process: Process) -> list[Table]:
        from samenraad.processes.queries import tables

        return tables(process)

    def known(self, person: Person) -> dict[str, Any]:
        from samenraad.processes.queries import known

        return known(person)

    def forget(self, person: Person) -> None:
        """Contributions stay and count; who made them is an empty person from now on. Attendance stays a number."""


card = Processes()
