"""The books: do roll and box agree? And the seal."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from samenraad.ballots import access
from samenraad.ballots.actions.ticking import seals_at
from samenraad.ballots.jobs import Kind
from samenraad.ballots.models import Vote
from samenraad.ballots.queries import accounts
from samenraad.ballots.queries.books import Books, books, published
from samenraad.ballots.views.around import around
from samenraad.people.middleware import Request
from samenraad.processes.actions.work import start
from samenraad.processes.queries import underway
from samenraad.refusals import Refusal


def public(request: Request, key: str) -> HttpResponse:
    """For everybody, from the moment the box is sealed: as it stands on the public board."""
    vote = access.public_vote(request.person, key)
    found = published(vote)
    context = {"vote": vote, "step": vote.step, "process": vote.step.process, **(_told(vote, found) if found else {})}
    return render(request, "ballots/books.html", context)


@never_cache
def desk(request: Request, key: str) -> HttpResponse:
    """For the desk, at any moment: how many, never what."""
    vote = access.paper_vote(request.person, key)
    found = (published(vote) if vote.sealed_at else None) or books(vote)
    context = {**around(vote), **_told(vote, found), "over": _is_over(vote)}
    if context["over"] and not vote.sealed_at:
        context |= {"seals_at": seals_at(vote), "work": underway(vote.step, Kind.SEAL).first()}
    return render(request, "ballots/books_desk.html", context)


def of_step(request: Request, step: int) -> HttpResponse:
    """Where the work in the background leads: it knows the step."""
    return redirect("ballots:books_desk", access.vote_of(request.person, step).key)


@never_cache
def seal(request: Request, key: str) -> HttpResponse:
    """What will happen, once; then it happens, in the background."""
    vote = access.own_vote(request.person, key)
    if vote.sealed_at:
        return redirect("ballots:books_desk", key)
    if not _is_over(vote):
        raise Refusal("ballots.not_over")
    if request.method == "POST":
        work = start(step=vote.step, kind=Kind.SEAL, by=request.person)
        return redirect(reverse("processes:work", args=[vote.step_id, work.pk]))
    return render(request, "ballots/seal.html", {**around(vote), **_told(vote, books(vote))})


def _told(vote: Vote, found: Books) -> dict[str, Any]:
    return {
        "books": found,
        "checks": accounts.checks(found),
        "turned": accounts.turned(found),
        "stubs": accounts.stubs(found),
        "about": accounts.about(vote, found),
    }


def _is_over(vote: Vote) -> bool:
    """Frozen, and after its last day."""
    closes = vote.step.closes
    return vote.frozen_at is not None and closes is not None and closes <= timezone.now()
