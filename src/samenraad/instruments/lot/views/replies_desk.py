"""What came in, and the answers that are set apart until somebody looks at them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samenraad.instruments.lot import access
from samenraad.instruments.lot.actions import replies as actions
from samenraad.instruments.lot.queries import cards, replies
from samenraad.instruments.lot.views.around import around
from samenraad.people.middleware import Request
from samenraad.refusals import Refusal
from samenraad.texts import explain


def overview(request: Request, step: int) -> HttpResponse:
    lot = access.keying_lot(request.person, step)
    closed = replies.why_closed(lot)
    context = {
        **around(lot), "rows": replies.came_in(lot),
        "reasons": replies.reasons(lot), "apart": replies.set_apart(lot), "pile": cards.pile(lot, request.person),
        "closed": explain(closed) if closed else "",
    }  # fmt: skip
    return render(request, "lot/replies.html", context)


@require_POST
def judge(request: Request, step: int, pk: int) -> HttpResponse:
    """Let it in, or throw it out."""
    lot = access.keying_lot(request.person, step)
    invitation = access.invitation(lot, pk)
    try:
        if "let_in" in request.POST:
            actions.let_in(invitation=invitation, by=request.person)
            messages.success(request, _("The answer counts now."))
        else:
            actions.throw_out(invitation=invitation, by=request.person)
            messages.success(request, _("The answer is thrown out. Who has the letter can still answer."))
    except Refusal as refusal:
        messages.error(request, explain(refusal))
    return redirect("lot:replies", lot.pk)


@require_POST
def try_out(request: Request, step: int) -> HttpResponse:
    """Walk through the pages as somebody with a letter. What is filled in never counts."""
    lot = access.desk_lot(request.person, step)
    if request.person is not None:
        actions.try_out(lot=lot, by=request.person)
    return redirect("lot:reply", lot.pk)
