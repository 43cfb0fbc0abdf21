"""Answering the letter on the website: short pages, no account, no JavaScript, four languages."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from samenraad.discussion.access import source
from samenraad.instruments.lot import access
from samenraad.instruments.lot.actions import replies as actions
from samenraad.instruments.lot.actions.outreach import remember, remembered
from samenraad.instruments.lot.forms.replies import NoForm, ReachForm, Watched
from samenraad.instruments.lot.models import Invitation, Lot
from samenraad.instruments.lot.queries import replies as queries
from samenraad.instruments.lot.views.around import around
from samenraad.people.languages import for_everybody_invited
from samenraad.people.middleware import Request
from samenraad.questionnaires import actions as questionnaires
from samenraad.questionnaires import filling
from samenraad.refusals import Refusal
from samenraad.texts import explain

BEGAN = "lot_began"
View = Callable[..., HttpResponse]


def with_letter(view: View) -> View:
    """For who opened their letter; everybody else first fills in the code. What is closed is told on the first page."""

    @for_everybody_invited
    @never_cache
    @wraps(view)
    def page(request: Request, step: int, **more: Any) -> HttpResponse:
        lot = access.open_lot(request.person, step)
        if "via" in request.GET:
            remember(request, request.GET["via"])
        invitation = queries.mine(lot, request.person)
        if invitation is None:
            return _to_the_letter(request, lot)
        request.session.setdefault(f"{BEGAN}:{lot.pk}", time.time())
        if view.__name__ != "reply" and queries.why_closed(lot):
            return redirect("lot:reply", lot.pk)
        return view(request, lot, invitation, **more)

    return page


def _to_the_letter(request: Request, lot: Lot) -> HttpResponse:
    if request.person is not None:
        messages.info(request, _("These pages are for who got a letter. Fill in the code in your letter."))
    via = request.GET.get("via", "")
    back = reverse("lot:reply", args=[lot.pk]) + (f"?{urlencode({'via': via})}" if via else "")
    return redirect(f"{reverse('people:letter')}?{urlencode({'next': back})}")


@with_letter
def reply(request: Request, lot: Lot, invitation: Invitation) -> HttpResponse:
    """What is asked, in five lines, and the two buttons; or what was answered, and why it stays as it is."""
    closed = queries.why_closed(lot)
    if closed is None and invitation.reply:
        return redirect("lot:reply_receipt", lot.pk)
    context = {"ask": queries.ask(lot), "closed": explain(closed) if closed else ""}
    return _page(request, "reply_closed" if closed else "reply", lot, invitation, context)


@require_POST
@with_letter
def yes(request: Request, lot: Lot, invitation: Invitation) -> HttpResponse:
    """The questions begin; it is no answer before the last page is sent."""
    answers = actions.begin(invitation=invitation, language=get_language() or "nl")
    return redirect("lot:reply_page", lot.pk, 1) if answers else redirect("lot:reply_reach", lot.pk)


@with_letter
def page(request: Request, lot: Lot, invitation: Invitation, number: int) -> HttpResponse:
    """One page of questions. Whatever can be read is kept, also when something else on the page is wrong."""
    answers = invitation.answers
    if answers is None:
        return redirect("lot:reply", lot.pk)
    found = filling.page(answers, number, request.POST or None)
    if found is None:
        return redirect("lot:reply_reach", lot.pk)
    if request.method == "POST":
        try:
            wrong = questionnaires.keep(answers=answers, values=found.form.given())
        except Refusal as refusal:
            found.form.add_error(None, explain(refusal))
        else:
            if not wrong:
                return _after(request, lot, number)
            found.form.refuse(wrong)
    context = {"page": found, "form": found.form, "number": number, "of": found.of + 2}
    return _page(request, "reply_page", lot, invitation, context)


def _after(request: Request, lot: Lot, number: int) -> HttpResponse:
    if "later" in request.POST:
        messages.success(request, _("Kept. With the code in your letter you go on later, also on another device."))
        return redirect("lot:reply", lot.pk)
    if "back" in request.POST:
        return redirect("lot:reply_page", lot.pk, number - 1) if number > 1 else redirect("lot:reply", lot.pk)
    if request.GET.get("then") == "check":
        return redirect("lot:reply_check", lot.pk)
    return redirect("lot:reply_page", lot.pk, number + 1)


@with_letter
def reach(request: Request, lot: Lot, invitation: Invitation) -> HttpResponse:
    """How we reach somebody. Nothing of it is needed."""
    pages = _pages(invitation)
    form = ReachForm(request.POST or None, invitation=invitation)
    if form.is_valid():
        actions.reach(invitation=invitation, **form.cleaned_data)
        if "back" in request.POST:
            return (
                redirect("lot:reply_page", lot.pk, _pages(invitation))
                if _pages(invitation)
                else redirect("lot:reply", lot.pk)
            )
        return redirect("lot:reply_check", lot.pk)
    pages = _pages(invitation)
    return _page(request, "reply_reach", lot, invitation, {"form": form, "number": pages + 1, "of": pages + 2})


@with_letter
def check(request: Request, lot: Lot, invitation: Invitation) -> HttpResponse:
    """All of it once more; then it is sent."""
    form = Watched(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            outreach = remembered(request, lot)
            actions.say_yes(invitation=invitation, doubt=_doubt(request, invitation, form), outreach=outreach)
            return redirect("lot:reply_receipt", lot.pk)
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
    if lot.questionnaire and invitation.answers is None:
        return redirect("lot:reply", lot.pk)
    rows = filling.rows(invitation.answers) if invitation.answers else []
    pages = _pages(invitation)
    context = {"form": form, "rows": rows, "missing": [row for row in rows if row.missing],
        "number": pages + 2, "of": pages + 2,
    }  # fmt: skip
    return _page(request, "reply_check", lot, invitation, context)


@with_letter
def no(request: Request, lot: Lot, invitation: Invitation) -> HttpResponse:
    """One reason, if one wants, and whether the result is welcome."""
    initial = {"reason": invitation.reason, "curious": invitation.curious}
    form = NoForm(request.POST or None, initial=initial)
    if form.is_valid():
        given, outreach = form.cleaned_data, remembered(request, lot)
        actions.say_no(
            invitation=invitation, reason=given["reason"], curious=given["curious"],
            doubt=_doubt(request, invitation, form), outreach=outreach,
        )  # fmt: skip
        return redirect("lot:reply_receipt", lot.pk)
    return _page(request, "reply_no", lot, invitation, {"form": form})


@with_letter
def receipt(request: Request, lot: Lot, invitation: Invitation) -> HttpResponse:
    """What we have, the lot number, what happens next, and how to change it. Can be printed."""
    if not invitation.reply:
        return redirect("lot:reply", lot.pk)
    rows = filling.rows(invitation.answers) if invitation.answers and invitation.reply == "yes" else []
    return _page(request, "reply_receipt", lot, invitation, {"rows": rows, "missing": [r for r in rows if r.missing]})


def _doubt(request: Request, invitation: Invitation, form: Watched) -> str:
    """Only of a first answer: who answered before was looked at already."""
    if invitation.reply or invitation.test:
        return ""
    seconds = time.time() - request.session.get(f"{BEGAN}:{invitation.lot_id}", time.time())
    return actions.watch(lot=invitation.lot, source=source(request), trap=form.trapped, seconds=seconds)


def _pages(invitation: Invitation) -> int:
    return len(filling.road(invitation.answers)) if invitation.answers else 0


def _page(request: Request, name: str, lot: Lot, invitation: Invitation, more: dict[str, Any]) -> HttpResponse:
    context = {**around(lot), "invitation": invitation,
        "shares_home": queries.shares_home(invitation), **more,
    }  # fmt: skip
    return render(request, f"lot/{name}.html", context)
