"""The voting letters: their words, making them, putting them in piles, and those that came back."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from samenraad.ballots import access
from samenraad.ballots.actions import letters as actions
from samenraad.ballots.forms.roll import BackForm, MailingForm
from samenraad.ballots.models import Mailing
from samenraad.ballots.queries import letter as wording
from samenraad.ballots.queries import roll as queries
from samenraad.ballots.views.around import around
from samenraad.people.middleware import Request
from samenraad.texts import explain


@never_cache
def show(request: Request, key: str) -> HttpResponse:
    vote = access.own_vote(request.person, key)
    why, known = actions.why_not(vote), wording.facts(vote)
    context = {
        "letters": queries.letters(vote), "why_not": explain(why) if why else "", "working": queries.working(vote),
        "missing": wording.missing(known), "returned": known.mailing.returned, "load": queries.the_roll(vote),
        "back_form": BackForm(initial={"seen": known.mailing.returned}),
    }  # fmt: skip
    return render(request, "ballots/roll_letters.html", around(vote) | context)


@require_POST
def make(request: Request, key: str) -> HttpResponse:
    vote = access.own_vote(request.person, key)
    work = actions.begin(vote=vote, by=request.person)
    return redirect("processes:work", vote.step_id, work.pk)


@require_POST
def piles(request: Request, key: str) -> HttpResponse:
    vote = access.own_vote(request.person, key)
    work = actions.begin_piles(vote=vote, by=request.person)
    return redirect("processes:work", vote.step_id, work.pk)


@require_POST
def back(request: Request, key: str) -> HttpResponse:
    """Letters that came back are counted."""
    vote = access.own_vote(request.person, key)
    form = BackForm(request.POST)
    if form.is_valid():
        actions.came_back(vote=vote, by=request.person, **form.cleaned_data)
        messages.success(request, _("Counted."))
    else:
        messages.error(request, _("Give a number of letters, at least 1."))
    return redirect("ballots:letters", vote.key)


@never_cache
def text(request: Request, key: str) -> HttpResponse:
    """What the letter says, front and back, and what can be written in it."""
    vote = access.own_vote(request.person, key)
    mailing = Mailing.objects.filter(vote=vote).first() or Mailing(vote=vote)
    form = MailingForm(request.POST or None, instance=mailing)
    if form.is_valid():
        actions.write(vote=vote, by=request.person, **form.cleaned_data)
        messages.success(request, _("Saved. Letters that are made from now on say this."))
        return redirect("ballots:letter_text", vote.key)
    known, language = wording.facts(vote), _language(request)
    front, behind = wording.sides(known, language)
    context = {
        "form": form, "front": front, "back": behind, "language": language, "languages": settings.LETTER_LANGUAGES,
        "missing": wording.missing(known),
    }  # fmt: skip
    return render(request, "ballots/roll_letter_text.html", around(vote) | context)


def specimen(request: Request, key: str) -> HttpResponse:
    """One letter to somebody who does not exist, as it will be printed."""
    vote = access.own_vote(request.person, key)
    document = wording.specimen(wording.facts(vote), _language(request), bool(request.GET.get("large")))
    headers = {"Content-Disposition": 'inline; filename="specimen.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(document, content_type="application/pdf", headers=headers)


def _language(request: Request) -> str:
    return wording.front_language(request.GET.get("language", settings.LANGUAGE_CODE))


def of_step(request: Request, step: int) -> HttpResponse:
    return redirect("ballots:letters", access.vote_of(request.person, step).key)
