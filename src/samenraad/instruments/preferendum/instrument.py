"""The preferendum (S27) and the multi-option referendum (S28): all residents vote, in secret, and anybody recounts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from samenraad.cards import Fit, Instrument
from samenraad.processes.models import Step

if TYPE_CHECKING:
    from samenraad.ballots.papers import Paper


class PreferendumCard(Instrument):
    kind = "preferendum"
    name: Any = gettext_lazy("Preferendum")
    verb = gettext_lazy("vote with your code")
    promise = gettext_lazy("Your vote is secret, and everybody can count the votes again.")
    sources = ("S27", "S28", "R146", "R147", "R182", "R264", "R270", "R273-R277")
    fit = Fit(
        rungs=("consult", "codecide", "decide"),
        policy_phases=("preparation", "decision", "evaluation"),
        group_size=(100, 1_000_000),
        hours=(0.1, 0.5),
        cost_eur=(5_000, 100_000),
        conditions=("register", "six weeks"),
    )
    presets: Mapping[str, Mapping[str, Any]] = {
        "preferendum": {
            "name": gettext_lazy("Preferendum: rate proposals, and mark what matters most"),
            "settings": {"ballot": "rate", "rule": "preferendum"},
        },
        "options": {
            "name": gettext_lazy("Referendum with several plans: put them in order"),
            "settings": {"ballot": "rank", "rule": "schulze"},
        },
        "approval": {
            "name": gettext_lazy("Referendum with several plans: mark all that are good"),
            "settings": {"ballot": "approve", "rule": "approval"},
        },
        "plans": {
            "name": gettext_lazy("Referendum with several plans: choose one"),
            "settings": {"ballot": "choose", "rule": "plurality"},
        },
        "yesno": {
            "name": gettext_lazy("Referendum: yes or no"),
            "settings": {"ballot": "choose", "rule": "plurality", "options": ["yes", "no"]},
        },
    }

    def desk_url(self, step: Step) -> str:
        return reverse("preferendum:desk", args=[step.pk])

    def paper(self, step: Step) -> Paper:
        """What the room of the votes asks of its ballot."""
        from samenraad.instruments.preferendum.paper import PreferendumPaper

        return PreferendumPaper(step)


card = PreferendumCard()
