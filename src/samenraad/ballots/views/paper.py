"""Paper: printing the ballots, the desk for stubs, and the desk for sheets.

An answer stands on the page that was asked, with the cursor in the field for the next one. To send the same page again
is one press (see `Press`), so nothing happens twice.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from samenraad.ballots import access
from samenraad.ballots.actions import sheets, stubs
from samenraad.ballots.actions.printing import print_sheets
from samenraad.ballots.box.models import Sheet
from samenraad.ballots.forms.paper import DecideForm, PrintForm, SheetForm, StubForm
from samenraad.ballots.models import Vote
from samenraad.ballots.papers import Choices, paper_of
from samenraad.ballots.queries import sheets as queries
from samenraad.ballots.rules.codes import grouped, normal
from samenraad.ballots.rules.sheets import Typed
from samenraad.ballots.views.around import around
from samenraad.people.middleware import Request
from samenraad.people.models import Person
from samenraad.refusals import Refusal
from samenraad.texts import explain


@never_cache
def printer(request: Request, key: str) -> HttpResponse:
    """How many sheets, for which neighbourhood, how large; then the PDF."""
    vote = access.paper_vote(request.person, key)
    form = PrintForm(request.POST or None, vote=vote)
    if form.is_valid():
        document = print_sheets(vote=vote, by=request.person, **form.cleaned_data)
        response = HttpResponse(document, content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="ballots-{vote.key}.pdf"'
        return response
    return render(request, "ballots/paper.html", {**around(vote), "form": form})


@sensitive_variables()
@sensitive_post_parameters()
@never_cache
def stub(request: Request, key: str) -> HttpResponse:
    """The first desk: may this ballot go into the paper box?"""
    vote = access.paper_vote(request.person, key)
    form = StubForm(request.POST or None)
    answer: bool | None = None
    if form.is_valid():
        try:
            answer = stubs.take_in(vote=vote, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("code", explain(refusal))
        else:
            form = StubForm(initial={"channel": form.cleaned_data["channel"]})
    context = {**around(vote), "form": form, "answer": answer, "today": queries.today(vote)}
    return render(request, "ballots/stubs.html", {**context, "why_not": _why_no_paper(vote)})


@sensitive_variables()
@sensitive_post_parameters()
@never_cache
def sheet(request: Request, key: str) -> HttpResponse:
    """The second desk: one sheet, as this person reads it. What somebody else read stays out of sight."""
    vote = access.paper_vote(request.person, key)
    person = _somebody(request)
    form, typed, done = SheetForm(request.POST or None, vote=vote), QueryDict(), None
    if request.method == "POST":
        typed = request.POST
        done = _typed_in(vote, form, typed, person)
        if done:
            form, typed = SheetForm(vote=vote), QueryDict()
    context = {**around(vote), **_keying(vote, typed), "form": form, "done": done, "pile": queries.pile(vote, person)}
    return render(request, "ballots/sheets.html", {**context, "why_not": _why_no_paper(vote)})


@sensitive_variables()
@sensitive_post_parameters()
@never_cache
def differs(request: Request, key: str, number: str) -> HttpResponse:
    """Two people read it differently: side by side, and a third decides with the sheet in hand."""
    vote = access.paper_vote(request.person, key)
    person = _somebody(request)
    found = get_object_or_404(Sheet, vote=vote.key, number=normal(number))
    if person.pk in (found.first_by, found.second_by):
        raise Refusal("ballots.sheet_yours")
    if found.state != Sheet.State.DIFFERENT:
        return redirect("ballots:sheets", key)
    form = DecideForm(request.POST or None)
    if form.is_valid() and _decided(vote, found, form, request.POST, person):
        messages.success(request, _("In the box"))
        return redirect("ballots:sheets", key)
    own = SheetForm(vote=vote, initial={"once": "-"})
    context = {**around(vote), **_keying(vote, request.POST), "form": form, "own": own, "sheet": found}
    context |= {"number": grouped(found.number), "lines": queries.compared(vote, found)}
    return render(request, "ballots/sheet.html", context)


def _typed_in(vote: Vote, form: SheetForm, data: QueryDict, person: Person) -> Sheet | None:
    """The sheet as it stands now; None, with the reason in the form, when it could not be."""
    if not form.is_valid():
        return None
    try:
        return sheets.type_in(
            vote=vote,
            number=form.cleaned_data["number"],
            typed=_read(vote, form.cleaned_data, data),
            by=person,
            once=form.cleaned_data["once"],
        )
    except Refusal as refusal:
        form.add_error(None, explain(refusal))
        return None


def _read(vote: Vote, values: dict[str, Any], data: QueryDict) -> Typed:
    paper, spoilt = paper_of(vote.step), bool(values.get("spoilt"))
    choices = paper.clean({}) if spoilt else paper.read(data)
    return Typed(values.get("area", ""), choices, spoilt)


def _decided(vote: Vote, found: Sheet, form: DecideForm, data: QueryDict, person: Person) -> bool:
    try:
        sheets.decide(
            vote=vote,
            number=found.number,
            typed=_which(vote, found, form.cleaned_data["which"], data),
            by=person,
            once=form.cleaned_data["once"],
        )
    except Refusal as refusal:
        form.add_error(None, explain(refusal))
        return False
    return True


def _which(vote: Vote, found: Sheet, which: str, data: QueryDict) -> Typed:
    if which != "own":
        return sheets.read_back(vote, found.first if which == "first" else found.second)
    own = SheetForm({**data.dict(), "number": found.number}, vote=vote)
    own.full_clean()
    return _read(vote, own.cleaned_data, data)


def _keying(vote: Vote, data: QueryDict) -> dict[str, Any]:
    """What the fields of the instrument get: what was typed stands there again after a refusal."""
    paper, choices = paper_of(vote.step), Choices()
    try:
        choices = paper.read(data) if data else choices
    except Refusal as refusal:
        return {"paper": paper, "choices": choices, "typed": data, "errors": [explain(refusal)]}
    return {"paper": paper, "choices": choices, "typed": data, "errors": []}


def _why_no_paper(vote: Vote) -> str:
    try:
        stubs.must_take_paper(vote)
    except Refusal as refusal:
        return explain(refusal)
    return ""


def _somebody(request: Request) -> Person:
    if request.person is None:  # paper_vote led a visitor away already
        raise Http404
    return request.person
