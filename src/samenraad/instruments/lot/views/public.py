"""The page of the lot for everybody, and the desk from which everything else is reached."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from samenraad.instruments.lot import access
from samenraad.instruments.lot.actions.outreach import remember
from samenraad.instruments.lot.models import Invitation, Lot
from samenraad.instruments.lot.queries.stages import stages, state_of
from samenraad.instruments.lot.views.around import around
from samenraad.people.middleware import Request
from samenraad.processes.access import is_officer
from samenraad.processes.models import Work
from samenraad.processes.queries import current


def show(request: Request, step: int) -> HttpResponse:
    """What is drawn, by which rules, where it is now, and what one can check."""
    lot = access.open_lot(request.person, step)
    if "via" in request.GET:
        remember(request, request.GET["via"])
    state = state_of(lot)
    context = {
        **around(lot), "state": state, "organises": is_officer(request.person, lot.step.process),
        "mine": _mine(request, lot), "waves": [] if not state.waves else lot.waves.exclude(drawn_at=None),
        "promised": current(lot.step.process),
    }  # fmt: skip
    return render(request, "lot/show.html", context)


def desk(request: Request, step: int) -> HttpResponse:
    """The road, what waits here, and what is being done in the background."""
    lot = access.desk_lot(request.person, step)
    state = state_of(lot)
    works = Work.objects.filter(step=lot.step).select_related("by")[:5]
    context = {**around(lot), "state": state, "stages": stages(lot, state), "works": works}
    return render(request, "lot/desk.html", context)


def _mine(request: Request, lot: Lot) -> Invitation | None:
    """The invitation of who opened their letter."""
    if request.person is None:
        return None
    return Invitation.objects.filter(lot_id=lot.pk, person=request.person).first()
