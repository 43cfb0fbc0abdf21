"""The plan of a process: what it is, its steps, when it is public and when it ends."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from samenraad.ledger.actions import note
from samenraad.people.models import Body, Person, Place
from samenraad.processes import rules
from samenraad.processes.gates import gate, passed
from samenraad.processes.ladder import only_inform
from samenraad.processes.models import Contribution, Goal, Override, Process, Promise, RoomItem, Rung, Step
from samenraad.processes.shelf import shelf
from samenraad.refusals import Refusal
from samenraad.texts import translated


@transaction.atomic
def create(*, title: Any, place: Place, by: Person | None, **fields: Any) -> Process:
    """A new process that only its organisers see."""
    process = Process.objects.create(slug=_free_slug(str(translated(title))), title=title, place=place, **fields)
    note("process.created", process, thread=process, who=by)
    return process


def _free_slug(title: str) -> str:
    base = slugify(title)[:70].strip("-") or "process"
    taken = set(Process.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(
        slug for slug in (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3))) if slug not in taken
    )


@transaction.atomic
def publish(*, process: Process, by: Person | None) -> Process:
    """Everybody can see it from now on. Goal and room (gates 1 and 2) come first."""
    if process.is_public:
        raise Refusal("process.already_public")
    must_have_passed(process, 1, 2)
    if only_inform(process):
        process.rung = Rung.INFORM
    process.published_at = timezone.now()
    process.save(update_fields=["published_at", "rung"])
    note("process.published", process, thread=process, who=by)
    return process


@transaction.atomic
def unpublish(*, process: Process, by: Person | None) -> Process:
    """Back to the drawing table, as long as nobody took part and no promise was made in public."""
    if not process.is_public:
        raise Refusal("process.not_public")
    if (
        Contribution.objects.filter(step__process=process).exists()
        or process.promises.exclude(published_at=None).exists()
    ):
        raise Refusal("process.has_contributions")
    process.published_at = None
    process.save(update_fields=["published_at"])
    note("process.unpublished", process, thread=process, who=by)
    return process


def must_have_passed(process: Process, *numbers: int) -> None:
    for number in numbers:
        if not passed(process, number):
            missing = " ".join(gate(process, number).missing)
            raise Refusal("process.gate_unmet", gate=number, missing=missing)


@transaction.atomic
def change_rung(*, process: Process, rung: str, by: Person | None, reason: str = "") -> Process:
    """Influence may grow at any time; in public it shrinks only with a reason that everybody reads (R154)."""
    old = process.rung
    if rung == old:
        return process
    if rung != Rung.INFORM and only_inform(process):
        raise Refusal("process.only_inform")
    lower = rules.is_lower(rung, old)
    if process.is_public and lower and len(reason.strip()) < 20:
        raise Refusal("process.reason_needed")
    process.rung = rung
    process.save(update_fields=["rung"])
    act = "process.rung_lowered" if lower else "process.rung_raised"
    note(act, process, thread=process, who=by, old=old, new=rung, reason=reason.strip())
    return process


@transaction.atomic
def override_gate(*, process: Process, number: int, reason: str, by: Person) -> Override:
    """Pass a gate that is not met, for a reason that stands on the public page."""
    if number not in range(1, 7):
        raise Refusal("gate.unknown")
    if len(reason.strip()) < 20:
        raise Refusal("gate.reason_needed")
    override, _ = Override.objects.update_or_create(
        process=process, gate=number, defaults={"reason": reason.strip(), "by": by}
    )
    note("gate.overridden", process, thread=process, who=by, gate=number, reason=reason.strip())
    return override


@transaction.atomic
def add_step(
    *,
    process: Process,
    kind: str,
    title: Any,
    by: Person | None,
    opens: datetime | None = None,
    closes: datetime | None = None,
    reason: str = "",
    **fields: Any,
) -> Step:
    """Put an instrument to work. With dates it needs gates 1 to 3; without, it is a plan."""
    _must_run(process)
    shelf().instrument(kind)
    step = Step.objects.create(process=process, kind=kind, title=title, **fields)
    note("step.added", step, thread=process, who=by, kind=kind)
    return schedule(step=step, opens=opens, closes=closes, by=by, reason=reason) if opens or closes else step


@transaction.atomic
def start_step(*, kind: str, because: Step, title: Any, by: Person | None = None, body: Body | None = None) -> Step:
    """One instrument starts another, by its kind word: a petition that starts a panel."""
    return add_step(process=because.process, kind=kind, title=title, by=by, because=because, body=body)


@transaction.atomic
def schedule(
    *, step: Step, opens: datetime | None, closes: datetime | None, by: Person | None, reason: str = ""
) -> Step:
    """Set or move the dates. Nobody is invited before the promise is public (gate 3)."""
    _must_run(step.process)
    if opens and closes and closes <= opens:
        raise Refusal("step.dates")
    if opens:
        must_have_passed(step.process, 1, 2, 3)
    before = [_day(step.opens), _day(step.closes)]
    step.opens, step.closes = opens, closes
    step.save(update_fields=["opens", "closes"])
    note(
        "step.scheduled", step, thread=step.process, who=by,
        before=before, opens=_day(opens), closes=_day(closes), kind=step.kind,
        title=dict(step.title), reason=reason.strip(),
    )  # fmt: skip
    return step


def _day(moment: datetime | None) -> str:
    return timezone.localtime(moment).date().isoformat() if moment else ""


@transaction.atomic
def conclude(*, step: Step, by: Person | None) -> Step:
    """The work of this step is done; nothing can be added."""
    if not step.concluded_at:
        step.concluded_at = timezone.now()
        step.save(update_fields=["concluded_at"])
        note("step.concluded", step, thread=step.process, who=by, kind=step.kind)
    return step


@transaction.atomic
def remove_step(*, step: Step, by: Person | None) -> None:
    """A step in which nobody took part can go."""
    if step.contributions.exists() or step.proposals.exists():
        raise Refusal("step.has_contributions")
    process, kind, name = step.process, step.kind, f"step:{step.pk}"
    step.delete()
    note("step.removed", name, thread=process, who=by, kind=kind)


@transaction.atomic
def close(*, process: Process, by: Person | None) -> Process:
    """The end: every gate passed, everybody told, the evaluation public (gates 5 and 6)."""
    _must_run(process)
    if not process.is_public:
        raise Refusal("process.not_public")
    must_have_passed(process, *range(1, 7))
    process.closed_at = timezone.now()
    process.save(update_fields=["closed_at"])
    note("process.closed", process, thread=process, who=by)
    return process


@transaction.atomic
def copy_process(*, process: Process, title: Any, by: Person | None) -> Process:
    """Again next year: goals, room, steps and the promise as a draft; no people, no texts, no dates."""
    twin = create(
        title=title, place=process.place, by=by, copied_from=process, question=process.question,
        summary=process.summary, policy_phase=process.policy_phase, rung=process.rung,
        initiator=process.initiator, initiator_kind=process.initiator_kind,
        commissioner=process.commissioner, commissioner_kind=process.commissioner_kind,
        organiser=process.organiser, organiser_kind=process.organiser_kind,
        contact_name=process.contact_name, contact_phone=process.contact_phone,
    )  # fmt: skip
    for model in (Goal, RoomItem):
        for row in model.objects.filter(process=process):
            row.pk, row._state.adding, row.process = None, True, twin
            row.save()
    for step in process.steps.all():
        shelf().instrument(step.kind).copy(step, twin)
    promise = process.promises.order_by("-version").first()
    if promise:
        Promise.objects.create(
            process=twin, version=1, body=promise.body, term_days=promise.term_days,
            text=promise.text, preconditions=promise.preconditions,
        )  # fmt: skip
    return twin


def _must_run(process: Process) -> None:
    if process.closed_at:
        raise Refusal("process.closed")
