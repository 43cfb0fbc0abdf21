"""Check it yourself: the draw is recomputed here, or held beside somebody's own copy."""

from __future__ import annotations

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from samenraad.instruments.lot import access
from samenraad.instruments.lot.forms.draw import CopyForm
from samenraad.instruments.lot.models import Draw
from samenraad.instruments.lot.queries import draw_files
from samenraad.instruments.lot.queries import verify as queries
from samenraad.instruments.lot.views.around import around
from samenraad.people.middleware import Request


@never_cache
def verify(request: Request, step: int) -> HttpResponse:
    """What was recomputed, in plain words; and how to do the same at home."""
    lot = access.open_lot(request.person, step)
    draw = access.public_draw(lot)
    drawn = draw.drawn_at is not None
    comparing = request.method == "POST" and request.POST.get("do") == "compare"
    form = CopyForm(request.POST if comparing else None, request.FILES if comparing else None, drawn=drawn)
    recount = comparison = None
    if comparing and form.is_valid():
        comparison = queries.compare(draw, form.content("transcript"), form.content("lottery"))
    elif request.method == "POST" and not comparing:
        recount = queries.recount(draw)
        _count(draw, recount.good)
    context = {**around(lot), "draw": draw, "form": form,
        "recount": recount, "comparison": comparison, "files": draw_files.files(draw), "drawn": drawn}  # fmt: skip
    return render(request, "lot/verify.html", context)


def _count(draw: Draw, good: bool) -> None:
    """How often it was recomputed here, and agreed."""
    if good:
        Draw.objects.filter(pk=draw.pk).update(recounted=F("recounted") + 1)
        draw.recounted += 1
