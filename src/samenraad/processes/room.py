"""The card of the processes room: gates 1 to 3, and what a process tells of itself."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samenraad.cards import Gate, Room, Table, Todo
from samenraad.processes import queries
from samenraad.processes.actions.work import start_again
from samenraad.processes.story import SENTENCES

if TYPE_CHECKING:
    from samenraad.people.models import Person
    from samenraad.processes.models import Process


class Processes(Room):
    name = "processes"
    speaks_for = (1, 2, 3)
    story = SENTENCES

    def gates(self, process: Process) -> list[Gate]:
        """Goal, room and promise; each with the desk page on which it is met."""
        promised = [promise for promise in process.promises.all() if promise.published_at]
        since = timezone.localtime(promised[0].published_at).date() if promised else None
        no_goal = () if process.goals.all() else (_("It is not written down what we want to reach."),)
        no_room = () if process.room.all() else (_("It is not written down what is fixed and what is open."),)
        no_promise = () if promised else (_("No promise is public."),)
        return [
            Gate(1, _("Goal"), no_goal, url=reverse("processes:goals", args=[process.slug])),
            Gate(2, _("Room"), no_room, url=reverse("processes:room", args=[process.slug])),
            Gate(3, _("Promise"), no_promise, since, reverse("processes:promise", args=[process.slug])),
        ]

    def todo(self, person: Person, today: date) -> list[Todo]:
        return queries.waiting_for(person, today)

    def tick(self, today: date) -> list[str]:
        """Work in the background whose worker died begins again."""
        again = start_again()
        return [f"{again} jobs started again"] if again else []

    def tables(self, process: Process) -> list[Table]:
        return queries.tables(process)

    def known(self, person: Person) -> dict[str, Any]:
        return queries.known(person)

    def forget(self, person: Person) -> None:
        """Contributions stay and count; who made them is an empty person from now on. Attendance stays a number."""


card = Processes()
