"""The lot (S06, S07, S08): residents are drawn, in the open, and their seats stay filled."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from samenraad.cards import Figure, Fit, Gate, Instrument, Phase, Table, Telling, Todo
from samenraad.instruments.lot.jobs import JOBS
from samenraad.processes.models import Step

if TYPE_CHECKING:
    from samenraad.people.models import Person
    from samenraad.processes.models import Process


class Lottery(Instrument):
    kind = "lot"
    name: Any = pgettext_lazy("instrument", "Lot")
    verb = gettext_lazy("answer your letter")
    promise = gettext_lazy("Everybody who is invited can be drawn, and everybody can recompute the draw.")
    sources = ("S06", "S07", "S08", "R024-R040", "R061-R063", "R115", "R258", "R262")
    speaks_for = (4,)
    jobs = JOBS
    fit = Fit(
        rungs=("consult", "coproduce", "codecide", "decide"),
        policy_phases=("agenda", "preparation", "decision", "evaluation"),
        group_size=(12, 200),
        hours=(8, 60),
        cost_eur=(10_000, 250_000),
        conditions=("register", "eight weeks"),
    )
    presets: Mapping[str, Mapping[str, Any]] = {
        "panel": {"name": gettext_lazy("A panel of residents"), "settings": {}},
    }

    @property
    def story(self) -> Mapping[str, Any]:  # type: ignore[override]
        from samenraad.instruments.lot.story import STORY

        return STORY

    def desk_url(self, step: Step) -> str:
        return reverse("lot:desk", args=[step.pk])

    def asked(self, person: Person) -> list[Todo]:
        from samenraad.instruments.lot.queries.replies import asked

        return asked(person)

    def gates(self, process: Process) -> list[Gate]:
        """Gate 4: the lot is verified, where the mix has one."""
        from samenraad.instruments.lot.queries.course import gate

        return gate(process)

    def phases(self, step: Step) -> list[Phase]:
        from samenraad.instruments.lot.queries.course import phases

        return phases(step)

    def step_todo(self, step: Step, today: date) -> list[Todo]:
        from samenraad.instruments.lot.queries.course import todo

        return todo(step, today)

    def figures(self, step: Step) -> list[Figure]:
        from samenraad.instruments.lot.queries.course import figures

        return figures(step)

    def tellings(self, step: Step, about: str, contributions: Sequence[int]) -> Mapping[int, Callable[[], Telling]]:
        from samenraad.instruments.lot.queries.told import tellings

        return tellings(step, about, contributions)

    def step_tables(self, step: Step) -> list[Table]:
        from samenraad.instruments.lot.queries.tables import tables

        return tables(step)

    def copy(self, step: Step, process: Process) -> Step:
        from samenraad.instruments.lot.actions.plan import copy

        return copy(step=step, process=process)

    def forget(self, person: Person) -> None:
        from samenraad.instruments.lot.actions.forgetting import forget

        forget(person=person)

    def known(self, person: Person) -> dict[str, Any]:
        from samenraad.instruments.lot.queries.known import known

        return known(person)

    def tick(self, today: date) -> list[str]:
        from samenraad.instruments.lot.actions.ticking import tick

        return tick(today)


card = Lottery()
