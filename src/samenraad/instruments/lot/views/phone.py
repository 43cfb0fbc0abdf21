"""Somebody calls: find the letter, say the sentences, key in what is said."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samenraad.instruments.lot import access
from samenraad.instruments.lot.actions import replies as actions
from samenraad.instruments.lot.forms.replies import FindForm, PhoneForm
from samenraad.instruments.lot.models import Invitation, Lot
from samenraad.instruments.lot.queries import replies as queries
from samenraad.instruments.lot.views.around import around
from samenraad.people.middleware import Request
from samenraad.people.models import Channel
from samenraad.questionnaires.forms import WholeForm
from samenraad.questionnaires.queries import values_of
from samenraad.refusals import Refusal
from samenraad.texts import explain


def find(request: Request, step: int) -> HttpResponse:
    """By code or lot number one is there at once; a name and a postcode may give several people."""
    lot = access.keying_lot(request.person, step)
    form = FindForm(request.POST or None)
    found: list[Invitation] | None = None
    if form.is_valid():
        given = form.cleaned_data
        if given["code"]:
            one = queries.by_code(lot, given["code"], settings.CODE_KEY)
            found = [one] if one else []
        else:
            found = queries.by_name(lot, given["name"], given["postcode"])
        if len(found) == 1:
            return redirect("lot:phone_call", lot.pk, found[0].pk)
    closed = queries.why_closed(lot)
    context = {"form": form, "found": found, "closed": explain(closed) if closed else ""}
    return render(request, "lot/phone.html", around(lot) | context)


def call(request: Request, step: int, pk: int) -> HttpResponse:
    """The sentences to say, and all questions on one page."""
    lot = access.keying_lot(request.person, step)
    invitation = access.invitation(lot, pk)
    if invitation.person is None:
        return redirect("lot:phone", lot.pk)
    form = PhoneForm(request.POST or None, invitation=invitation)
    questions = questions_of(lot, request.POST if form.is_bound and form.is_yes() else None, invitation)
    if form.is_valid() and (not form.is_yes() or questions is None or questions.is_valid()):
        try:
            _keep(request, invitation, form, questions)
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
        else:
            messages.success(request, _("Kept. The lot number is {number}.").format(number=invitation.spoken_number))
            return redirect("lot:phone", lot.pk)
    context = {"invitation": invitation, "form": form, "questions": questions, "ask": queries.ask(lot),
        "shares_home": queries.shares_home(invitation),
    }  # fmt: skip
    return render(request, "lot/phone_call.html", around(lot) | context)


@require_POST
def take_back(request: Request, step: int, pk: int) -> HttpResponse:
    """Somebody wants no answer to stand, neither yes nor no."""
    lot = access.keying_lot(request.person, step)
    invitation = access.invitation(lot, pk)
    actions.take_back(invitation=invitation, channel=Channel.PHONE, keyed_by=request.person)
    messages.success(request, _("The answer is taken back. With the letter one can still answer."))
    return redirect("lot:phone_call", lot.pk, invitation.pk)


def questions_of(lot: Lot, data: Any, invitation: Invitation | None = None) -> WholeForm | None:
    """All questions on one page; nothing when nothing is asked."""
    if lot.questionnaire is None:
        return None
    before = values_of(invitation.answers) if invitation and invitation.answers else {}
    return WholeForm(data, questionnaire=lot.questionnaire, answers=before)


def _keep(request: Request, invitation: Invitation, form: PhoneForm, questions: WholeForm | None) -> None:
    how: dict[str, Any] = {"channel": Channel.PHONE, "keyed_by": request.person}
    given = form.cleaned_data
    if form.is_yes():
        actions.say_yes(invitation=invitation, values=questions.values if questions else {}, **how)
    else:
        actions.say_no(invitation=invitation, reason=given["reason"], curious=given["curious"], **how)
    actions.reach(invitation=invitation, **form.contact())
