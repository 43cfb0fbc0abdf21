"""The settings of a lot, its questions, and how many letters it takes."""

from __future__ import annotations

from math import inf

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samenraad.instruments.lot import access
from samenraad.instruments.lot.actions import plan as actions
from samenraad.instruments.lot.actions import profile
from samenraad.instruments.lot.forms.plan import PlanForm, SizeForm
from samenraad.instruments.lot.queries.reference import population
from samenraad.instruments.lot.rules.plan import margin_points
from samenraad.instruments.lot.views.around import around
from samenraad.methods.sortition.letters.how_many import LetterPlan, letter_plan
from samenraad.methods.sortition.letters.response import Response
from samenraad.methods.sortition.letters.strata import Stratum
from samenraad.people.middleware import Request
from samenraad.refusals import Refusal
from samenraad.texts import explain


def plan(request: Request, step: int) -> HttpResponse:
    """All settings on one page, in groups. The rules are locked once they are frozen."""
    lot = access.desk_lot(request.person, step)
    form = PlanForm(request.POST or None, instance=lot)
    if form.is_valid():
        try:
            actions.change(lot=lot, by=request.person, **form.cleaned_data)
            messages.success(request, _("The plan is saved."))
            return redirect("lot:desk", lot.pk) if lot.frozen_at else redirect("lot:groups", lot.pk)
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
    return render(request, "lot/plan.html", {**around(lot), "form": form})


@require_POST
def questions(request: Request, step: int) -> HttpResponse:
    """A ready-made questionnaire for this lot."""
    lot = access.desk_lot(request.person, step)
    try:
        made = profile.make(lot=lot, by=request.person)
    except Refusal as refusal:
        messages.error(request, explain(refusal))
        return redirect("lot:plan", lot.pk)
    messages.success(request, _("These questions go with your lot. Look them through."))
    return redirect("questionnaires:edit", made.pk)


def size(request: Request, step: int) -> HttpResponse:
    """How many letters bring enough people, and when that is too many for the town."""
    lot = access.desk_lot(request.person, step)
    start = {"seats": lot.seats, "people": population(lot), "per_seat": 4, "rate": 5}
    form = SizeForm(request.GET if "rate" in request.GET else None, initial=start)
    context = {**around(lot), "form": form}
    if form.is_valid():
        found = _letters(**form.cleaned_data)
        share = found.letters / form.cleaned_data["people"]
        large = next((one for one in found.notices if one.code == "sortition.large_share"), None)
        context |= {"found": found, "share": share, "large": large, "points": margin_points(form.cleaned_data["seats"]),
                    "seats": form.cleaned_data["seats"],
                    "short": round(found.expected) < form.cleaned_data["seats"]}  # fmt: skip
    return render(request, "lot/plan_size.html", context)


def _letters(seats: int, per_seat: float, rate: float, people: int) -> LetterPlan:
    everybody = Stratum((), people, Response(rate / 100, inf))
    return letter_plan([everybody], seats=seats, per_seat=per_seat)
