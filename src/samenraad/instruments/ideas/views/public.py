"""What everybody sees of a collection: the list, the map, and the same as files."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render

from samenraad.discussion.queries import why_closed
from samenraad.instruments.ideas import access, queries
from samenraad.instruments.ideas.queries.lists import SORTS, STATUSES
from samenraad.instruments.ideas.queries.maps import geojson
from samenraad.instruments.ideas.rules import safe_cell
from samenraad.instruments.ideas.views.drafts import Draft
from samenraad.people.middleware import Request
from samenraad.processes.access import is_officer
from samenraad.processes.models import Promise, Step


def show(request: Request, step: int) -> HttpResponse:
    """The ideas, with filters that stand in the address, and the way to give one."""
    found = access.open_step(request.person, step)
    filters = queries.Filters.read(request.GET)
    context = {
        **_around(request, found),
        "list": queries.listing(found, filters, request.GET.get("page")),
        "promised": _promise(found),
        "draft": Draft(request, found).values.get("title", ""),
        "has_map": queries.has_points(found),
    }
    return render(request, "ideas/show.html", context)


def _around(request: Request, step: Step) -> dict[str, Any]:
    return {
        "step": step,
        "process": step.process,
        "closed": why_closed(step),
        "organises": is_officer(request.person, step.process),
        "statuses": STATUSES.items(),
        "sorts": [(key, label) for key, (label, _) in SORTS.items()],
    }


def _promise(step: Step) -> Promise | None:
    public = step.process.promises.exclude(published_at=None)
    return public.select_related("body").order_by("-version").first()


def map_page(request: Request, step: int) -> HttpResponse:
    """The same ideas on a drawn map, and beside it the list of what stands where."""
    found = access.open_step(request.person, step)
    filters = queries.Filters.read(request.GET)
    places = queries.neighbourhoods(found)
    context = {
        **_around(request, found),
        "filters": filters,
        "drawing": (drawing := queries.drawing(found, filters, places)),
        "spots": drawing.spots if drawing else (),
        "centre": drawing.box if drawing else "",
        "themes": queries.themes(found),
        "places": places,
    }
    return render(request, "ideas/map.html", context)


def points(request: Request, step: int) -> HttpResponse:
    found = access.open_step(request.person, step)
    return JsonResponse(geojson(found, queries.Filters.read(request.GET)))


class _Echo:
    """What a csv.writer writes is handed on at once, so that a long list needs no memory."""

    def write(self, value: str) -> str:
        return value


def as_csv(request: Request, step: int) -> StreamingHttpResponse:
    """The list as it is filtered, for a spreadsheet: semicolons and a mark that it is UTF-8, as Excel wants it."""
    found = access.open_step(request.person, step)
    rows = queries.as_rows(queries.ideas(found, queries.Filters.read(request.GET)))

    def lines() -> Iterator[str]:
        writer = csv.writer(_Echo(), delimiter=";")
        yield "\ufeff" + writer.writerow(queries.HEADER)
        for row in rows:
            yield writer.writerow([safe_cell(cell) for cell in row])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="ideas-{found.pk}.csv"'
    return response


def as_json(request: Request, step: int) -> StreamingHttpResponse:
    """The list as it is filtered, for programs."""
    found = access.open_step(request.person, step)
    rows = queries.as_json(queries.ideas(found, queries.Filters.read(request.GET)))

    def pieces() -> Iterator[str]:
        head = {"process": found.process.slug, "step": found.pk, "title": str(found.title)}
        yield json.dumps(head, ensure_ascii=False)[:-1] + ', "ideas": ['
        for place, row in enumerate(rows):
            yield (",\n" if place else "\n") + json.dumps(row, ensure_ascii=False)
        yield "\n]}\n"

    return StreamingHttpResponse(pieces(), content_type="application/json")
