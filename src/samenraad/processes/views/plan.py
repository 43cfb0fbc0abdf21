"""The plan of a process: the pages of the wizard, each also reachable by itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samenraad.people.middleware import Request
from samenraad.processes import access, actions, queries
from samenraad.processes.forms import (
    GoalForm,
    InfluenceForm,
    QuestionForm,
    RoomItemForm,
    StrikeForm,
    TitleForm,
    WhoForm,
)
from samenraad.processes.ladder import influence
from samenraad.processes.models import Goal, Process, RoomItem
from samenraad.refusals import Refusal
from samenraad.texts import explain


def manage(request: Request, slug: str) -> HttpResponse:
    process = access.own_process(request.person, slug)
    return render(request, "processes/manage.html", {"process": process, "plan": queries.plan(process)})


def section(request: Request, process: Process, key: str, form: Any, **more: Any) -> HttpResponse:
    """One page of the wizard, with where it stands among the others."""
    context = {"process": process, "key": key, "form": form, "sections": queries.sections(process), **more}
    return render(request, f"processes/wizard/{key}.html", context)


def saved(request: Request, process: Process, key: str) -> HttpResponse:
    """Go on with the next page; what is public goes back to its plan, with a word that it was saved."""
    if process.is_public:
        messages.success(request, _("Saved. Everybody sees the change, and why."))
    return redirect(queries.after(process, key))


def _edit(request: Request, slug: str, key: str, form_class: Any) -> HttpResponse:
    """A page with some fields of the process itself."""
    process = access.own_process(request.person, slug)
    form = form_class(request.POST or None, instance=access.own_process(request.person, slug), process=process)
    if form.is_valid():
        try:
            actions.change(process=process, by=request.person, reason=form.reason, **form.changes)
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
        else:
            return saved(request, process, key)
    return section(request, process, key, form)


def title(request: Request, slug: str) -> HttpResponse:
    return _edit(request, slug, "title", TitleForm)


def question(request: Request, slug: str) -> HttpResponse:
    return _edit(request, slug, "question", QuestionForm)


def who(request: Request, slug: str) -> HttpResponse:
    return _edit(request, slug, "who", WhoForm)


def influence_page(request: Request, slug: str) -> HttpResponse:
    process = access.own_process(request.person, slug)
    form = InfluenceForm(request.POST or None, process=process)
    if form.is_valid():
        rung, reason = form.cleaned_data["rung"], form.cleaned_data.get("reason", "")
        try:
            actions.change_rung(process=process, rung=rung, by=request.person, reason=reason)
        except Refusal as refusal:
            form.add_error("reason" if refusal.code == "process.reason_needed" else None, explain(refusal))
        else:
            return saved(request, process, "influence")
    return section(request, process, "influence", form, influence=influence(process))


def goals(request: Request, slug: str) -> HttpResponse:
    """The goals there are, and a form for the next one."""
    process = access.own_process(request.person, slug)
    return _add(request, process, "goals", GoalForm, Goal(process=process))


def room(request: Request, slug: str) -> HttpResponse:
    process = access.own_process(request.person, slug)
    return _add(request, process, "room", RoomItemForm, RoomItem(process=process))


def _add(request: Request, process: Process, key: str, form_class: Any, row: Goal | RoomItem) -> HttpResponse:
    form = form_class(request.POST or None, instance=row, process=process)
    if form.is_valid() and _write(request, form):
        messages.success(request, _("Added. You can add another one, or go on."))
        return redirect(f"processes:{key}", process.slug)
    return section(request, process, key, form, following=queries.after(process, key))


def _write(request: Request, form: Any) -> bool:
    try:
        actions.write(row=form.save(commit=False), by=request.person, reason=form.reason)
    except Refusal as refusal:
        form.add_error(None, explain(refusal))
        return False
    return True


def goal(request: Request, slug: str, pk: int) -> HttpResponse:
    process = access.own_process(request.person, slug)
    return _rewrite(request, process, "goals", GoalForm, access.goal_of(process, pk))


def room_item(request: Request, slug: str, pk: int) -> HttpResponse:
    process = access.own_process(request.person, slug)
    return _rewrite(request, process, "room", RoomItemForm, access.room_item_of(process, pk))


def _rewrite(request: Request, process: Process, key: str, form_class: Any, row: Goal | RoomItem) -> HttpResponse:
    form = form_class(request.POST or None, instance=row, process=process)
    if form.is_valid() and _write(request, form):
        messages.success(request, _("Saved."))
        return redirect(f"processes:{key}", process.slug)
    context = {"process": process, "form": form, "key": key, "row": row}
    return render(request, "processes/wizard/row.html", context)


def strike_goal(request: Request, slug: str, pk: int) -> HttpResponse:
    process = access.own_process(request.person, slug)
    return _strike(request, process, "goals", access.goal_of(process, pk))


def strike_room_item(request: Request, slug: str, pk: int) -> HttpResponse:
    process = access.own_process(request.person, slug)
    return _strike(request, process, "room", access.room_item_of(process, pk))


def _strike(request: Request, process: Process, key: str, row: Goal | RoomItem) -> HttpResponse:
    form: forms.Form = StrikeForm(request.POST if request.method == "POST" else None, process=process)
    if form.is_valid():
        try:
            actions.strike(row=row, by=request.person, reason=form.cleaned_data.get("reason", ""))
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
        else:
            messages.success(request, _("Removed."))
            return redirect(f"processes:{key}", process.slug)
    return render(request, "processes/wizard/strike.html", {"process": process, "form": form, "key": key, "row": row})


def review(request: Request, slug: str) -> HttpResponse:
    """Everything once more on one page, before anybody sees it."""
    process = access.own_process(request.person, slug)
    plan = queries.plan(process)
    return section(request, process, "review", None, plan=plan, page=queries.page(process))
