"""Check it yourself: the way in, receipts, and the lines of the board."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from samenraad.ballots import access
from samenraad.ballots.forms.board import FindForm, ReceiptForm
from samenraad.ballots.models import Vote
from samenraad.ballots.queries import board as queries
from samenraad.ballots.queries import checking
from samenraad.people.middleware import Request
from samenraad.processes.access import is_officer
from samenraad.refusals import Refusal
from samenraad.texts import explain


def around(vote: Vote) -> dict[str, Any]:
    """What every page of a vote shows around its own subject."""
    return {"vote": vote, "step": vote.step, "process": vote.step.process}


def check(request: Request, key: str) -> HttpResponse:
    vote = access.public_vote(request.person, key)
    context = {**around(vote), "form": FindForm(), "standing": checking.standing(vote)}
    context["organises"] = is_officer(request.person, vote.step.process)
    return render(request, "ballots/check.html", context)


@never_cache
def find(request: Request, key: str) -> HttpResponse:
    """One receipt, by its letters."""
    vote = access.public_vote(request.person, key)
    form = FindForm(request.GET if "tracker" in request.GET else None)
    found = None
    if form.is_valid():
        try:
            found = queries.find(vote, form.cleaned_data["tracker"])
        except Refusal as refusal:
            form.add_error("tracker", explain(refusal))
    context = {**around(vote), "form": form, "found": found, "file_form": ReceiptForm()}
    return render(request, "ballots/check_receipt.html", context)


@never_cache
def look(request: Request, key: str) -> HttpResponse:
    """A receipt file is held beside the board, in memory only."""
    vote = access.public_vote(request.person, key)
    if vote.sealed_at is None:
        raise Refusal("ballots.not_yet")
    sent = request.method == "POST"
    form = ReceiptForm(request.POST if sent else None, request.FILES if sent else None)
    looked = None
    if form.is_valid():
        try:
            looked, form = queries.look(vote, form.cleaned_data["receipt"]), ReceiptForm()
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
    return render(request, "ballots/check_file.html", {**around(vote), "form": form, "looked": looked})


def lines(request: Request, key: str) -> HttpResponse:
    vote = access.public_vote(request.person, key)
    page = queries.page(vote, request.GET.get("page"))
    context = {**around(vote), "page": page, "rows": queries.rows(vote, page)}
    return render(request, "ballots/board.html", context)


def line(request: Request, key: str, number: int) -> HttpResponse:
    vote = access.public_vote(request.person, key)
    row, one = queries.line_of(vote, number)
    return render(request, "ballots/board_line.html", {**around(vote), "row": row, "line": one})
