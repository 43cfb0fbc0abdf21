"""The preferendum (S27) and the multi-option referendum (S28): all residents vote, in secret, and anybody recounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from samenraad.cards import Figure, Fit, Instrument, Moment, Phase, Table, Todo
from samenraad.instruments.preferendum.jobs import JOBS
from samenraad.instruments.preferendum.story import STORY
from samenraad.processes.models import Step

if TYPE_CHECKING:
    from samenraad.ballots.papers import Paper
    from samenraad.processes.models import Process, Proposal, Source


class PreferendumCard(Instrument):
    """Nothing here is about a person: who may vote stands on the roll, what was voted lies in the box, and neither
    knows the other. So there is nothing to forget and nothing to download."""

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

    jobs = JOBS
    story = STORY

    def desk_url(self, step: Step) -> str:
        return reverse("preferendum:desk", args=[step.pk])

    def phases(self, step: Step) -> list[Phase]:
        from samenraad.instruments.preferendum.queries.course import phases

        return phases(step)

    def step_todo(self, step: Step, today: date) -> list[Todo]:
        from samenraad.instruments.preferendum.queries.course import todo

        return todo(step, today)

    def figures(self, step: Step) -> list[Figure]:
        from samenraad.instruments.preferendum.queries.course import figures

        return figures(step)

    def moments(self, processes: Sequence[Process]) -> Mapping[int, Sequence[Moment]]:
        from samenraad.instruments.preferendum.queries.course import moments

        return moments(processes)

    def step_tables(self, step: Step) -> list[Table]:
        from samenraad.instruments.preferendum.queries.tables import tables

        return tables(step)

    def copy(self, step: Step, process: Process) -> Step:
        from samenraad.instruments.preferendum.actions.copying import copy

        return copy(step=step, process=process)

    def owe(self, occasion: str, *, about: str, proposal: Proposal, sources: Sequence[Source]) -> None:
        """A text that comes in from another step becomes an option."""
        from samenraad.instruments.preferendum.actions.options import arrived

        if occasion == "carried" and proposal.step.kind == self.kind:
            arrived(proposal)

    def holds(self, proposal: Proposal) -> bool:
        """What is on a ballot that is fixed stays as it is, here and where it came from."""
        from samenraad.instruments.preferendum.queries.options import on_a_fixed_ballot

        return on_a_fixed_ballot(proposal)

    def paper(self, step: Step) -> Paper:
        """What the room of the votes asks of its ballot."""
        from samenraad.instruments.preferendum.paper import PreferendumPaper

        return PreferendumPaper(step)


card = PreferendumCard()
