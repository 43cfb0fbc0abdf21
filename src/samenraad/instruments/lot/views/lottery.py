"""The organiser's pages of a draw: close the list, look at the lottery, publish it, enter what chance brought."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from samenraad.instruments.lot import access
from samenraad.instruments.lot.actions import draw as actions
from samenraad.instruments.lot.forms.draw import BeaconForm, CloseForm, DiceForm, OpenAgainForm, PhraseForm, SignForm
from samenraad.instruments.lot.models import Lot
from samenraad.instruments.lot.queries.draw import Scene, made, scene
from samenraad.instruments.lot.queries.lottery import draw_of, preparation, work_of
from samenraad.instruments.lot.views.around import around
from samenraad.methods.sortition.draw.randomness import BEACON, DICE, Announced
from samenraad.people.middleware import Request
from samenraad.people.models import Person
from samenraad.refusals import Refusal
from samenraad.texts import explain


@never_cache
def prepare(request: Request, step: int) -> HttpResponse:
    """The checks before; then the lottery that was made."""
    lot = access.desk_lot(request.person, step)
    draw = draw_of(lot)
    found = preparation(lot) if draw is None else None
    form = CloseForm(request.POST or None, early=bool(found and found.open_until))
    refused = ""
    if request.method == "POST" and form.is_valid() and request.person:
        try:
            actions.make(lot=lot, by=request.person, reason=form.cleaned_data.get("reason", ""))
            return _to_the_work(lot)
        except Refusal as refusal:
            refused = explain(refusal)
    context = around(lot) | {"draw": draw, "found": found, "form": form, "refused": refused}
    if draw is not None:
        work = work_of(lot)
        why = explain(Refusal(work.code, **work.facts)) if work and work.code else ""
        underway = bool(work and work.is_underway)
        context |= {"work": work, "why": why, "underway": underway, "about": made(lot)}
    return render(request, "lot/lottery.html", context, status=409 if refused else 200)


def _to_the_work(lot: Lot) -> HttpResponse:
    work = work_of(lot)
    return redirect("processes:work", lot.pk, work.pk) if work else redirect("lot:lottery", lot.pk)


@never_cache
def unfreeze(request: Request, step: int) -> HttpResponse:
    """Open the list again, with a public reason."""
    lot = access.desk_lot(request.person, step)
    access.draw(lot)
    form = OpenAgainForm(request.POST or None)
    if form.is_valid() and request.person:
        try:
            actions.unfreeze(lot=lot, reason=form.cleaned_data["reason"], by=request.person)
            messages.success(request, _("The list is open again. What was made of it is thrown away."))
            return redirect("lot:lottery", lot.pk)
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
    return render(request, "lot/unfreeze.html", around(lot) | {"form": form})


@never_cache
def publish(request: Request, step: int) -> HttpResponse:
    """Look once more; one click makes it public for good."""
    lot = access.desk_lot(request.person, step)
    about, refused = made(lot), ""
    if about is None or (about.draw and about.draw.published_at):
        return redirect("lot:lottery", lot.pk)
    if request.method == "POST" and request.person:
        try:
            actions.publish(lot=lot, by=request.person)
            messages.success(request, _("The panels are public. Put the seal in the announcement, on paper too."))
            return redirect("lot:draw", lot.pk)
        except Refusal as refusal:
            refused = explain(refusal)
    context = around(lot) | {"about": about, "refused": refused}
    return render(request, "lot/publish.html", context, status=409 if refused else 200)


def chance_form(about: Scene, data: Any = None) -> Any:
    """The form for what was announced: dice, phrases, or the value of a beacon."""
    if about.kind == DICE:
        return DiceForm(data, dice=about.dice, initial={"seen": len(about.throws)})
    if about.kind == BEACON:
        return BeaconForm(data, announced=Announced(**about.said))
    return PhraseForm(data)


@never_cache
def throw(request: Request, step: int) -> HttpResponse:
    """Enter it, look at it once more, and then it is the draw."""
    lot = access.desk_lot(request.person, step)
    about = scene(lot)
    if about.state != "public":
        if about.state == "before":
            messages.error(request, explain(Refusal("lot.lottery_not_public")))
        return redirect("lot:draw" if about.state == "drawn" else "lot:lottery", lot.pk)
    form, refused = chance_form(about, request.POST or None), ""
    good = form.is_valid()
    if good and request.POST.get("do") == "draw" and request.person:
        try:
            return _held(request, lot, form, request.person)
        except Refusal as refusal:
            refused = explain(refusal)
    context = around(lot) | {"about": about, "form": form, "review": good, "refused": refused}
    return render(request, "lot/throw.html", context, status=409 if refused else 200)


def _held(request: Request, lot: Lot, form: Any, by: Person) -> HttpResponse:
    if isinstance(form, DiceForm):
        seen = form.cleaned_data["seen"]
        draw = actions.throw(lot=lot, digits=form.digits, throwers=form.told, seen=seen, by=by)
    else:
        draw = actions.hold(lot=lot, chance=form.chance, told=form.told, by=by)
    if draw.number is None:
        messages.warning(request, _("That number is too high: there is no such panel. Throw all dice again."))
    return redirect("lot:draw", lot.pk)


@never_cache
def sign(request: Request, step: int) -> HttpResponse:
    """Who saw it."""
    lot = access.desk_lot(request.person, step)
    about = scene(lot)
    if about.draw is None or about.state != "drawn":
        return redirect("lot:draw", lot.pk)
    names = {"witnesses": about.draw.witnesses, "throwers": "\n".join(about.told_by)}
    form = SignForm(request.POST or None, initial={**names, "agreed": bool(about.draw.witnesses)})
    if form.is_valid() and request.person:
        actions.sign(lot=lot, witnesses=form.cleaned_data["witnesses"], throwers=form.told, by=request.person)
        messages.success(request, _("The names stand on the page of the draw."))
        return redirect("lot:draw", lot.pk)
    return render(request, "lot/sign.html", around(lot) | {"form": form, "about": about})
