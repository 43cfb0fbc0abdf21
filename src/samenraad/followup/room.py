"""The card of the followup room: gates 5 and 6, who is owed word, and what the clocks ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from samenraad.cards import Gate, Moment, Room, Table, Todo
from samenraad.followup.story import STORY

if TYPE_CHECKING:
    from samenraad.people.models import Person
    from samenraad.processes.models import Process, Proposal, Source


class Followup(Room):
    name = "followup"
    speaks_for = (5, 6)
    story = STORY

    def gates(self, process: Process) -> list[Gate]:
        from samenraad.followup.queries.gates import gates

        return gates(process)

    def moments(self, processes: Sequence[Process]) -> Mapping[int, Sequence[Moment]]:
        from samenraad.followup.queries.gates import moments

        return moments(processes)

    def todo(self, person: Person, today: date) -> list[Todo]:
        from samenraad.followup.queries.desks import waiting_for

        return waiting_for(person, today)

    def tables(self, process: Process) -> list[Table]:
        from samenraad.followup.queries.tables import tables

        return tables(process)

    def known(self, person: Person) -> dict[str, Any]:
        from samenraad.followup.queries.tables import known

        return known(person)

    def forget(self, person: Person) -> None:
        """Marks stay as numbers; word that was still owed is settled, for there is nobody left to tell."""
        from samenraad.followup.actions.feedback import settle
        from samenraad.followup.models import Feedback

        settle(Feedback.objects.untold().filter(contribution__person=person), "forgotten")

    def owe(self, occasion: str, *, about: str, proposal: Proposal, sources: Sequence[Source]) -> None:
        from samenraad.followup.actions import owe

        owe(occasion=occasion, about=about, proposal=proposal, sources=sources)

    def holds(self, proposal: Proposal) -> bool:
        """What lies on the table of an answering body, or was answered, stays as it was handed over."""
        from samenraad.followup.models import Item

        return Item.objects.filter(proposal=proposal).exists()

    def tick(self, today: date) -> list[str]:
        from samenraad.followup.actions.ticking import tick

        return tick(today)


card = Followup()
