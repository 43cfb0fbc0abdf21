"""The organiser's plan of one process: what is done, what is missing, and where to fix it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samenraad import cards
from samenraad.cards import Gate
from samenraad.processes import clocks
from samenraad.processes.gates import gates, passed_among
from samenraad.processes.ladder import Influence, influence
from samenraad.processes.models import Contribution, Override, Process, Step
from samenraad.processes.queries import promises
from samenraad.processes.queries.loop import Here, here, moments
from samenraad.processes.queries.page import filled
from samenraad.processes.shelf import shelf

#: the pages of the wizard, in order: address -> name
SECTIONS = {
    "title": gettext_lazy("Name and place"),
    "question": gettext_lazy("Question"),
    "goals": gettext_lazy("Goals"),
    "room": gettext_lazy("Open and fixed"),
    "influence": gettext_lazy("Level of influence"),
    "who": gettext_lazy("Who does what"),
    "promise": gettext_lazy("Promise"),
    "steps": gettext_lazy("Steps"),
    "review": gettext_lazy("Look it over"),
}


@dataclass(frozen=True)
class Section:
    """One page of the plan and how far it is."""

    key: str
    name: str
    url: str
    done: bool
    summary: str = ""


@dataclass(frozen=True)
class GateRow:
    gate: Gate
    passed: bool
    override: Override | None
    pass_url: str

    @property
    def met(self) -> bool:
        return not self.gate.missing


@dataclass(frozen=True)
class StepRow:
    step: Step
    state: str
    name: str  # of the instrument
    url: str
    desk_url: str
    warnings: list[str]


@dataclass(frozen=True)
class Plan:
    process: Process
    sections: list[Section]
    gates: list[GateRow]
    steps: list[StepRow]
    here: Here
    influence: Influence
    warnings: list[str]
    outdated: list[str]
    todo: list[cards.Todo]

    @property
    def unfinished(self) -> Section | None:
        return next((section for section in self.sections if not section.done), None)

    @property
    def may_publish(self) -> bool:
        return all(row.passed for row in self.gates if row.gate.number in (1, 2))

    @property
    def may_close(self) -> bool:
        return all(row.passed for row in self.gates)

    @property
    def may_unpublish(self) -> bool:
        promised = any(promise.published_at for promise in self.process.promises.all())
        return not promised and not Contribution.objects.filter(step__process=self.process).exists()


def plan(process: Process) -> Plan:
    process, today = filled(process), timezone.localdate()
    found = gates(process)
    passed = passed_among(process, found)
    known = moments([process])[process.pk]
    silent = clocks.silences(today)
    overridden = {override.gate: override for override in process.overrides.all()}
    return Plan(
        process=process,
        sections=sections(process),
        gates=[_gate(process, gate, passed, overridden) for gate in found if gate.applies],
        steps=[_step(step, silent, today) for step in process.steps.all()],
        here=here(process, passed, known, timezone.now())[0],
        influence=influence(process),
        warnings=clocks.warnings(process, known, silent, today),
        outdated=promises.outdated(process),
        todo=[todo for step in process.steps.all() for todo in step.card.step_todo(step, today)],
    )


def _gate(process: Process, gate: Gate, passed: set[int], overridden: dict[int, Override]) -> GateRow:
    pass_url = reverse("processes:pass_gate", args=[process.slug, gate.number])
    return GateRow(gate, gate.number in passed, overridden.get(gate.number), pass_url)


def _step(step: Step, silent: Any, today: date) -> StepRow:
    card = step.card
    warnings = clocks.step_warnings(step, silent, today)
    return StepRow(step, step.state, str(card.name), card.url(step), card.desk_url(step), warnings)


def sections(process: Process) -> list[Section]:
    """The pages of the wizard, each with a word on what stands there."""
    done = _done(process)
    return [
        Section(key, str(name), reverse(f"processes:{key}", args=[process.slug]), *done[key])
        for key, name in SECTIONS.items()
    ]


def _done(process: Process) -> dict[str, tuple[bool, str]]:
    goals, room, steps = (process.goals.all(), process.room.all(), process.steps.all())
    promise = promises.current(process)
    drafted = any(not one.published_at for one in process.promises.all())
    said = influence(process)
    everybody = all((process.initiator, process.commissioner, process.organiser, process.contact_phone))
    if promise:
        term = ngettext("an answer within {days} day", "an answer within {days} days", promise.term_days)
        promised = term.format(days=promise.term_days)
    else:
        promised = _("written, not public yet") if drafted else ""
    return {
        "title": (True, f"{process.title} · {process.place}"),
        "question": (bool(process.question), str(process.question)),
        "goals": (bool(goals), ngettext("{count} goal", "{count} goals", len(goals)).format(count=len(goals))),
        "room": (bool(room), ngettext("{count} line", "{count} lines", len(room)).format(count=len(room))),
        "influence": (True, said.name),
        "who": (everybody, " · ".join(filter(None, (process.initiator, process.commissioner, process.organiser)))),
        "promise": (promise is not None, promised),
        "steps": (bool(steps), ngettext("{count} step", "{count} steps", len(steps)).format(count=len(steps))),
        "review": (process.is_public, _("public") if process.is_public else _("not public yet")),
    }


def after(process: Process, key: str) -> str:
    """The page that follows in the wizard; once the process is public, back to its plan."""
    if process.is_public:
        return reverse("processes:manage", args=[process.slug])
    keys = list(SECTIONS)
    following = keys[min(keys.index(key) + 1, len(keys) - 1)]
    return reverse(f"processes:{following}", args=[process.slug])


def first_unmet(process: Process) -> Gate | None:
    """Goal and room come before any instrument (R169)."""
    found = [gate for gate in gates(process) if gate.number in (1, 2)]
    passed = passed_among(process, found)
    return next((gate for gate in found if gate.number not in passed), None)


@dataclass(frozen=True)
class Offer:
    """An instrument as it lies on the shelf."""

    kind: str
    name: str
    promise: str
    fits_rung: bool
    fits_phase: bool
    group: tuple[int, int]
    hours: tuple[float, float]
    cost_cents: int

    @property
    def fits(self) -> bool:
        return self.fits_rung and self.fits_phase


def offers(process: Process) -> list[Offer]:
    """What the shelf holds; what fits the level of influence and the policy phase comes first."""
    rung = influence(process).rung
    found = [
        Offer(
            card.kind, str(card.name), str(card.promise),
            not card.fit.rungs or rung in card.fit.rungs,
            not card.fit.policy_phases or process.policy_phase in card.fit.policy_phases,
            card.fit.group_size, card.fit.hours, card.fit.cost_eur[1] * 100,
        )
        for card in shelf().instruments.values()
    ]  # fmt: skip
    return sorted(found, key=lambda offer: (not offer.fits, offer.name))
