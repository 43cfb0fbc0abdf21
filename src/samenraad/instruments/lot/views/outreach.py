"""Outreach: the organiser's measures with what they bring, and the page of one ambassador."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from samenraad.instruments.lot import access
from samenraad.instruments.lot.actions import outreach as actions
from samenraad.instruments.lot.forms.outreach import OutreachForm
from samenraad.instruments.lot.models import Lot, Outreach
from samenraad.instruments.lot.queries import outreach as queries
from samenraad.instruments.lot.queries.crowd import crowd
from samenraad.instruments.lot.rules.outreach import flyer_code
from samenraad.instruments.lot.views.around import around
from samenraad.people.middleware import Request
from samenraad.refusals import Refusal
from samenraad.texts import explain


def desk(request: Request, step: int) -> HttpResponse:
    """All measures with what they brought, and the groups that still miss people."""
    lot = access.desk_lot(request.person, step)
    found = crowd(lot)
    results = queries.results(found, timezone.localdate())
    context = around(lot) | {"results": results, "goals": queries.goals(found, results)}
    return render(request, "lot/outreach.html", context)


def new(request: Request, step: int) -> HttpResponse:
    lot = access.desk_lot(request.person, step)
    form = OutreachForm(request.POST or None, lot=lot)
    if form.is_valid():
        try:
            measure = actions.add(lot=lot, wish=form.wish, by=request.person)
            messages.success(request, _("Saved. Here is the link for a flyer."))
            return redirect("lot:outreach_measure", step, measure.pk)
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
    return render(request, "lot/outreach_form.html", around(lot) | {"form": form})


def measure(request: Request, step: int, pk: int) -> HttpResponse:
    """One measure: changing it, its links, stopping it."""
    lot, one = _own(request, step, pk)
    form = OutreachForm(request.POST or None, instance=one, lot=lot)
    if form.is_valid():
        try:
            actions.change(measure=one, wish=form.wish, by=request.person)
            messages.success(request, _("Saved."))
            return redirect("lot:outreach", step)
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
    context = around(lot) | _links(request, one) | {"form": form, "registered": queries.registered(one)}
    return render(request, "lot/outreach_form.html", context)


@require_POST
def stop(request: Request, step: int, pk: int) -> HttpResponse:
    _lot, one = _own(request, step, pk)
    actions.stop(measure=one, by=request.person)
    messages.success(request, _("Stopped. Its link counts nobody any more."))
    return redirect("lot:outreach", step)


@require_POST
def renew(request: Request, step: int, pk: int) -> HttpResponse:
    _lot, one = _own(request, step, pk)
    actions.renew_link(measure=one, by=request.person)
    messages.success(request, _("There are new links. The old ones lead nowhere any more."))
    return redirect("lot:outreach_measure", step, pk)


@never_cache
def ambassador(request: Request, step: int, token: str) -> HttpResponse:
    """For who has the secret link: the flyer, and how many said yes through it. Never who."""
    lot = access.open_lot(request.person, step)
    one = queries.by_secret(lot, token)
    context = around(lot) | _links(request, one) | {"registered": queries.registered(one)}
    answer = render(request, "lot/outreach_ambassador.html", context)
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _own(request: Request, step: int, pk: int) -> tuple[Lot, Outreach]:
    lot = access.desk_lot(request.person, step)
    one = get_object_or_404(Outreach.objects.select_related("group__dimension"), pk=pk, lot=lot)
    one.lot = lot
    return lot, one


def _links(request: Request, one: Outreach) -> dict[str, Any]:
    """What goes on a flyer, and what only the ambassador has."""
    page = reverse("lot:show", args=[one.lot_id])
    flyer = request.build_absolute_uri(f"{page}?{urlencode({'via': flyer_code(one.token)})}")
    secret = request.build_absolute_uri(reverse("lot:ambassador", args=[one.lot_id, one.token]))
    return {
        "measure": one, "runs": queries.runs(one, timezone.localdate()), "flyer": flyer, "secret": secret,
        "code": mark_safe(_qr(flyer)),  # noqa: S308 - our own drawing of our own address
    }  # fmt: skip


def _qr(link: str) -> str:
    """Large enough to be scanned from a screen; on paper it stays sharp."""
    import segno

    return str(segno.make(link, error="m", micro=False).svg_inline(scale=6, border=2, light="#fff"))
