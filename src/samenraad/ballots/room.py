"""The card of the votes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from samenraad.cards import Room


class Ballots(Room):
    name = "ballots"
    story: Any = {
        "ballots.frozen": gettext_lazy(
            "The rules of the vote and the list of who may vote were fixed: {entitled} people"
        ),
        "ballots.sealed": gettext_lazy("The ballot box was sealed, and every order in it wiped out"),
        "ballots.seeded": gettext_lazy("The seed that decides ties was made in public: {seed}"),
        "ballots.counted": gettext_lazy("The vote was counted"),
    }

    def tick(self, today: date) -> list[str]:
        from samenraad.ballots.actions.ticking import tick

        return tick()


card = Ballots()
