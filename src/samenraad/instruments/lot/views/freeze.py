"""The rules before they freeze, as one text; and after that, for everybody."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samenraad.instruments.lot import access
from samenraad.instruments.lot.actions import freeze as actions
from samenraad.instruments.lot.queries import frozen as queries
from samenraad.instruments.lot.views.around import around
from samenraad.people.middleware import Request
from samenraad.processes.access import is_officer
from samenraad.refusals import Refusal
from samenraad.texts import explain


def freeze(request: Request, step: int) -> HttpResponse:
    """Everything that will be public, as everybody will read it; then one click."""
    lot = access.desk_lot(request.person, step)
    if lot.frozen_at:
        return redirect("lot:rules", lot.pk)
    if request.method == "POST":
        try:
            actions.freeze(lot=lot, by=request.person)
            messages.success(request, _("The rules are frozen. Everybody can read them here."))
            return redirect("lot:rules", lot.pk)
        except Refusal as refusal:
            messages.error(request, explain(refusal))
            return redirect("lot:freeze", lot.pk)
    context = {
        **around(lot), "shown": queries.shown(queries.facts(lot, timezone.now())),
        "missing": [explain(refusal) for refusal in queries.missing(lot)], "left_open": queries.left_open(lot),
    }  # fmt: skip
    return render(request, "lot/plan_freeze.html", context)


def rules(request: Request, step: int) -> HttpResponse:
    """The frozen rules, for everybody."""
    lot = access.open_lot(request.person, step)
    if not lot.frozen_at:
        raise Http404
    shown = queries.shown(lot.rules)
    context = {
        **around(lot), "shown": shown, "intact": shown.sha256 == lot.digest,
        "organises": is_officer(request.person, lot.step.process),
    }  # fmt: skip
    return render(request, "lot/plan_rules.html", context)


def rules_json(request: Request, step: int) -> HttpResponse:
    """The very bytes of which the fingerprint is published."""
    lot = access.open_lot(request.person, step)
    if not lot.frozen_at:
        raise Http404
    response = HttpResponse(queries.text(lot.rules), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="lot-{lot.pk}-rules.json"'
    return response
