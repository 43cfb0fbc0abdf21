"""The desk of the list of voters: a list and its check, codes on cards, and how long it is kept."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from samenraad.ballots import access
from samenraad.ballots.actions import roll as actions
from samenraad.ballots.actions import roll_gone
from samenraad.ballots.forms.roll import CardsForm, KeepForm, ListForm, ReadForm
from samenraad.ballots.models import Load, Vote
from samenraad.ballots.queries import roll as queries
from samenraad.ballots.queries.letter import link_of_code
from samenraad.ballots.views.around import around
from samenraad.people.middleware import Request
from samenraad.post.exports import table
from samenraad.refusals import Refusal
from samenraad.texts import explain


@never_cache
def show(request: Request, key: str) -> HttpResponse:
    """The roll in numbers, and a place for a list as long as nothing is fixed."""
    vote = access.own_vote(request.person, key)
    form = ListForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        given = form.cleaned_data["file"]
        try:
            work = actions.keep_upload(vote=vote, name=given.name, chunks=given.chunks(), by=request.person)
            return redirect("processes:work", vote.step_id, work.pk)
        except Refusal as refusal:
            form.add_error("file", explain(refusal))
    return _page(request, vote, form, CardsForm(there=queries.the_roll(vote)))


def _page(request: Request, vote: Vote, form: ListForm, cards_form: CardsForm) -> HttpResponse:
    context = {
        "form": form, "cards_form": cards_form, "keep_form": KeepForm(instance=vote), "load": queries.the_roll(vote),
        "halfway": queries.halfway(vote), "working": queries.working(vote), "figures": queries.figures(vote),
        "gone_due": queries.roll_gone_due(vote), "to_make": vote.envelopes.count(),
    }  # fmt: skip
    return render(request, "ballots/roll.html", around(vote) | context)


def cards(request: Request, key: str) -> HttpResponse | StreamingHttpResponse:
    """Codes without a list, as a file to print: this once."""
    vote = access.own_vote(request.person, key)
    form = CardsForm(request.POST or None, there=queries.the_roll(vote))
    if not form.is_valid():
        return _page(request, vote, ListForm(), form)
    areas, instead_of = form.cleaned_data["areas"], form.instead_of
    made = actions.make_cards(vote=vote, areas=areas, instead_of=instead_of, by=request.person)
    rows = ([number, area, code, link_of_code(code)] for number, (area, code) in enumerate(made, 1))
    response = StreamingHttpResponse(
        table([_("number"), _("neighbourhood"), _("code"), _("link")], rows), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="codes-{vote.key}.csv"'
    response["Cache-Control"] = "no-store"
    return response


@never_cache
def check(request: Request, key: str, pk: int) -> HttpResponse:
    """What the check found: people per neighbourhood, and all lines that are not right."""
    vote, load = _list(request, key, pk)
    if load.checked_at is None:
        running = queries.working(vote)
        return redirect("processes:work", vote.step_id, running.pk) if running else redirect("ballots:roll", key)
    context = {
        "load": load, "form": ReadForm(), "problems": queries.problems(load), "there": queries.the_roll(vote),
        "bad": sum(load.counted.get("bad", {}).values()),
    }  # fmt: skip
    return render(request, "ballots/roll_check.html", around(vote) | context)


def bad_lines(request: Request, key: str, pk: int) -> StreamingHttpResponse:
    """The lines that are not right, to work through beside the list."""
    _vote, load = _list(request, key, pk)
    lines = table([_("line"), _("what is wrong")], queries.bad_lines(load))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="lines-{load.pk}.csv"'
    return response


@require_POST
def read_in(request: Request, key: str, pk: int) -> HttpResponse:
    vote, load = _list(request, key, pk)
    form = ReadForm(request.POST)
    without = form.is_valid() and form.cleaned_data["without_bad_lines"]
    work = actions.start_reading(load=load, without_bad_lines=without, by=request.person)
    return redirect("processes:work", vote.step_id, work.pk)


@require_POST
def drop(request: Request, key: str, pk: int) -> HttpResponse:
    vote = access.own_vote(request.person, key)
    if load := queries.halfway(vote).filter(pk=pk).first():
        actions.drop(load=load)
    messages.success(request, _("The file is thrown away. Nothing of it was kept."))
    return redirect("ballots:roll", vote.key)


@require_POST
def keep(request: Request, key: str) -> HttpResponse:
    """How long the roll is kept after the count."""
    vote = access.own_vote(request.person, key)
    form = KeepForm(request.POST, instance=Vote.objects.get(pk=vote.pk))
    if not form.is_valid():
        messages.error(request, _("Give a number of days between 1 and 730."))
    else:
        roll_gone.keep_days(vote=vote, days=form.cleaned_data["keep_roll_days"], by=request.person)
        messages.success(request, _("Saved."))
    return redirect("ballots:roll", vote.key)


def of_step(request: Request, step: int) -> HttpResponse:
    return redirect("ballots:roll", access.vote_of(request.person, step).key)


def list_of_step(request: Request, step: int, pk: int) -> HttpResponse:
    return redirect("ballots:roll_list", access.vote_of(request.person, step).key, pk)


def _list(request: Request, key: str, pk: int) -> tuple[Vote, Load]:
    """A list that is not read in yet. One that is, has no such pages any more."""
    vote = access.own_vote(request.person, key)
    return vote, get_object_or_404(queries.halfway(vote), pk=pk)
