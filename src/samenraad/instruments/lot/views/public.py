"""The page of the lot for everybody, and the desk from which everything else is reached."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from samenraad.instruments.lot import access
from samenraad.instruments.lot.actions import outreach
from samenraad.people.middleware import Request
from samenraad.processes.access import is_officer


def show(request: Request, step: int) -> HttpResponse:
    lot = access.open_lot(request.person, step)
    outreach.remember(request, request.GET.get("via", ""))
    context = {"step": lot.step, "process": lot.step.process, "lot": lot,
        "organises": is_officer(request.person, lot.step.process),
    }  # fmt: skip
    return render(request, "lot/show.html", context)


def desk(request: Request, step: int) -> HttpResponse:
    lot = access.desk_lot(request.person, step)
    return render(request, "lot/desk.html", {"step": lot.step, "process": lot.step.process, "lot": lot})
