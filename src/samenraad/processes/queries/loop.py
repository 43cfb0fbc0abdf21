"""Where a process is on the loop: drawn for the reader, and said in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenraad.cards import Gate, Moment
from samenraad.processes.models import Process, Step
from samenraad.processes.shelf import shelf
from samenraad.ui import lemniscate
from samenraad.ui.lemniscate import GATES, HANDOVER, MEASURES, QUESTION, Loop, Mark

BEFORE_STEPS, AFTER_STEPS, ANSWERING, TELLING = 25.0, 70.0, 78.5, 91.5
OVER = {Step.State.CLOSED, Step.State.CONCLUDED}


@dataclass(frozen=True)
class Here:
    """What goes on now, and where that stands on the loop. `state` is now, late or done."""

    at: float
    label: str
    state: str = "now"
    step: Step | None = None
    moment: Moment | None = None
    next_step: Step | None = None

    @property
    def until(self) -> date | datetime | None:
        if self.step:
            return self.step.closes
        return self.moment.until if self.moment else None


def moments(processes: Sequence[Process]) -> dict[int, list[Moment]]:
    """What every room knows to have a date in these processes."""
    found: dict[int, list[Moment]] = {process.pk: [] for process in processes}
    if processes:
        for card in shelf():
            for pk, some in card.moments(processes).items():
                found[pk].extend(some)
    return found


def here(process: Process, passed: Collection[int], known: Sequence[Moment], now: datetime) -> tuple[Here, ...]:
    """What goes on now; what asks the reader to do something comes first. Never empty."""
    if process.closed_at:
        return (Here(100.0, _("complete"), "done"),)
    steps = list(process.steps.all())
    unmet = next((number for number in (1, 2, 3) if number not in passed), None)
    going_on = (*_open_steps(steps, now), *_promised(known))
    if going_on:
        return going_on
    if unmet:
        return (Here(GATES[unmet], _waiting_for(unmet)),)
    return (_between(steps, known, now),)


def _waiting_for(gate: int) -> str:
    return {1: _("the goal"), 2: _("the room"), 3: _("the promise")}[gate]


def _open_steps(steps: Sequence[Step], now: datetime) -> Iterable[Here]:
    places = lemniscate.step_places(len(steps)) if steps else []
    for at, step in zip(places, steps, strict=True):
        if step.state_at(now) == Step.State.OPEN:
            yield Here(at, str(step.title), step=step)


def _promised(known: Sequence[Moment]) -> Iterable[Here]:
    """The furthest back of what the town hall owes now: the answer, then what it does, then telling everybody."""
    stands = {"answer": (ANSWERING, _("the answer")), "measures": (MEASURES, _("the measures"))}
    stands["feedback"] = (TELLING, _("telling everybody"))
    for place, (at, label) in stands.items():
        owed = [one for one in known if one.place == place and one.state in {"now", "late"}]
        if owed:
            worst = min(owed, key=lambda one: (one.state != "late", one.until or date.max))
            return (Here(at, label, worst.state, moment=worst),)
    return ()


def _between(steps: Sequence[Step], known: Sequence[Moment], now: datetime) -> Here:
    """Nothing is open and nothing is owed: something is being prepared."""
    if any(one.place in {"answer", "measures", "feedback"} and one.state == "done" for one in known):
        return Here(GATES[6], _("rounding off"))
    places = lemniscate.step_places(len(steps)) if steps else []
    coming = [(at, step) for at, step in zip(places, steps, strict=True) if step.state_at(now) == Step.State.PLANNED]
    if not coming:
        return Here(AFTER_STEPS, _("the hand-over")) if steps else Here(BEFORE_STEPS, _("preparing"))
    at, step = coming[0]
    before = max((place for place in places if place < at), default=BEFORE_STEPS + 3)
    return Here((before + at) / 2, _("preparing"), next_step=step)


def loop(process: Process, gates: Sequence[Gate], passed: Collection[int], known: Sequence[Moment]) -> Loop:
    now = timezone.now()
    places = here(process, passed, known, now)
    marks = [*_before(process, gates, passed), *_steps(process, places, now), *_after(gates, passed, known)]
    marks += [_mark(place) for place in places if place.state != "done"]
    return Loop(
        marks=tuple(sorted(marks, key=lambda mark: mark.at)),
        done_to=places[0].at,
        title=_("Where we are on the loop"),
        description=_description(gates, passed, places, known),
    )


def _mark(place: Here) -> Mark:
    label = _("Too late: {what}") if place.state == "late" else _("Now: {what}")
    return Mark(place.at, "late" if place.state == "late" else "here", label.format(what=place.label))


def _gate_mark(number: int, name: object, passed: Collection[int]) -> Mark:
    return Mark(GATES[number], "gate", f"{number} {name}", number in passed)


def _before(process: Process, gates: Sequence[Gate], passed: Collection[int]) -> list[Mark]:
    marks = [Mark(QUESTION, label=_("the question"), passed=bool(process.question))]
    names = {gate.number: gate.name for gate in gates if gate.applies and gate.number <= 4}
    return marks + [_gate_mark(number, name, passed) for number, name in names.items()]


def _steps(process: Process, places: Sequence[Here], now: datetime) -> list[Mark]:
    steps, taken = list(process.steps.all()), {place.at for place in places}
    at = lemniscate.step_places(len(steps)) if steps else []
    return [
        Mark(place, label=str(step.title), passed=step.state_at(now) in OVER)
        for place, step in zip(at, steps, strict=True)
        if place not in taken
    ]


def _after(gates: Sequence[Gate], passed: Collection[int], known: Sequence[Moment]) -> list[Mark]:
    done = {one.place for one in known if one.state == "done"}
    owed = {one.place for one in known if one.state in {"now", "late"}}
    names = {5: _("Answer"), 6: _("Feedback")} | {gate.number: gate.name for gate in gates if gate.number > 4}
    marks = [Mark(HANDOVER, label=_("hand-over"), passed="handover" in done)]
    if "measures" not in owed:
        marks.append(Mark(MEASURES, label=_("measures"), passed="measures" in done))
    return marks + [_gate_mark(number, names[number], passed) for number in (5, 6)]


def _description(
    gates: Sequence[Gate], passed: Collection[int], places: Sequence[Here], known: Sequence[Moment]
) -> str:
    names = [str(gate.name) for gate in gates if gate.applies and gate.number in passed]
    count = ngettext("{count} gate is passed", "{count} gates are passed", len(names)).format(count=len(names))
    if names:
        count += f": {', '.join(names)}"
    now = _("Now: {what}").format(what=", ".join(place.label for place in places))
    after = [] if places[0].at >= HANDOVER else [_("the hand-over")]
    after += [_("the answer")] if places[0].at < ANSWERING else []
    after += [_("the measures")] if places[0].at < MEASURES else []
    after += [_("telling everybody")] if places[0].at < TELLING else []
    rest = _("After that: {what}.").format(what=", ".join(after)) if after else ""
    where = _("The story on this page names every step with its date.")
    return f"{count}. {now}. {rest} {where}".replace("  ", " ")
