"""Groups and their seats: chosen from the figures, changed by hand, checked while one types."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samenraad.instruments.lot import access
from samenraad.instruments.lot.actions import groups as actions
from samenraad.instruments.lot.forms.groups import (
    ChooseForm,
    DimensionForm,
    LimitsForm,
    LineSet,
    MarginForm,
    TriedForm,
    asked,
    lines_of,
)
from samenraad.instruments.lot.models import Dimension, Lot, Value
from samenraad.instruments.lot.queries import feasibility, reference
from samenraad.instruments.lot.queries.groups import silent, tables
from samenraad.instruments.lot.rules.plan import margin_points
from samenraad.instruments.lot.views.around import around
from samenraad.people.middleware import Request
from samenraad.refusals import Refusal
from samenraad.texts import explain


def groups(request: Request, step: int) -> HttpResponse:
    """The seats of every group in one table, and below it whether they can be filled."""
    lot = access.desk_lot(request.person, step)
    found = tables(lot)
    form = LimitsForm(request.POST or None, tables=found, frozen=lot.is_frozen)
    if form.is_valid():
        try:
            _keep(request, lot, form)
            return redirect("lot:groups", lot.pk)
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
    context = {
        **around(lot), "tables": found, "form": form, "margin": MarginForm(auto_id="margin_%s"),
        "measured": [table for table in found if not table.dimension.has_quotas],
        "points": margin_points(lot.seats) if lot.seats else None, **_checked(lot, form.limits),
    }  # fmt: skip
    return render(request, "lot/groups.html", context)


def _keep(request: Request, lot: Lot, form: LimitsForm) -> None:
    """As typed, or with the change of which the button was pressed: it is worked out again here."""
    limits, pressed = form.limits, request.POST.get("way", "")
    if pressed.isdecimal():
        found = feasibility.check(lot, limits)
        ways = {str(way.number): way for way in found.ways} if found else {}
        if pressed in ways:
            limits = dict(ways[pressed].limits)
            messages.success(request, _("Changed: {change}").format(change=ways[pressed].sentence))
    actions.set_limits(lot=lot, limits=limits, by=request.person)
    if not pressed:
        messages.success(request, _("The seats are saved."))


def _checked(lot: Lot, limits: feasibility.Limits) -> dict[str, Any]:
    try:
        return {"check": feasibility.check(lot, limits)}
    except Refusal as refusal:
        return {"check_refused": explain(refusal)}


@require_POST
def check(request: Request, step: int) -> HttpResponse:
    """What a change would mean, before it is saved: the part of the page that scripts put in its place."""
    lot = access.desk_lot(request.person, step)
    form = LimitsForm(request.POST, tables=tables(lot), frozen=lot.is_frozen)
    found = _checked(lot, form.limits) if form.is_valid() else {"check_refused": _first_error(form)}
    return render(request, "lot/groups_check.html", {**around(lot), **found})


def _first_error(form: LimitsForm) -> str:
    return next(f"{form.fields[name].label}: {errors[0]}" for name, errors in form.errors.items())


def choose(request: Request, step: int) -> HttpResponse:
    """From the figures of the place."""
    lot = access.desk_lot(request.person, step)
    there = set(lot.dimensions.values_list("key", flat=True))
    known = [one for one in reference.known(lot) if one.key not in there]
    form = ChooseForm(request.POST or None, known=known, questions=asked(lot))
    if form.is_valid():
        try:
            actions.choose(lot=lot, chosen=form.chosen, margin=form.cleaned_data["margin"], by=request.person)
            return redirect("lot:groups", lot.pk)
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
    return render(request, "lot/groups_choose.html", {**around(lot), "form": form, "known": known})


@require_POST
def share(request: Request, step: int) -> HttpResponse:
    """All seats again in proportion."""
    lot = access.desk_lot(request.person, step)
    form = MarginForm(request.POST)
    try:
        if form.is_valid():
            actions.share_seats(lot=lot, margin=form.cleaned_data["margin"], by=request.person)
            messages.success(request, _("The seats follow the figures of the town."))
    except Refusal as refusal:
        messages.error(request, explain(refusal))
    return redirect("lot:groups", lot.pk)


def dimension(request: Request, step: int, pk: int | None = None) -> HttpResponse:
    """One of one's own, or another look at one that is there."""
    lot = access.desk_lot(request.person, step)
    found = get_object_or_404(Dimension, pk=pk, lot=lot) if pk else None
    form = DimensionForm(request.POST or None, lot=lot, dimension=found)
    lines = LineSet(request.POST or None, initial=lines_of(found), prefix="line")
    if form.is_valid() and lines.is_valid():
        try:
            given = [line.line for line in lines if line.has_changed() or line.initial]
            actions.save(lot=lot, dimension=found, wish=form.wish, lines=given, by=request.person)
            return redirect("lot:groups", lot.pk)
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
    return render(request, "lot/groups_dimension.html", {**around(lot), "form": form, "lines": lines, "found": found})


@require_POST
def remove(request: Request, step: int, pk: int) -> HttpResponse:
    lot = access.desk_lot(request.person, step)
    try:
        actions.remove(lot=lot, dimension=get_object_or_404(Dimension, pk=pk, lot=lot), by=request.person)
    except Refusal as refusal:
        messages.error(request, explain(refusal))
    return redirect("lot:groups", lot.pk)


def tried(request: Request, step: int) -> HttpResponse:
    """Groups of which nobody said yes: what was done to reach them."""
    lot = access.desk_lot(request.person, step)
    found = silent(lot)
    forms = [
        (one, TriedForm(request.POST if request.POST.get("value") == str(one.value.pk) else None,
                        prefix=str(one.value.pk), initial={"text": one.value.tried}))
        for one in found
    ]  # fmt: skip
    for one, form in forms:
        if form.is_valid():
            value = get_object_or_404(Value, pk=one.value.pk, dimension__lot=lot)
            actions.record_tried(lot=lot, value=value, text=form.cleaned_data["text"], by=request.person)
            messages.success(request, _("Written down for {group}.").format(group=value))
            return redirect("lot:tried", lot.pk)
    return render(request, "lot/groups_tried.html", {**around(lot), "forms": forms})
