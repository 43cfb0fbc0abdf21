"""Fetching processes and steps on behalf of somebody: what one may not know does not exist."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from samenraad.people.access import has_role, refuse, scopes
from samenraad.people.models import Person, Role
from samenraad.processes.models import Goal, Meeting, Process, Promise, RoomItem, Step, Work


def is_officer(person: Person | None, process: Process) -> bool:
    return has_role(person, "officer", scope=process.thread)


def visible_process(person: Person | None, slug: str) -> Process:
    """A public process; its officers see it before it is public (preview)."""
    process = get_object_or_404(Process.objects.select_related("place"), slug=slug)
    if not process.is_public and not is_officer(person, process):
        raise Http404
    return process


def own_process(person: Person | None, slug: str) -> Process:
    """A process that this person organises."""
    process = Process.objects.select_related("place").filter(slug=slug).first()
    if process is None or not is_officer(person, process):
        refuse(person)
    return process


def visible_step(person: Person | None, pk: int, kind: str) -> Step:
    step = get_object_or_404(Step.objects.select_related("process__place", "body"), pk=pk, kind=kind)
    if not step.process.is_public and not is_officer(person, step.process):
        raise Http404
    return step


def own_step(person: Person | None, pk: int, kind: str) -> Step:
    """A step that this person organises."""
    step = Step.objects.select_related("process__place", "body").filter(pk=pk, kind=kind).first()
    if step is None or not is_officer(person, step.process):
        refuse(person)
    return step


def step_of(process: Process, pk: int) -> Step:
    """A step of a process that was fetched already."""
    step = get_object_or_404(Step.objects.select_related("body"), pk=pk, process=process)
    step.process = process
    return step


def own_work(person: Person | None, step: int, pk: int) -> Work:
    """Work in the background of a step that this person organises."""
    work = Work.objects.select_related("step__process__place", "step__body").filter(pk=pk).first()
    if work is None or work.step_id != step or not is_officer(person, work.step.process):
        refuse(person)
    return work


def goal_of(process: Process, pk: int) -> Goal:
    goal = get_object_or_404(Goal, pk=pk, process=process)
    goal.process = process
    return goal


def room_item_of(process: Process, pk: int) -> RoomItem:
    item = get_object_or_404(RoomItem, pk=pk, process=process)
    item.process = process
    return item


def public_promise(process: Process, version: int) -> Promise:
    promises = Promise.objects.select_related("body", "process").exclude(published_at=None)
    return get_object_or_404(promises, process=process, version=version)


def own_meeting(person: Person | None, pk: int) -> Meeting:
    """A meeting of a process that this person organises."""
    meeting = Meeting.objects.select_related("process__place", "step__body").filter(pk=pk).first()
    if meeting is None or not is_officer(person, meeting.process):
        refuse(person)
    return meeting


def staff(person: Person | None) -> Person:
    """Somebody with a role, whichever."""
    if person is None or not scopes(person, *Role.Kind.values):
        refuse(person)
    return person


def officer(person: Person | None) -> Person:
    """An organiser, of the whole town or of one process."""
    if person is None or not scopes(person, "officer"):
        refuse(person)
    return person


def town_officer(person: Person | None) -> Person:
    """An organiser of the whole town: makes processes, keeps the calendar, forgets people who ask for it."""
    if person is None or not has_role(person, "officer"):
        refuse(person)
    return person


def somebody(person: Person | None) -> Person:
    """Who looks at what is theirs."""
    if person is None:
        refuse(person)
    return person
