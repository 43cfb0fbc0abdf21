"""Letters: how many per group, the public words that decide who gets one, and the receipt for everybody."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from samenraad.instruments.lot import access
from samenraad.instruments.lot.actions import waves as actions
from samenraad.instruments.lot.forms.waves import PlanForm, SeedForm
from samenraad.instruments.lot.jobs import Kind
from samenraad.instruments.lot.models import Lot, Wave
from samenraad.instruments.lot.queries import waves as queries
from samenraad.instruments.lot.queries.extract import of_the_register
from samenraad.instruments.lot.queries.register import current_register
from samenraad.instruments.lot.views.around import around
from samenraad.people.middleware import Request
from samenraad.processes.access import is_officer
from samenraad.processes.queries import underway
from samenraad.refusals import Refusal
from samenraad.texts import explain


def waves(request: Request, step: int) -> HttpResponse:
    """The waves until now, and the one that is being planned."""
    lot = access.desk_lot(request.person, step)
    prepared = queries.prepared(lot)
    context = {
        "drawn": queries.drawn(lot), "prepared": prepared, "register": current_register(lot),
        "working": underway(lot.step, Kind.INVITE).first(),
    }  # fmt: skip
    return render(request, "lot/waves.html", around(lot) | context)


def plan(request: Request, step: int) -> HttpResponse:
    """How many letters, and what may come of them. Sent in, it is kept and computed anew."""
    lot = access.desk_lot(request.person, step)
    dimensions, prepared = of_the_register(lot), queries.prepared(lot)
    wishes = queries.wishes_of(lot, prepared, dimensions)
    form = PlanForm(request.POST or None, dimensions=dimensions, wishes=wishes)
    if form.is_valid():
        actions.plan_wave(lot=lot, wishes=form.wishes, values=form.values)
        return redirect("lot:wave_plan", lot.pk)
    forecast, why = _forecast(lot, wishes)
    context = {"form": form, "forecast": forecast, "why": why, "prepared": prepared, "wishes": wishes}
    return render(request, "lot/wave_plan.html", around(lot) | context)


def _forecast(lot: Lot, wishes: dict[str, Any]) -> tuple[queries.Forecast | None, str]:
    try:
        return queries.forecast(lot, wishes), ""
    except Refusal as refusal:
        return None, explain(refusal)


def draw(request: Request, step: int, number: int) -> HttpResponse:
    """The words are written down, and chance speaks. Asked for once; clicked twice it is one draw."""
    lot = access.desk_lot(request.person, step)
    wave = access.wave(lot, number)
    form = SeedForm(request.POST or None)
    if form.is_valid():
        try:
            work = actions.start_draw(wave=wave, by=request.person, **form.cleaned_data)
            return redirect("processes:work", lot.pk, work.pk) if work else redirect("lot:wave", lot.pk, number)
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
    if wave.drawn_at:
        return redirect("lot:wave", lot.pk, number)
    forecast, why = _forecast(lot, queries.wishes_of(lot, wave, of_the_register(lot)))
    context = {"form": form, "wave": wave, "forecast": forecast, "why": why, "promise": queries.promise_of(lot)}
    return render(request, "lot/wave_draw.html", around(lot) | context)


def wave(request: Request, step: int, number: int) -> HttpResponse:
    """For everybody: how it was decided who got a letter, and how to check it."""
    lot, found = _drawn(request, step, number)
    context = {
        "wave": found, "public": queries.public_wave(lot, found), "whole": queries.digest_of(found) == found.digest,
        "organises": is_officer(request.person, lot.step.process),
    }  # fmt: skip
    return render(request, "lot/wave.html", around(lot) | context)


def receipt(request: Request, step: int, number: int) -> HttpResponse:
    _lot, found = _drawn(request, step, number)
    response = HttpResponse(queries.receipt_text(found), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="letters-{step}-{number}.json"'
    return response


def _drawn(request: Request, step: int, number: int) -> tuple[Lot, Wave]:
    lot = access.open_lot(request.person, step)
    if lot._state.adding:
        raise Http404
    found = access.wave(lot, number)
    if found.drawn_at is None:
        raise Http404
    return lot, found
