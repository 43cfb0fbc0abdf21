"""The pages of the door itself: the town's home, its plan, what it says of itself."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from samenraad.people.languages import can_be_chosen
from samenraad.people.middleware import Request
from samenraad.processes.ladder import MEANING
from samenraad.processes.models import Rung
from samenraad.site import queries
from samenraad.site.loop import town_loop

A_YEAR = 365 * 24 * 60 * 60


@require_safe
def home(request: Request) -> HttpResponse:
    """What goes on now, what is late, what came back, what changed."""
    rows = queries.rows()
    context = {
        "loop": town_loop(rows),
        "going_on": [row for row in rows if row.stage in {"open", "waiting"}][: queries.FEW],
        "coming": [row for row in rows if row.stage == "coming"][: queries.FEW],
        "late": queries.late(),
        "answered": queries.answered(),
        "changed": queries.changed(),
        "nothing_yet": not rows,
    }
    return render(request, "site/home.html", context)


@require_safe
def plan(request: Request) -> HttpResponse:
    """What is coming and what goes on, with how much say residents have in each."""
    rows = queries.rows(closed=True)
    context = {
        "coming": [row for row in rows if row.stage == "coming"],
        "running": [row for row in rows if row.stage in {"open", "waiting", "late"}],
        "after": [row for row in rows if row.stage in {"doing", "complete"}],
        "ladder": [(rung.label, MEANING[rung]) for rung in Rung],
    }
    return render(request, "site/plan.html", context)


@require_safe
def about(request: Request) -> HttpResponse:
    return render(request, "site/about.html")


@require_safe
def privacy(request: Request) -> HttpResponse:
    return render(request, "site/privacy.html")


@require_safe
def accessibility(request: Request) -> HttpResponse:
    return render(request, "site/accessibility.html")


@require_POST
def language(request: Request) -> HttpResponse:
    """Remember the language that somebody chose, and go back to the page they were on."""
    wanted, back = request.POST.get("language", ""), request.POST.get("next", "")
    ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    response = redirect(back if ours else "site:home")
    if can_be_chosen(wanted):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, wanted, max_age=A_YEAR, samesite="Lax", secure=request.is_secure(),
        )  # fmt: skip
    return response


@require_safe
def robots(request: Request) -> HttpResponse:
    """Desks, letters and one's own pages are not for search engines."""
    return render(request, "site/robots.txt", content_type="text/plain; charset=utf-8")


@require_GET
@never_cache
def health(request: Request) -> JsonResponse:
    """For who watches over the machine: does the house answer, and does its database?"""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:
        return JsonResponse({"ok": False, "database": False}, status=503)
    return JsonResponse({"ok": True, "database": True})
