"""After the last ballot: the seed, the count, the result for everybody, and the council's turn."""

from __future__ import annotations

import csv
import io

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from samenraad.ballots.actions.counting import enter_seed
from samenraad.instruments.preferendum import access
from samenraad.instruments.preferendum.actions import counting, handing_over
from samenraad.instruments.preferendum.forms.result import SeedForm
from samenraad.instruments.preferendum.models import Preferendum
from samenraad.instruments.preferendum.queries.outcome import rows_of
from samenraad.instruments.preferendum.queries.page import page
from samenraad.instruments.preferendum.queries.result import Outcome
from samenraad.instruments.preferendum.queries.tables import RESULT
from samenraad.instruments.preferendum.views.around import around
from samenraad.people.middleware import Request
from samenraad.processes.access import is_officer
from samenraad.processes.queries import current, underway
from samenraad.refusals import Refusal
from samenraad.texts import explain


def show(request: Request, step: int) -> HttpResponse:
    """The result with all its figures. Before the count there is nothing to see."""
    preferendum = access.frozen_preferendum(request.person, step)
    if preferendum.step.vote.counted_at is None:
        return redirect("preferendum:show", step)
    context = {
        **around(preferendum), "page": page(preferendum), "outcome": Outcome(preferendum.step.vote),
        "handed": handing_over.handed(preferendum.step.vote),
        "promised": current(preferendum.step.process),
        "organises": is_officer(request.person, preferendum.step.process),
    }  # fmt: skip
    return render(request, "preferendum/result.html", context)


def result_json(request: Request, step: int) -> HttpResponse:
    """result.json, byte for byte."""
    preferendum = _counted(request, step)
    return _file(preferendum.step.vote.result, "application/json", f"preferendum-{step}-result.json")


def result_csv(request: Request, step: int) -> HttpResponse:
    """Every figure of every option, one on a line."""
    preferendum, text = _counted(request, step), io.StringIO()
    rows = csv.writer(text)
    rows.writerow(RESULT)
    rows.writerows([_harmless(cell) for cell in row] for row in rows_of(preferendum.step.vote))
    return _file("\ufeff" + text.getvalue(), "text/csv", f"preferendum-{step}-result.csv")


def _counted(request: Request, step: int) -> Preferendum:
    preferendum = access.frozen_preferendum(request.person, step)
    if preferendum.step.vote.counted_at is None:
        raise Http404
    return preferendum


def _harmless(cell: str) -> str:
    """A title is no formula of a spreadsheet."""
    return f"'{cell}" if cell[:1] in ("=", "@", "+") or (cell[:1] == "-" and len(cell) > 1) else cell


def _file(text: str, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@never_cache
def count(request: Request, step: int) -> HttpResponse:
    """What is needed for the count, in its order; then one click."""
    preferendum = access.desk_preferendum(request.person, step)
    vote, refused = preferendum.step.vote, ""
    form = SeedForm(request.POST if request.POST.get("do") == "seed" else None)
    try:
        if request.POST.get("do") == "count":
            work = counting.begin(vote=vote, by=request.person)
            return redirect("processes:work", step, work.pk)
        if form.is_valid():
            enter_seed(vote=vote, seed=form.cleaned_data["seed"], how=form.cleaned_data["how"], by=request.person)
            messages.success(request, _("The seed stands on the public board. Now the ballots can be counted."))
            return redirect("preferendum:count", step)
    except Refusal as refusal:
        refused = explain(refusal)
    context = {**around(preferendum), "form": form, "refused": refused, "page": page(preferendum)}
    context["work"] = underway(preferendum.step, counting.KIND).first()
    return render(request, "preferendum/seed.html", context, status=409 if refused else 200)


@never_cache
def hand_over(request: Request, step: int) -> HttpResponse:
    """Which texts go to the council, and when it must answer; one click."""
    preferendum = access.desk_preferendum(request.person, step)
    vote, refused = preferendum.step.vote, ""
    if vote.counted_at is None:
        return redirect("preferendum:count", step)
    if request.method == "POST":
        try:
            handover = handing_over.hand_over(vote=vote, by=request.person)
            text = _("The outcome lies with {body}. The answer is due on {day}.")
            day = date_format(handover.due, "j F Y")
            messages.success(request, text.format(body=handover.body.name, day=day))
            return redirect("preferendum:result", step)
        except Refusal as refusal:
            refused = explain(refusal)
    texts, done = handing_over.to_hand_over(vote), handing_over.handed(vote)
    context = {**around(preferendum), "texts": texts, "handed": done, "refused": refused}
    context["promised"] = current(preferendum.step.process)
    return render(request, "preferendum/result_hand_over.html", context, status=409 if refused else 200)
