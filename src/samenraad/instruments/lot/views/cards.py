"""Keying in reply cards: scan, key, next. Two people key each card."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samenraad.instruments.lot import access
from samenraad.instruments.lot.actions import cards as actions
from samenraad.instruments.lot.forms.replies import CardForm, ScanForm
from samenraad.instruments.lot.models import Card, Invitation, Lot
from samenraad.instruments.lot.queries import cards as queries
from samenraad.instruments.lot.queries.replies import by_code
from samenraad.instruments.lot.views.around import around
from samenraad.people.middleware import Request
from samenraad.questionnaires.forms import WholeForm
from samenraad.refusals import Refusal
from samenraad.texts import explain

DAY = "lot_card_day"


def scan(request: Request, step: int) -> HttpResponse:
    """The code of the next card, and which cards wait."""
    lot = access.keying_lot(request.person, step)
    form = ScanForm(request.POST or None)
    if form.is_valid():
        found = by_code(lot, form.cleaned_data["code"], settings.CODE_KEY)
        if found is not None:
            return redirect("lot:card", lot.pk, found.pk)
        form.add_error("code", _("There is no letter with this code. Look at the card once more."))
    context = {"form": form, "pile": queries.pile(lot, request.person)}
    return render(request, "lot/cards.html", around(lot) | context)


def key(request: Request, step: int, pk: int) -> HttpResponse:
    """One card, as this person reads it. What somebody else read stays out of sight."""
    lot = access.keying_lot(request.person, step)
    invitation = access.invitation(lot, pk)
    mine = Card.objects.filter(invitation=invitation, by=request.person).first()
    before = dict(mine.values) if mine else {}
    form, questions = _forms(request, lot, before)
    if _valid(form, questions) and request.person is not None:
        try:
            outcome = actions.key(invitation=invitation, by=request.person, values=_card(form, questions))
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
        else:
            request.session[DAY] = form.cleaned_data["day"].isoformat()
            return _next(request, lot, invitation, outcome)
    context = {"invitation": invitation, "form": form, "questions": questions, "mine": mine}
    return render(request, "lot/card.html", around(lot) | context)


def decide(request: Request, step: int, pk: int) -> HttpResponse:
    """Two people read it differently: side by side, with the card in hand."""
    lot = access.keying_lot(request.person, step)
    invitation = access.invitation(lot, pk)
    cards = list(Card.objects.filter(invitation=invitation).select_related("by").order_by("made_at", "pk")[:2])
    if len(cards) < 2:
        return redirect("lot:cards", lot.pk)
    first, second = cards
    form, questions = _forms(request, lot, dict(first.values))
    if _valid(form, questions) and request.person is not None:
        try:
            actions.decide(invitation=invitation, by=request.person, values=_card(form, questions))
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
        else:
            return _next(request, lot, invitation, actions.COUNTED)
    differences = queries.apart(lot, first.values, second.values)
    context = {"invitation": invitation, "form": form, "questions": questions, "differences": differences,
        "first": first, "second": second,
    }  # fmt: skip
    return render(request, "lot/card_differs.html", around(lot) | context)


def _forms(request: Request, lot: Lot, before: dict[str, Any]) -> tuple[CardForm, WholeForm | None]:
    asked = before.pop("q", {})
    day = {"day": request.session[DAY]} if DAY in request.session else {}
    form = CardForm(request.POST or None, initial=day | before)
    data = request.POST if form.is_bound and form.is_yes() else None
    questions = WholeForm(data, questionnaire=lot.questionnaire, answers=asked) if lot.questionnaire else None
    return form, questions


def _valid(form: CardForm, questions: WholeForm | None) -> bool:
    return form.is_valid() and (not form.is_yes() or questions is None or questions.is_valid())


def _card(form: CardForm, questions: WholeForm | None) -> dict[str, Any]:
    return form.card() | {"q": questions.values if questions and form.is_yes() else {}}


def _next(request: Request, lot: Lot, invitation: Invitation, outcome: str) -> HttpResponse:
    number = invitation.spoken_number
    if outcome == actions.COUNTED:
        messages.success(request, _("Card {number} counts.").format(number=number))
    elif outcome == actions.WAITS:
        messages.success(request, _("Card {number} is kept. Now a second person keys it.").format(number=number))
    else:
        messages.warning(request, _("Card {number} was read differently. Look at it once more.").format(number=number))
        return redirect("lot:card_differs", lot.pk, invitation.pk)
    return redirect("lot:cards", lot.pk)
