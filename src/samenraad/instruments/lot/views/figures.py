"""Whom the lot reached: for everybody without small groups, for the organiser with exact numbers and advice."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samenraad.instruments.lot import access
from samenraad.instruments.lot.actions.figures import set_gap
from samenraad.instruments.lot.forms.figures import GapForm
from samenraad.instruments.lot.models import Lot
from samenraad.instruments.lot.queries import funnel, moments, outreach
from samenraad.instruments.lot.queries.advice import advice
from samenraad.instruments.lot.queries.crowd import Crowd, crowd
from samenraad.instruments.lot.views.around import around
from samenraad.people.middleware import Request
from samenraad.processes.access import is_officer


def show(request: Request, step: int) -> HttpResponse:
    lot = access.open_lot(request.person, step)
    organises = is_officer(request.person, lot.step.process)
    return render(request, "lot/figures.html", _figures(lot, crowd(lot)) | {"organises": organises})


def desk(request: Request, step: int) -> HttpResponse:
    """The same tables with every number, and what they advise."""
    lot = access.desk_lot(request.person, step)
    found = crowd(lot)
    form = GapForm(request.POST or None, initial={"gap": moments.gap_of(found)})
    if form.is_valid():
        set_gap(step=lot.step, points=form.cleaned_data["gap"])
        messages.success(request, _("Saved."))
        return redirect("lot:figures_desk", step)
    context = _figures(lot, found, exact=True) | {
        "form": form, "advice": advice(lot, found, timezone.localdate()),
        "reasons_by_group": funnel.reasons_by_group(found),
    }  # fmt: skip
    return render(request, "lot/figures_desk.html", context)


def _figures(lot: Lot, found: Crowd, *, exact: bool = False) -> dict[str, Any]:
    gauges = moments.gauges(found, exact=exact)
    return {
        **around(lot), "exact": exact,
        "headline": moments.headline(found, exact=exact), "gap": moments.gap_of(found),
        "free": [one for one in gauges if not one.decides], "steered": [one for one in gauges if one.decides],
        "stages": funnel.stages(found, exact=exact), "response": funnel.response(found, exact=exact),
        "taking_part": funnel.taking_part(found, exact=exact), "groups": funnel.by_group(found, exact=exact),
        "channels": funnel.by_channel(found, exact=exact), "reasons": funnel.reasons(found, exact=exact),
        "sources": funnel.sources(lot, found), "first_time": funnel.first_time(found, exact=exact),
        "measures": outreach.results(found, timezone.localdate()),
        "factors": [value for one in found.dimensions for value in one.values.all() if value.factor != 1],
    }  # fmt: skip
