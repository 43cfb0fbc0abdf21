"""A lost letter: was its code used, and if not, another one."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from samenraad.ballots import access
from samenraad.ballots.actions import codes_lost as actions
from samenraad.ballots.actions import letters
from samenraad.ballots.actions.reading import Letter
from samenraad.ballots.forms.roll import CodeForm, NumberForm, ReplaceForm
from samenraad.ballots.models import Vote
from samenraad.ballots.queries.letter import front_language
from samenraad.ballots.views.around import around
from samenraad.people.middleware import Request
from samenraad.refusals import Refusal
from samenraad.texts import explain


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
def search(request: Request, key: str) -> HttpResponse:
    """First the number, then what can be done, then the new code: all in answers to forms, so that neither number nor
    code stands in an address."""
    vote = access.own_vote(request.person, key)
    if "seen" in request.POST:
        return _replaced(request, vote)
    form = NumberForm(request.POST or None)
    if not form.is_valid():
        return _page(request, vote, form=form)
    number = form.cleaned_data["number"]
    own = actions.given(vote, number)
    why = actions.why_not(vote, own)
    if why:
        return _page(request, vote, form=form, why=explain(why), found=bool(own))
    ask = ReplaceForm(initial={"number": number, "seen": len(own)})
    return _page(request, vote, form=form, found=True, ask=ask)


def _replaced(request: Request, vote: Vote) -> HttpResponse:
    ask = ReplaceForm(request.POST)
    if not ask.is_valid():
        return _page(request, vote, form=NumberForm(initial={"number": ask.data.get("number")}), ask=ask, found=True)
    given = ask.cleaned_data
    try:
        area, code = actions.replace(vote=vote, number=given["number"], seen=given["seen"], by=request.person)
    except Refusal as refusal:
        form = NumberForm(initial={"number": given["number"]})
        return _page(request, vote, form=form, why=explain(refusal), found=True)
    if given["how"] == "aloud":
        return render(request, "ballots/roll_new_code.html", around(vote) | {"code": code})
    address = {field: given[field] for field in ReplaceForm.ADDRESS}
    letter = Letter(code=code, area=area, language=front_language(""), large=given["large"], **address)
    letters.one_more(vote=vote, letter=letter)
    return render(request, "ballots/roll_new_code.html", around(vote) | {"code": ""})


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
def by_code(request: Request, key: str) -> HttpResponse:
    """A code that is known, but should not be used: read by others, or damaged."""
    vote = access.own_vote(request.person, key)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            code = actions.replace_code(vote=vote, code=form.cleaned_data["code"], by=request.person)
            return render(request, "ballots/roll_new_code.html", around(vote) | {"code": code})
        except Refusal as refusal:
            form.add_error("code", explain(refusal))
    return render(request, "ballots/roll_lost_code.html", around(vote) | {"form": form})


def _page(request: Request, vote: Vote, **context: object) -> HttpResponse:
    return render(request, "ballots/roll_lost.html", around(vote) | context)
