"""How far work in the background is. The page can be left and returned to."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from samenraad.instruments.lot import access
from samenraad.instruments.lot.actions.work import UNDERWAY
from samenraad.instruments.lot.models import Lot, Work
from samenraad.instruments.lot.views.around import around
from samenraad.people.middleware import Request
from samenraad.refusals import Refusal
from samenraad.texts import explain

#: where one goes on when it is done: name of the address, and whether it asks for what the work was about
THEN = {
    "check": ("lot:extract", True),
    "import": ("lot:register", False),
    "invite": ("lot:wave", True),
    "letters": ("lot:letters", False),
    "lottery": ("lot:lottery", False),
    "substitutes": ("lot:seats", False),
    "rehearsal": ("lot:rehearsal", True),
}


@never_cache
def show(request: Request, step: int, pk: int) -> HttpResponse:
    lot = access.desk_lot(request.person, step)
    work = access.work(lot, pk)
    if work.state == Work.State.DONE and request.GET.get("stay") is None:
        return redirect(_then(lot, work))
    return render(request, "lot/work.html", _context(lot, work))


@never_cache
def state(request: Request, step: int, pk: int) -> HttpResponse:
    """The part that changes; when it ended, the whole page is asked for anew."""
    lot = access.desk_lot(request.person, step)
    work = access.work(lot, pk)
    response = render(request, "lot/parts/work.html", _context(lot, work))
    if work.state not in UNDERWAY:
        response["HX-Redirect"] = reverse("lot:work", args=[lot.pk, work.pk])
    return response


def _context(lot: Lot, work: Work) -> dict[str, Any]:
    why = explain(Refusal(work.code, **work.facts)) if work.code else ""
    return {
        **around(lot), "work": work, "why": why,
        "underway": work.state in UNDERWAY, "then": _then(lot, work), "percent": round(100 * work.share),
    }  # fmt: skip


def _then(lot: Lot, work: Work) -> str:
    name, asks = THEN[work.kind]
    about = work.about.rpartition(":")[2]
    return reverse(name, args=[lot.pk, about] if asks and about else [lot.pk])
