"""Checkpoints: to read, to print in the minutes, and to get by e-mail."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from samenraad.ballots import access
from samenraad.ballots.actions import subscribing as actions
from samenraad.ballots.forms.board import CommitteeForm, SubscribeForm
from samenraad.ballots.queries import board as queries
from samenraad.ballots.views.board import around
from samenraad.people.middleware import Request
from samenraad.refusals import Refusal
from samenraad.texts import explain


def show(request: Request, key: str) -> HttpResponse:
    vote = access.public_vote(request.person, key)
    page = queries.marks_page(vote, request.GET.get("page"))
    shown = [queries.as_mark(checkpoint) for checkpoint in page]
    return render(request, "ballots/checkpoints.html", {**around(vote), "page": page, "marks": shown})


def subscribe(request: Request, key: str) -> HttpResponse:
    """Whoever asks gets the same answer: nobody learns here which addresses we know."""
    vote = access.public_vote(request.person, key)
    form = SubscribeForm(request.POST or None)
    sent = False
    if form.is_valid():
        try:
            actions.ask(vote=vote, email=form.cleaned_data["email"])
            sent = True
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
    return render(request, "ballots/subscribe.html", {**around(vote), "form": form, "sent": sent})


@never_cache
def subscription(request: Request, key: str, token: str) -> HttpResponse:
    """Confirm it or stop it, with a button: some mail programs open every link by themselves."""
    vote = access.public_vote(request.person, key)
    subscriber = vote.subscribers.filter(token=token).first()
    done = ""
    if subscriber and request.method == "POST":
        done = "stopped" if request.POST.get("do") == "stop" else "confirmed"
        if done == "stopped":
            actions.stop(subscriber=subscriber)
        else:
            actions.confirm(subscriber=subscriber)
    context = {**around(vote), "subscriber": subscriber, "done": done}
    return render(request, "ballots/subscription.html", context)


def committee(request: Request, key: str) -> HttpResponse:
    """The organiser writes down the mailboxes of the supervision committee."""
    vote = access.own_vote(request.person, key)
    form = CommitteeForm(request.POST or None)
    if form.is_valid():
        actions.appoint(vote=vote, **form.cleaned_data, by=request.person)
        messages.success(request, _("Saved. Every checkpoint goes there from now on."))
        return redirect("ballots:committee", vote.key)
    members = vote.subscribers.filter(committee=True).order_by("name", "email")
    others = vote.subscribers.filter(committee=False, confirmed=True).count()
    context = {
        **around(vote),
        "form": form,
        "members": members,
        "others": others,
        "step_url": vote.step.card.desk_url(vote.step),
    }
    return render(request, "ballots/committee.html", context)


@require_POST
def dismiss(request: Request, key: str, pk: int) -> HttpResponse:
    vote = access.own_vote(request.person, key)
    subscriber = vote.subscribers.filter(pk=pk, committee=True).first()
    if subscriber:
        actions.dismiss(subscriber=subscriber, by=request.person)
        messages.success(request, _("Taken off the list."))
    return redirect("ballots:committee", vote.key)
