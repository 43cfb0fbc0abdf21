"""What everybody can read of a vote: before it, during it, after it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from samenraad.instruments.preferendum import access
from samenraad.instruments.preferendum.queries.page import page
from samenraad.instruments.preferendum.queries.rules import text
from samenraad.instruments.preferendum.views.around import around
from samenraad.people.middleware import Request
from samenraad.processes.access import is_officer
from samenraad.processes.queries import current


def show(request: Request, step: int) -> HttpResponse:
    """The question, the options, the rules, and one thing to do. No word of how it goes while people vote."""
    found = access.public_step(request.person, step)
    preferendum = access.public_preferendum(request.person, step)
    organises = is_officer(request.person, found.process)
    context = {"step": found, "process": found.process, "organises": organises, "promised": current(found.process)}
    if preferendum is None:
        return render(request, "preferendum/show.html", context)
    return render(request, "preferendum/show.html", {**context, **around(preferendum), "page": page(preferendum)})


def rules(request: Request, step: int) -> HttpResponse:
    """The rules as they were fixed."""
    preferendum = access.frozen_preferendum(request.person, step)
    organises = is_officer(request.person, preferendum.step.process)
    context = {**around(preferendum), "page": page(preferendum), "organises": organises}
    return render(request, "preferendum/rules.html", context)


def rules_json(request: Request, step: int) -> HttpResponse:
    """The very bytes of which the fingerprint is published."""
    preferendum = access.frozen_preferendum(request.person, step)
    response = HttpResponse(text(preferendum.step.vote.rules), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="preferendum-{preferendum.pk}-rules.json"'
    return response


def brochure(request: Request, step: int) -> HttpResponse:
    """All options with their arguments, to print and to hand out."""
    preferendum = access.frozen_preferendum(request.person, step)
    context = {**around(preferendum), "page": page(preferendum), "promised": current(preferendum.step.process)}
    return render(request, "preferendum/brochure.html", context)
