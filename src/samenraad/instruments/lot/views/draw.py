"""The public page of a draw, in the council room and at home."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache

from samenraad.instruments.lot import access
from samenraad.instruments.lot.actions.lot_number import find
from samenraad.instruments.lot.forms.draw import NumberForm
from samenraad.instruments.lot.models import Draw, Invitation, Lot
from samenraad.instruments.lot.queries import draw as queries
from samenraad.instruments.lot.queries import draw_files, draw_mine
from samenraad.instruments.lot.rules.draw import grid_size, squares
from samenraad.instruments.lot.views.around import around
from samenraad.instruments.lot.views.lottery import chance_form
from samenraad.people.middleware import Request
from samenraad.people.rules import source_of
from samenraad.processes.access import is_officer
from samenraad.refusals import Refusal
from samenraad.texts import explain

#: in the session: the lot number that this visitor typed, per lot
NUMBERS = "lot_numbers"
TYPES = {"csv": "text/csv", "json": "application/json", "txt": "text/plain", "py": "text/x-python"}


@never_cache
def show(request: Request, step: int) -> HttpResponse:
    """Before, at and after the draw: one page."""
    lot = access.open_lot(request.person, step)
    return render(request, "lot/draw.html", page(request, lot))


def page(request: Request, lot: Lot, number: NumberForm | None = None) -> dict[str, Any]:
    about = queries.scene(lot)
    organises = is_officer(request.person, lot.step.process)
    throws = organises and about.state == "public" and not about.early
    me = mine(request, about)
    return {
        **around(lot), "about": about, "organises": organises, "mine": me,
        "chance": chance_form(about) if throws else None, "number": number or NumberForm(),
        "follows": about.state == "public" and not organises, "still": "still" in request.GET,
        "grid": _grid(about, me), "files": draw_files.files(about.draw) if about.draw else (),
    }  # fmt: skip


def _grid(about: queries.Scene, me: draw_mine.Mine | None) -> dict[str, Any]:
    wide, high = grid_size(about.panels)
    return {
        "wide": wide, "high": high, "mine": me.squares if me else "",
        "drawn": squares([about.draw.number]) if about.draw and about.draw.number is not None else "",
    }  # fmt: skip


@never_cache
def live(request: Request, step: int) -> HttpResponse:
    """Every few seconds from the page itself: nothing while nothing happened, and then the parts that changed."""
    lot = access.open_lot(request.person, step)
    if queries.state_of(lot) == request.GET.get("seen"):
        return HttpResponse(status=204)
    return render(request, "lot/parts/draw_live.html", page(request, lot) | {"swap": True})


def mine(request: Request, about: queries.Scene) -> draw_mine.Mine | None:
    """The draw as this visitor sees it: by their letter, or by the lot number that they typed."""
    if about.draw is None:
        return None
    own = Invitation.objects.filter(lot_id=about.lot.pk, person=request.person).first() if request.person else None
    if own and (found := draw_mine.mine(about, own, own=True)):
        return found
    typed = request.session.get(NUMBERS, {}).get(str(about.lot.pk)) if _knows(request) else None
    if not typed:
        return None
    invitation = Invitation.objects.filter(lot_id=about.lot.pk, number=typed).first()
    return draw_mine.mine(about, invitation, own=False) if invitation else None


def _knows(request: Request) -> bool:
    """Whether there is a session at all: who only reads gets none."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


@never_cache
def number(request: Request, step: int) -> HttpResponse:
    """One's own lot number: typed, kept for this visit, or put away again."""
    lot = access.open_lot(request.person, step)
    draw = access.public_draw(lot)
    form = NumberForm(request.POST or None)
    if request.method == "POST" and "forget" in request.POST:
        _remember(request, lot, "")
        return redirect("lot:draw", lot.pk)
    if form.is_valid():
        try:
            found = find(draw=draw, number=form.cleaned_data["number"], source=_source(request))
            _remember(request, lot, found.number)
            return redirect(f"{request.path.removesuffix('number/')}#panels")
        except Refusal as refusal:
            form.add_error("number", explain(refusal))
    return render(request, "lot/number.html", {"step": lot.step, "process": lot.step.process, "form": form})


def _remember(request: Request, lot: Lot, number: str) -> None:
    kept = {**request.session.get(NUMBERS, {}), str(lot.pk): number}
    request.session[NUMBERS] = {key: value for key, value in kept.items() if value}


def _source(request: Request) -> str:
    return source_of(get_adapter().get_client_ip(request), settings.CODE_KEY)


def panels(request: Request, step: int) -> HttpResponse:
    """All panels that can come out, in words: 25 on a page, or the one that is asked for."""
    lot = access.open_lot(request.person, step)
    draw = access.public_draw(lot)
    lines = draw.lottery.splitlines()
    asked = request.GET.get("panel", "").strip()
    chosen = lines[int(asked)] if asked.isdecimal() and len(asked) < 6 and int(asked) < len(lines) else ""
    shown = Paginator([chosen] if chosen else lines, 25).get_page(request.GET.get("page"))
    rows = [(line.partition(",")[0], line.split(",")[1:]) for line in shown]
    context = {"step": lot.step, "process": lot.step.process, "rows": rows, "shown": shown, "asked": asked,
        "found": bool(chosen), "all": len(lines)}  # fmt: skip
    return render(request, "lot/panels.html", context)


def file(request: Request, step: int, name: str) -> HttpResponse:
    """One of the public files, as it was published."""
    draw = _public(request, step)
    if name not in draw_files.files(draw):
        raise Http404
    return _download(draw_files.file(draw, name), name, f"{TYPES[name.rpartition('.')[2]]}; charset=utf-8")


def archive(request: Request, step: int) -> HttpResponse:
    """All of them together."""
    return _download(draw_files.archive(_public(request, step)), f"draw-{step}.zip", "application/zip")


def _public(request: Request, step: int) -> Draw:
    return access.public_draw(access.open_lot(request.person, step))


def _download(content: bytes, name: str, kind: str) -> HttpResponse:
    """Codes are no names, but no matter for search engines either."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["ETag"] = f'"{draw_files.digest(content)}"'
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, public=True, max_age=60)
    return response
