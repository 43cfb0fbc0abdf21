"""Giving an idea on the website: write it, say who you are, look it over, get a receipt. No account needed."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from samenraad.discussion.access import go_on_as, source
from samenraad.discussion.queries import why_closed
from samenraad.instruments.ideas import access, actions, queries
from samenraad.instruments.ideas.actions import photos
from samenraad.instruments.ideas.forms import WhoGivesForm, WriteForm
from samenraad.instruments.ideas.models import Idea
from samenraad.instruments.ideas.views.drafts import WORDS, Draft
from samenraad.people.middleware import Request
from samenraad.people.models import Channel, Person, Town
from samenraad.processes.models import Step
from samenraad.refusals import Refusal
from samenraad.texts import explain


@never_cache
def write(request: Request, step: int) -> HttpResponse:
    """First the idea itself. What is right is kept at once, whatever else is not."""
    found = access.open_step(request.person, step)
    draft = Draft(request, found)
    places, themes = queries.neighbourhoods(found), queries.themes(found)
    drop = bool(request.POST.get("drop_photo"))
    form = WriteForm(
        request.POST or None, request.FILES or None, initial={word: draft.values.get(word) for word in WORDS},
        step=found, places=places, themes=themes, kept=bool(draft.photo) and not drop,
    )  # fmt: skip
    if request.method == "POST" and not why_closed(found):
        good = form.is_valid()
        draft.write(form.cleaned_data, drop_photo=drop)
        if good:
            known = request.person or draft.who is not None
            return redirect("ideas:review" if known else "ideas:who", found.pk)
    context = {"step": found, "form": form, "draft": draft, "closed": why_closed(found),
        "centre": queries.frame_of([found.process.place, *places]) or "",
    }  # fmt: skip
    return render(request, "ideas/new.html", context)


@require_POST
def similar(request: Request, step: int) -> HttpResponse:
    """While somebody writes: ideas that say the same."""
    found = access.open_step(request.person, step)
    title, text = request.POST.get("title", "")[:200], request.POST.get("text", "")[:4_000]
    alike = queries.similar(found, title, text)
    return render(request, "ideas/parts/similar.html", {"step": found, "similar": alike})


@never_cache
def photo(request: Request, step: int) -> HttpResponse:
    """The photo of one's own draft."""
    draft = Draft(request, access.open_step(request.person, step))
    content = photos.draft_bytes(draft.photo) if draft.photo else None
    if content is None:
        raise Http404
    return HttpResponse(content, content_type="image/jpeg")


def _home_town() -> str:
    """Most people who take part live in the town itself."""
    town = Town.objects.select_related("place").first()
    return (town.city or town.place.name) if town else ""


@never_cache
def who(request: Request, step: int) -> HttpResponse:
    """Then who gives it, and how we tell them what becomes of it. All of it may stay empty."""
    found = access.open_step(request.person, step)
    draft = Draft(request, found)
    if not draft.is_written or request.person:
        return redirect("ideas:review" if draft.is_written else "ideas:new", found.pk)
    form = WhoGivesForm(request.POST or None, initial=draft.who or {"city": _home_town()})
    if form.is_valid():
        request.session.cycle_key()
        draft.say_who(form.who())
        return redirect("ideas:review", found.pk)
    return render(request, "ideas/who.html", {"step": found, "form": form, "draft": draft})


@never_cache
def review(request: Request, step: int) -> HttpResponse:
    """Look it over, see what others already said, and send it."""
    found = access.open_step(request.person, step)
    draft = Draft(request, found)
    if not draft.is_written or (request.person is None and draft.who is None):
        done = request.session.get(RECEIPT, {}).get("step") == found.pk
        return redirect("ideas:receipt" if done else "ideas:who", found.pk)
    refused = ""
    if request.method == "POST":
        try:
            return _sent(request, found, draft)
        except Refusal as refusal:
            refused = explain(refusal)
    idea = draft.idea(get_language() or "nl")
    context: dict[str, Any] = {
        "step": found, "draft": draft, "idea": idea, "refused": refused or why_closed(found),
        "similar": queries.similar(found, idea.title, idea.text), "who": draft.who,
    }  # fmt: skip
    return render(request, "ideas/review.html", context, status=409 if refused else 200)


RECEIPT = "idea_receipt"


def _sent(request: Request, step: Step, draft: Draft) -> HttpResponse:
    """Two clicks are one idea: the second finds it there, and leaves the session as the first one made it."""
    idea = draft.idea((get_language() or "nl").split("-")[0])
    person: Person | None = request.person
    if person:
        twice = Idea.objects.filter(once=draft.once).exists()
        made = actions.give(step=step, person=person, idea=idea, once=draft.once)
    else:
        made, person = actions.come_in_and_give(
            step=step, who=draft.who or {}, source=source(request), idea=idea, once=draft.once
        )
        twice = person is None
    if not twice and person:
        made.step = step
        _remember(request, made, person)
        draft.drop()
    return redirect("ideas:receipt", step.pk)


def _remember(request: Request, idea: Idea, person: Person) -> None:
    code = actions.receipt(idea=idea, person=person, channel=Channel.WEB)
    if request.person is None:
        go_on_as(request, person)
    request.session[RECEIPT] = {"step": idea.step_id, "number": idea.proposal.number, "code": code}


@never_cache
def receipt(request: Request, step: int) -> HttpResponse:
    """The number, the code, and what happens next."""
    found = access.open_step(request.person, step)
    kept = request.session.get(RECEIPT, {})
    if kept.get("step") != found.pk:
        return redirect("ideas:show", found.pk)
    proposal = access.proposal(found, kept["number"])
    context = {"step": found, "proposal": proposal, "code": kept["code"], "told": queries.told_by(proposal)}
    return render(request, "ideas/receipt.html", context)
