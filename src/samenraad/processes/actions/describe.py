"""What a process says of itself: its question, goals, room and people. In public nothing changes in silence (R192)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from samenraad.ledger.actions import note
from samenraad.people.models import Person
from samenraad.processes.actions.plan import schedule
from samenraad.processes.ladder import only_inform
from samenraad.processes.models import Goal, Process, RoomItem, Rung, Step
from samenraad.refusals import Refusal

SHORTEST_REASON = 10
PARTS: dict[type[Goal] | type[RoomItem], str] = {Goal: "goals", RoomItem: "room"}


@transaction.atomic
def change(*, process: Process, by: Person | None, reason: str = "", **fields: Any) -> Process:
    """Give these fields of a process new values. Once it is public, that needs a reason which everybody reads."""
    process = _running(process)
    changed = [name for name, value in fields.items() if getattr(process, name) != value]
    if not changed:
        return process
    _must_say_why(process, reason)
    for name in changed:
        setattr(process, name, fields[name])
    process.save(update_fields=changed)
    _note(process, by, reason, fields=changed)
    return process


@transaction.atomic
def write(*, row: Goal | RoomItem, by: Person | None, reason: str = "") -> Process:
    """Add a goal or a room item, or write it anew. When nothing is left to choose, the rung becomes "inform"."""
    process = _running(row.process)
    _must_say_why(process, reason)
    if not row.pk and any(one.text == row.text for one in type(row)._default_manager.filter(process=process)):
        raise Refusal("process.there_already")
    row.process = process
    row.save()
    return _settle(process, by, reason, PARTS[type(row)])


@transaction.atomic
def strike(*, row: Goal | RoomItem, by: Person | None, reason: str = "") -> Process:
    """Take a goal or a room item away. A public process keeps at least one of each."""
    process = _running(row.process)
    _must_say_why(process, reason)
    part = PARTS[type(row)]
    if process.is_public and getattr(process, part).count() == 1:
        raise Refusal(f"process.last_of_{part}")
    row.delete()
    return _settle(process, by, reason, part)


@transaction.atomic
def change_step(
    *,
    step: Step,
    by: Person | None,
    opens: datetime | None,
    closes: datetime | None,
    reason: str = "",
    **fields: Any,
) -> Step:
    """Other words or other days for a step. Days go by the rules of `schedule`."""
    _running(step.process)
    if (opens, closes) != (step.opens, step.closes):
        schedule(step=step, opens=opens, closes=closes, by=by, reason=reason)
    changed = [name for name, value in fields.items() if getattr(step, name) != value]
    for name in changed:
        setattr(step, name, fields[name])
    if changed:
        step.save(update_fields=changed)
        note("step.changed", step, thread=step.process, who=by, fields=changed, kind=step.kind)
    return step


def _running(process: Process) -> Process:
    """As it is now, held until the end of the transaction."""
    process = Process.objects.select_for_update(of=("self",)).select_related("place").get(pk=process.pk)
    if process.closed_at:
        raise Refusal("process.closed")
    return process


def _must_say_why(process: Process, reason: str) -> None:
    if process.is_public and len(reason.strip()) < SHORTEST_REASON:
        raise Refusal("process.say_why")


def _settle(process: Process, by: Person | None, reason: str, part: str) -> Process:
    """Where the answer is fixed already, residents can only be informed (R172, R199); in public, out loud."""
    facts: dict[str, Any] = {"fields": [part]}
    if process.is_public and process.rung != Rung.INFORM and (why := only_inform(process)):
        facts |= {"old": process.rung, "only_inform": why}
        process.rung = Rung.INFORM
        process.save(update_fields=["rung"])
    _note(process, by, reason, **facts)
    return process


def _note(process: Process, by: Person | None, reason: str, **facts: Any) -> None:
    if process.is_public:
        note("process.changed", process, thread=process, who=by, reason=reason.strip(), **facts)
    else:
        note("process.written", process, thread=process, who=by, **facts)
