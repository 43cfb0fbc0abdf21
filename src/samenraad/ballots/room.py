"""The card of the votes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy

from samenraad.ballots.jobs import JOBS
from samenraad.cards import Room

if TYPE_CHECKING:
    from samenraad.people.models import Person


class Ballots(Room):
    name = "ballots"
    jobs = JOBS
    story: Any = {
        "ballots.frozen": gettext_lazy(
            "The rules of the vote and the list of who may vote were fixed: {entitled} people"
        ),
        "ballots.sealed": gettext_lazy("The ballot box was sealed, and every order in it wiped out"),
        "ballots.seeded": gettext_lazy("The seed that decides ties was made in public: {seed}"),
        "ballots.counted": gettext_lazy("The vote was counted"),
        "ballots.watched": gettext_lazy("A mailbox of the supervision committee gets every checkpoint of the board"),
        "ballots.unwatched": gettext_lazy("A mailbox was taken off the list of the supervision committee"),
        "ballots.letters_made": gettext_lazy("Letters with a voting code were made: {count}"),
        "ballots.roll_destroyed": gettext_lazy("The list of voters was destroyed; its numbers are kept"),
    }

    def tick(self, today: date) -> list[str]:
        from samenraad.ballots.actions import roll, roll_gone, ticking

        roll.drop_old()
        gone = roll_gone.destroy_due(today)
        return ticking.tick() + ([f"{gone} rolls destroyed"] if gone else [])

    def forget(self, person: Person) -> None:
        from samenraad.ballots.actions.subscribing import forget

        forget(person=person)

    def known(self, person: Person) -> dict[str, Any]:
        from samenraad.ballots.queries.checking import subscriptions

        return subscriptions(person)


card = Ballots()
