"""The steps of a process: chosen from the shelf, with days, rounded off or taken away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samenraad.people.middleware import Request
from samenraad.processes import access, actions, queries
from samenraad.processes.forms import StepForm
from samenraad.processes.models import Process, Step
from samenraad.processes.shelf import shelf
from samenraad.processes.views.plan import section
from samenraad.refusals import Refusal
from samenraad.texts import explain


def steps(request: Request, slug: str) -> HttpResponse:
    process = access.own_process(request.person, slug)
    return section(request, process, "steps", None, plan=queries.plan(process))


def choose(request: Request, slug: str) -> HttpResponse:
    """What lies on the shelf. Goal and room come first (R169)."""
    process = access.own_process(request.person, slug)
    if gate := queries.first_unmet(process):
        return _first(request, gate)
    return render(request, "processes/shelf.html", {"process": process, "offers": queries.offers(process)})


def _first(request: Request, gate: Any) -> HttpResponse:
    """To the first question that is still open, with a sentence that says why."""
    text = _("First the goal and the room, then the instrument. {missing}")
    messages.warning(request, text.format(missing=" ".join(gate.missing)))
    return redirect(gate.url)


def add(request: Request, slug: str, kind: str) -> HttpResponse:
    process = access.own_process(request.person, slug)
    card = shelf().instrument(kind)
    if gate := queries.first_unmet(process):
        return _first(request, gate)
    form = StepForm(request.POST or None, instance=Step(process=process, kind=kind), process=process)
    if form.is_valid():
        try:
            actions.add_step(process=process, kind=kind, by=request.person, reason=form.reason, **form.values)
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
        else:
            messages.success(request, _("The step is in the plan."))
            return redirect("processes:steps", slug)
    return render(request, "processes/step_form.html", {"process": process, "form": form, "card": card})


def step(request: Request, slug: str, pk: int) -> HttpResponse:
    process = access.own_process(request.person, slug)
    found = access.step_of(process, pk)
    form = StepForm(request.POST or None, instance=access.step_of(process, pk), process=process)
    if form.is_valid():
        try:
            actions.change_step(step=found, by=request.person, reason=form.reason, **form.values)
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("processes:steps", slug)
    context = {"process": process, "form": form, "card": found.card, "step": found}
    return render(request, "processes/step_form.html", context)


def conclude(request: Request, slug: str, pk: int) -> HttpResponse:
    process = access.own_process(request.person, slug)
    return _confirmed(request, process, access.step_of(process, pk), "conclude", actions.conclude)


def remove(request: Request, slug: str, pk: int) -> HttpResponse:
    process = access.own_process(request.person, slug)
    return _confirmed(request, process, access.step_of(process, pk), "remove", actions.remove_step)


def _confirmed(request: Request, process: Process, step: Step, what: str, act: Any) -> HttpResponse:
    if request.method == "POST":
        act(step=step, by=request.person)
        messages.success(request, _("The step is rounded off.") if what == "conclude" else _("Removed."))
        return redirect("processes:steps", process.slug)
    context = {"process": process, "step": step, "taken_part": step.contributions.count()}
    return render(request, f"processes/confirm/step_{what}.html", context)
