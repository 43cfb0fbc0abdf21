"""The seats of a panel: for the organiser, and as counts for everybody."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samenraad.instruments.lot import access
from samenraad.instruments.lot.actions import seats as actions
from samenraad.instruments.lot.forms.seats import LeaveForm
from samenraad.instruments.lot.jobs import Kind
from samenraad.instruments.lot.queries import seats_desk as desk
from samenraad.instruments.lot.queries.members import panel
from samenraad.instruments.lot.queries.seats import roll
from samenraad.instruments.lot.views.around import around
from samenraad.people.middleware import Request
from samenraad.processes.actions import work as background
from samenraad.refusals import Refusal
from samenraad.texts import explain


def seats(request: Request, step: int) -> HttpResponse:
    """Who sits, which seats are free and who comes there, the sessions, and who stays."""
    lot = access.desk_lot(request.person, step)
    context = around(lot)
    people = roll(lot)
    if people:
        context |= desk.of_seats(people, timezone.localdate())
    return render(request, "lot/seats.html", context)


def members(request: Request, step: int) -> HttpResponse:
    """For everybody: counts per group and per way of recruiting, never a name (R034)."""
    lot = access.open_lot(request.person, step)
    people = None if lot._state.adding else roll(lot)
    found = panel(people) if people else None
    return render(request, "lot/members.html", {**around(lot), "panel": found})


def leave(request: Request, step: int, pk: int) -> HttpResponse:
    """Asked once: what happens with the seat stands on the page."""
    lot = access.desk_lot(request.person, step)
    membership = access.membership(lot, pk)
    form = LeaveForm(request.POST or None)
    if form.is_valid():
        try:
            actions.leave(membership=membership, by=request.person, **form.cleaned_data)
            messages.success(request, _("{name} left.").format(name=membership.person))
            return redirect("lot:seats", step)
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
    context = {**around(lot), "membership": membership, "form": form,
               "too_late": desk.is_too_late(lot)}  # fmt: skip
    return render(request, "lot/member_leave.html", context)


@require_POST
def call_up(request: Request, step: int, pk: int) -> HttpResponse:
    lot = access.desk_lot(request.person, step)
    departure = access.departure(lot, pk)
    try:
        filled = actions.call_up(departure=departure, number=request.POST.get("number", "")[:8], by=request.person)
        who = filled.replaced_by.person if filled.replaced_by else ""
        messages.success(request, _("{name} takes the seat and gets word. Now call.").format(name=who))
    except Refusal as refusal:
        messages.error(request, explain(refusal))
    return redirect("lot:seats", step)


@require_POST
def undo(request: Request, step: int, pk: int) -> HttpResponse:
    lot = access.desk_lot(request.person, step)
    departure = access.departure(lot, pk)
    try:
        actions.undo(departure=departure, by=request.person)
        messages.success(request, _("{name} has the seat again.").format(name=departure.membership.person))
    except Refusal as refusal:
        messages.error(request, explain(refusal))
    return redirect("lot:seats", step)


@require_POST
def step_back(request: Request, step: int, pk: int) -> HttpResponse:
    lot = access.desk_lot(request.person, step)
    membership = actions.step_back(membership=access.membership(lot, pk), by=request.person)
    messages.success(request, _("{name} is no substitute any more.").format(name=membership.person))
    return redirect("lot:seats", step)


@require_POST
def choose(request: Request, step: int) -> HttpResponse:
    """When choosing the substitutes stopped, or was never begun."""
    lot = access.desk_lot(request.person, step)
    begun = background.start(step=lot.step, kind=Kind.SUBSTITUTES, by=request.person)
    return redirect("processes:work", step, begun.pk)
