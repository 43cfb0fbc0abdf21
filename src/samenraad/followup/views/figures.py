"""Figures with their formulas: of one process, of the town, and how each is computed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from samenraad.followup.queries import formulas as formula_queries
from samenraad.followup.queries import responsiveness as figures
from samenraad.people.middleware import Request
from samenraad.processes.access import visible_process


def process(request: Request, slug: str) -> HttpResponse:
    found = visible_process(request.person, slug)
    context = {
        "process": found, "figures": figures.responsiveness(timezone.localdate(), found), "told": figures.told(found),
    }  # fmt: skip
    return render(request, "followup/process_figures.html", context)


def town(request: Request) -> HttpResponse:
    today = timezone.localdate()
    context = {"figures": figures.responsiveness(today), "lines": figures.per_handover(today)}
    return render(request, "followup/responsiveness.html", context)


def formulas(request: Request) -> HttpResponse:
    return render(request, "followup/figures.html", {"formulas": formula_queries.formulas()})
