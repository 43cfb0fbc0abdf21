"""After the ballot: the receipt, its file for who wants it, and word of what comes of it."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from samenraad.ballots import draft as drafts
from samenraad.ballots.actions import booth as actions
from samenraad.ballots.booth import with_receipt
from samenraad.ballots.draft import Draft
from samenraad.ballots.forms.booth import InformedForm
from samenraad.ballots.queries import booth as queries
from samenraad.ballots.views.booth import vote_of
from samenraad.people.middleware import Request
from samenraad.refusals import Refusal


@with_receipt
def receipt(request: Request, draft: Draft) -> HttpResponse:
    return _receipt(request, draft, InformedForm())


def _receipt(request: Request, draft: Draft, form: InformedForm) -> HttpResponse:
    vote = vote_of(draft)
    context = {
        "vote": vote,
        "step": vote.step,
        "draft": draft,
        "form": form,
        "receipt": queries.receipt(vote, draft.tracker),
        "terminal": draft.terminal,
    }
    return render(request, "ballots/receipt.html", context)


@with_receipt
def receipt_file(request: Request, draft: Draft) -> HttpResponse:
    """With this file one finds one's own slips after the vote. It proves to others what one voted."""
    if draft.terminal:
        raise Refusal("ballots.no_file_here")
    vote = vote_of(draft)
    sealed = actions.sealed(vote, draft)
    facts = {
        "vote": vote.key,
        "tracker": sealed.tracker,
        "secret": sealed.secret,
        "slips": [{"about": slip.about, "value": slip.value, "nonce": slip.nonce} for slip in sealed.slips],
    }
    response = JsonResponse(facts, json_dumps_params={"indent": 1})
    response["Content-Disposition"] = f'attachment; filename="receipt-{vote.key}.json"'
    return response


@require_POST
@with_receipt
def informed(request: Request, draft: Draft) -> HttpResponse:
    """An address, kept apart from the vote: it lies in another database, with a day and no time."""
    form = InformedForm(request.POST)
    if not form.is_valid():
        return _receipt(request, draft, form)
    reach = {name: form.cleaned_data.get(name, "") for name in ("email", "phone")}
    if not draft.told:
        actions.keep_informed(step=vote_of(draft).step, language=(get_language() or "nl")[:2], **reach)
    return drafts.keep(redirect("ballots:receipt"), draft.with_word())
