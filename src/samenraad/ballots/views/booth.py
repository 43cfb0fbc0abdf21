"""The booth: in with a code, one last look, and the ballot goes into the box."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from samenraad.ballots import draft as drafts
from samenraad.ballots.actions import booth as actions
from samenraad.ballots.booth import NOBODY_THERE, in_booth, with_ballot
from samenraad.ballots.draft import Draft
from samenraad.ballots.forms.booth import EnterForm
from samenraad.ballots.logs import BOOTH
from samenraad.ballots.models import Vote
from samenraad.ballots.papers import paper_of
from samenraad.people.languages import for_everybody_invited
from samenraad.people.middleware import Request
from samenraad.people.rules import source_of
from samenraad.refusals import Refusal
from samenraad.texts import explain

#: what decides whether a step is open, and whose it is
STEP = ("kind", "opens", "closes", "concluded_at")


@in_booth
def enter(request: Request, code: str = "") -> HttpResponse:
    """One field for the code."""
    terminal, draft = "terminal" in request.GET, drafts.read(request)
    form = EnterForm(request.POST or None, initial={"code": code})
    if request.method == "POST" and form.is_valid():
        try:
            vote, entered = actions.enter(
                code=form.cleaned_data["code"], source=_source(request), draft=draft, terminal=terminal
            )
        except Refusal as refusal:
            form.add_error("code", explain(refusal))
        else:
            return drafts.keep(redirect(paper_of(vote.step).begin_url()), entered)
    context = {"form": form, "ready": bool(code), "terminal": terminal, "again": "again" in request.GET, "draft": draft}
    response = render(request, "ballots/booth_enter.html", context)
    return drafts.drop(request, response) if terminal else response


@for_everybody_invited
def code(request: Request, code: str) -> HttpResponse:
    """Where the QR of a letter leads: the code is filled in, one button goes on. Opening the address does nothing, for
    programs that look ahead open it too."""
    response = enter(request, code=code)
    response["Referrer-Policy"] = "strict-origin"
    return response


@with_ballot
def review(request: Request, draft: Draft) -> HttpResponse:
    """All answers once more, before anything is final."""
    vote = vote_of(draft)
    paper = paper_of(vote.step)
    context = {"vote": vote, "step": vote.step, "said": paper.said(draft.choices), "terminal": draft.terminal}
    return render(request, "ballots/booth_check.html", context)


@require_POST
@in_booth
def cast(request: Request) -> HttpResponse:
    """Pressed twice, or after a lost connection, it leads to the same receipt."""
    draft = drafts.read(request)
    if draft is None:
        return redirect(f"{reverse('ballots:enter')}?again=1")
    if not draft.tracker:
        draft = draft.cast(actions.cast(vote=vote_to_cast(draft), draft=draft))
    return drafts.keep(redirect("ballots:receipt"), draft)


@in_booth
def stop(request: Request) -> HttpResponse:
    """Out of the booth: without a ballot, or with the receipt in one's pocket. Nothing stays in the browser."""
    draft = drafts.read(request)
    if request.method == "POST" or draft is None:
        return drafts.drop(request, _out(draft))
    return render(request, "ballots/booth_stop.html", {"draft": draft, "terminal": draft.terminal})


def _out(draft: Draft | None) -> HttpResponse:
    if draft and draft.terminal:
        return redirect(f"{reverse('ballots:enter')}?terminal=1")
    vote = Vote.objects.filter(key=draft.vote).select_related("step__process").first() if draft else None
    if vote and vote.step.process.is_public:
        return redirect("processes:show", vote.step.process.slug)
    return redirect("site:home")


@in_booth
def still(request: Request) -> HttpResponse:
    """At a public terminal: is anybody there? Who does not answer is taken out."""
    draft = drafts.read(request)
    out = f"{reverse('ballots:enter')}?terminal=1"
    if draft is None:
        return redirect(out)
    asked = request.GET.get("next", "")
    on = asked if BOOTH.match(asked) else reverse("ballots:review")
    response = render(request, "ballots/booth_still.html", {"on": on, "seconds": NOBODY_THERE})
    response["Refresh"] = f"{NOBODY_THERE}; url={out}"
    return drafts.keep(response, draft)


def vote_of(draft: Draft) -> Vote:
    return get_object_or_404(Vote.objects.select_related("step__process__place"), key=draft.vote)


def vote_to_cast(draft: Draft) -> Vote:
    """No more of it than casting needs: on the last evening many press the button at once."""
    wanted = ("key", "rules", "frozen_at", "sealed_at", *(f"step__{name}" for name in STEP))
    return get_object_or_404(Vote.objects.select_related("step").only(*wanted), key=draft.vote)


def _source(request: Request) -> str:
    return source_of(get_adapter().get_client_ip(request), settings.CODE_KEY)
