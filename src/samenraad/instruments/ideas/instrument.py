"""Ideas (S30): residents bring ideas, support them and talk about them; the good ones go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from samenraad.cards import Fit, Instrument
from samenraad.processes.models import Step

if TYPE_CHECKING:
    from samenraad.processes.models import Process


class Ideas(Instrument):
    kind = "ideas"
    name = _("Ideas")
    noun = _("idea")
    verb = _("give ideas")
    promise = _("Every idea gets a number and an answer, and you hear what became of yours.")
    sources = ("S30", "R178", "R179", "R180", "R216", "R217")
    fit = Fit(
        rungs=("listen", "consult", "coproduce"),
        policy_phases=("agenda", "preparation", "execution"),
        group_size=(10, 100_000),
        hours=(0.1, 1),
        cost_eur=(0, 5_000),
    )

    def copy(self, step: Step, process: Process) -> Step:
        return Step.objects.create(
            process=process,
            kind=self.kind,
            title=step.title,
            introduction=step.introduction,
            settings=step.settings,
        )


card = Ideas()
