"""Turning points of a process: public, withdrawn, closed, copied, a gate passed with a reason. Each is confirmed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samenraad.people.middleware import Request
from samenraad.processes import access, actions, queries
from samenraad.processes.forms import CopyForm, ReasonForm
from samenraad.refusals import Refusal
from samenraad.texts import explain


def publish(request: Request, slug: str) -> HttpResponse:
    plan = queries.plan(access.own_process(request.person, slug))
    done = _("This is public now: everybody can see it.")
    return _confirmed(request, plan, "publish", actions.publish, done, possible=plan.may_publish)


def unpublish(request: Request, slug: str) -> HttpResponse:
    plan = queries.plan(access.own_process(request.person, slug))
    done = _("This is a draft again. Only its organisers see it.")
    return _confirmed(request, plan, "unpublish", actions.unpublish, done, possible=plan.may_unpublish)


def close(request: Request, slug: str) -> HttpResponse:
    plan = queries.plan(access.own_process(request.person, slug))
    done = _("The process is complete.")
    return _confirmed(request, plan, "close", actions.close, done, possible=plan.may_close)


def _confirmed(request: Request, plan: Any, what: str, act: Any, done: str, *, possible: bool) -> HttpResponse:
    """Says what will happen, or what stands in the way; does it when asked."""
    process, refusal = plan.process, ""
    if request.method == "POST":
        try:
            act(process=process, by=request.person)
        except Refusal as why_not:
            refusal = explain(why_not)
        else:
            messages.success(request, done)
            return redirect("processes:manage", process.slug)
    context = {"process": process, "plan": plan, "refusal": refusal, "impossible": not possible}
    return render(request, f"processes/confirm/{what}.html", context, status=409 if refusal else 200)


def copy(request: Request, slug: str) -> HttpResponse:
    """Again next year."""
    process = access.own_process(request.person, slug)
    access.town_officer(request.person)
    form = CopyForm(request.POST or None, initial={"title": process.title})
    if form.is_valid():
        try:
            twin = actions.copy_process(process=process, title=form.cleaned_data["title"], by=request.person)
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
        else:
            messages.success(request, _("Copied. Look at the question first, then at the days."))
            return redirect("processes:manage", twin.slug)
    return render(request, "processes/confirm/copy.html", {"process": process, "form": form})


def pass_gate(request: Request, slug: str, number: int) -> HttpResponse:
    """Go through a gate that is not met, with a reason that everybody reads."""
    process = access.own_process(request.person, slug)
    plan = queries.plan(process)
    row = next((row for row in plan.gates if row.gate.number == number), None)
    if row is None or not row.gate.missing:
        raise Http404
    form = ReasonForm(request.POST or None, initial={"reason": row.override.reason if row.override else ""})
    if form.is_valid() and request.person:
        try:
            actions.override_gate(process=process, number=number, by=request.person, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("reason", explain(refusal))
        else:
            messages.success(request, _("You may go on. Everybody can read your reason."))
            return redirect("processes:manage", slug)
    return render(request, "processes/confirm/gate.html", {"process": process, "row": row, "form": form})
