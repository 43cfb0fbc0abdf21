"""Fetching processes and steps on behalf of somebody: what one may not know does not exist."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from samenraad.people.access import has_role, refuse
from samenraad.people.models import Person
from samenraad.processes.models import Process, Step


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
