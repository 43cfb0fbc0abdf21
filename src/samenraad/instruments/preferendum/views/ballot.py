"""The voter's ballot: short pages, no JavaScript, and every answer stays in the voter's own browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from samenraad.ballots import draft as drafts
from samenraad.ballots.booth import with_ballot
from samenraad.ballots.draft import Draft
from samenraad.ballots.papers import Choices
from samenraad.ballots.queries.booth import must_be_open, promise_of
from samenraad.instruments.preferendum.forms import ballots as fields
from samenraad.instruments.preferendum.paper import PreferendumPaper
from samenraad.instruments.preferendum.queries.ballot import Screens
from samenraad.people.middleware import Request
from samenraad.processes.models import Step
from samenraad.refusals import Refusal
from samenraad.texts import explain, translated

View = Callable[..., HttpResponse]


def with_screens(view: View) -> View:
    """`view(request, screens, ...)` for who came in with a code of this vote, while it is open."""

    @with_ballot
    @wraps(view)
    def page(request: Request, draft: Draft, step: int, **more: Any) -> HttpResponse:
        found = Step.objects.filter(pk=step, vote__key=draft.vote).select_related("vote", "process__place").first()
        if found is None:
            return redirect("ballots:enter")
        must_be_open(found.vote)
        return view(request, Screens(PreferendumPaper(found), draft), **more)

    return page


@with_screens
def ballot(request: Request, screens: Screens) -> HttpResponse:
    """What is asked, what is done with it, and what this vote is not."""
    rules = screens.paper.frozen
    context = {
        "rules": rules,
        "question": translated(rules["question"]),
        "pledge": translated(rules["pledge"]),
        "promise": promise_of(screens.paper.step),
    }
    return _page(request, "ballot", screens, context)


@with_screens
def page(request: Request, screens: Screens, number: int) -> HttpResponse:
    """One page of the ballot. What is sent is kept, also by who goes back."""
    if not 1 <= number <= len(screens.pages):
        raise Http404
    options, wrong, typed = screens.pages[number - 1], "", screens.kept()
    if request.method == "POST":
        try:
            return _on(request, screens, _said(request, screens, options), number)
        except Refusal as refusal:
            wrong, typed = explain(refusal), _as_typed(request)
    context = {"number": number, "options": screens.shown(options, typed), "wrong": wrong, **_progress(screens, number)}
    return _page(request, f"ballot_{screens.paper.shape.ballot}", screens, context)


def _said(request: Request, screens: Screens, options: list[str]) -> Choices:
    shape, kept = screens.paper.shape, screens.draft.choices
    if not screens.rates:
        return screens.paper.read(request.POST)
    others = {option: grade for option, grade in kept.get("grades", {}).items() if option not in options}
    grades = {**others, **fields.grades(shape, request.POST, options)}
    return screens.paper.clean({**kept, "grades": grades})


@with_screens
def most(request: Request, screens: Screens) -> HttpResponse:
    """The few that matter most."""
    if not screens.has_priorities:
        raise Http404
    shape, typed, wrong, number = screens.paper.shape, screens.kept(), "", len(screens.pages) + 1
    if request.method == "POST":
        try:
            chosen = fields.marks(shape, request.POST, fields.PRIORITIES)
            choices = screens.paper.clean({**screens.draft.choices, "priorities": chosen})
            return _on(request, screens, choices, number)
        except Refusal as refusal:
            wrong, typed = explain(refusal), {**typed, **_as_typed(request)}
    options = screens.shown([option for one in screens.pages for option in one], typed)
    context = {"number": number, "options": options, "wrong": wrong, "too_many": [one for one in options if one.marked]}
    return _page(request, "ballot_most", screens, context)


@with_screens
def change(request: Request, screens: Screens, about: str) -> HttpResponse:
    """From the last look to the page where this was said, and back again."""
    if about == "most" and screens.has_priorities:
        return redirect(reverse("preferendum:ballot_most", args=[screens.paper.step.pk]) + "?then=check")
    number = screens.page_of(about)
    return redirect(_url(screens, number) + f"?then=check#p{about}")


def _on(request: Request, screens: Screens, choices: Choices, number: int) -> HttpResponse:
    """Kept, and to the page that comes next: the one before, the next one, or the last look."""
    if request.GET.get("then") == "check":
        target = reverse("ballots:review")
    else:
        target = _url(screens, number + (-1 if "back" in request.POST else 1))
    return drafts.keep(redirect(target), screens.draft.with_choices(choices))


def _url(screens: Screens, number: int) -> str:
    step = screens.paper.step.pk
    if number < 1:
        return reverse("preferendum:ballot", args=[step])
    if number <= len(screens.pages):
        return reverse("preferendum:ballot_page", args=[step, number])
    priorities = screens.has_priorities and number == len(screens.pages) + 1
    return reverse("preferendum:ballot_most", args=[step]) if priorities else reverse("ballots:review")


def _as_typed(request: Request) -> dict[str, str]:
    return {name: " ".join(request.POST.getlist(name)) for name in request.POST if name.startswith("b-")}


def _progress(screens: Screens, number: int) -> dict[str, int]:
    sizes = [len(page) for page in screens.pages]
    return {"before": sum(sizes[: number - 1]), "of": sum(sizes)}


def _page(request: Request, name: str, screens: Screens, context: Mapping[str, Any]) -> HttpResponse:
    step = screens.paper.step
    around = {
        "step": step,
        "vote": step.vote,
        "screens": screens,
        "shape": screens.paper.shape,
        "terminal": screens.draft.terminal,
    }
    return render(request, f"preferendum/{name}.html", {**around, **context})
