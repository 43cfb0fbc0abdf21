"""The organiser's desk: putting ideas together, splitting them, sending them on."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.forms import formset_factory
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samenraad.instruments.ideas import access, actions, queries
from samenraad.instruments.ideas.forms import CarryForm, MergeForm, PartForm, SplitForm
from samenraad.instruments.ideas.queries.lists import SORTS, STATUSES
from samenraad.people.middleware import Request
from samenraad.processes.models import Proposal, Step
from samenraad.refusals import Refusal
from samenraad.texts import explain

#: so many fit on the page of the hand-over
MOST_AT_ONCE = 300
PAGES = {"merge": "ideas:merge", "carry": "ideas:carry", "hand_over": "ideas:hand_over"}


def desk(request: Request, step: int) -> HttpResponse:
    """All ideas with a box before each: choose, then say what is to be done with them."""
    found = access.desk_step(request.person, step)
    filters = queries.Filters.read(request.GET)
    if request.method == "POST":
        try:
            request.session[_key(found)] = _chosen_now(request, found, filters)
            return redirect(PAGES.get(request.POST.get("do", ""), "ideas:merge"), found.pk)
        except Refusal as refusal:
            messages.error(request, explain(refusal))
    context = {
        "step": found, "process": found.process,
        "list": queries.listing(found, filters, request.GET.get("page")),
        "figures": found.card.figures(found), "todo": queries.todo(found),
        "statuses": STATUSES.items(), "sorts": [(key, label) for key, (label, _) in SORTS.items()],
    }  # fmt: skip
    return render(request, "ideas/desk.html", context)


def _key(step: Step) -> str:
    return f"ideas_chosen:{step.pk}"


def _chosen_now(request: Request, step: Step, filters: queries.Filters) -> list[int]:
    """The ticked ones, those called by number, or all that the filter shows."""
    if request.POST.get("all"):
        return list(queries.ideas(step, filters).values_list("pk", flat=True))
    ticked = [int(pk) for pk in request.POST.getlist("chosen") if pk.isdecimal() and len(pk) < 16]
    numbers = [int(number) for number in re.findall(r"\d{1,9}", request.POST.get("numbers", ""))][:500]
    named = dict(Proposal.objects.filter(step=step, number__in=numbers).values_list("number", "pk"))
    if missing := [str(number) for number in numbers if number not in named]:
        raise Refusal("ideas.unknown_numbers", numbers=", ".join(missing))
    chosen = list(dict.fromkeys([*ticked, *named.values()]))
    if not chosen:
        raise Refusal("proposal.nothing_chosen")
    return chosen


def _chosen(request: Request, step: Step) -> list[Proposal]:
    """What was chosen on the desk, as it is now."""
    pks = request.session.get(_key(step), [])
    return list(Proposal.objects.filter(step=step, pk__in=pks).select_related("place", "step").order_by("number"))


def merge(request: Request, step: int) -> HttpResponse:
    """Which one remains, and why; then they go on as one."""
    found = access.desk_step(request.person, step)
    chosen = _chosen(request, found)
    form = MergeForm(request.POST or None, chosen=chosen, initial={"into": chosen[0] if chosen else None})
    if form.is_valid() and request.person:
        try:
            into = form.cleaned_data["into"]
            actions.merge(ideas=chosen, into=into, by=request.person, reason=form.cleaned_data["reason"])
            others = ", ".join(str(one.number) for one in chosen if one != into)
            messages.success(request, _("{others} went on with {into}.").format(others=others, into=into.number))
            return redirect("ideas:idea", found.pk, into.number)
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
    return render(request, "ideas/merge.html", _about(found, chosen) | {"form": form})


def carry(request: Request, step: int) -> HttpResponse:
    """To which next step."""
    found = access.desk_step(request.person, step)
    chosen = _chosen(request, found)
    form = CarryForm(request.POST or None, step=found)
    if form.is_valid() and request.person:
        try:
            to = form.cleaned_data["step"]
            made = actions.carry(ideas=chosen, step=to, by=request.person)
            text = ngettext("{n} idea went on to “{step}”.", "{n} ideas went on to “{step}”.", len(made))
            messages.success(request, text.format(n=len(made), step=to.title))
            return redirect("ideas:desk", found.pk)
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
    return render(request, "ideas/carry.html", _about(found, chosen) | {"form": form})


def hand_over(request: Request, step: int) -> HttpResponse:
    """On to the page where proposals are handed to the body that answers, with these ticked."""
    found = access.desk_step(request.person, step)
    chosen = _chosen(request, found)
    if len(chosen) > MOST_AT_ONCE:
        text = _("At most {most} texts go over at once. The first {most} are ticked.")
        messages.warning(request, text.format(most=MOST_AT_ONCE))
    ticked = {"step": found.pk, "p": [one.pk for one in chosen[:MOST_AT_ONCE]]}
    address = reverse("followup:handover", args=[found.process.slug])
    return redirect(f"{address}?{urlencode(ticked, doseq=True)}")


def _about(step: Step, chosen: list[Proposal]) -> dict[str, Any]:
    shown = [queries.Row(one, None) for one in chosen[:50]]
    return {"step": step, "process": step.process, "chosen": chosen, "shown": shown}


def split(request: Request, step: int, number: int) -> HttpResponse:
    """One idea that holds several things, in two or more parts."""
    found = access.desk_step(request.person, step)
    text = access.proposal(found, number)
    parts = formset_factory(PartForm, extra=0, min_num=2, max_num=8, absolute_max=8)
    data = request.POST.copy() if request.method == "POST" else None
    if data is not None and data.get("do") == "more":
        data["form-TOTAL_FORMS"] = str(min(8, _count(data.get("form-TOTAL_FORMS", "")) + 1))
    sending = data is not None and data.get("do") != "more"
    form = SplitForm(data) if sending else SplitForm(initial={"reason": request.POST.get("reason", "")})
    formset = parts(data, initial=None if data else [{"title": text.title, "text": text.text}, {}])
    if sending and form.is_valid() and formset.is_valid() and request.person:
        try:
            pieces = [(part.cleaned_data["title"], part.cleaned_data["text"]) for part in formset]
            actions.split(proposal=text, parts=pieces, by=request.person, reason=form.cleaned_data["reason"])
            messages.success(request, _("The idea goes on in parts."))
            return redirect("ideas:idea", found.pk, number)
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
    context = {"step": found, "process": found.process, "proposal": text, "form": form, "formset": formset}
    return render(request, "ideas/split.html", context)


def _count(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 3 else 2


@require_POST
def undo(request: Request, step: int, number: int) -> HttpResponse:
    """A merge that was a mistake."""
    found = access.desk_step(request.person, step)
    text = access.proposal(found, number)
    try:
        actions.unmerge(proposal=text, by=request.person)
        messages.success(request, _("Number {number} stands on its own again.").format(number=number))
    except Refusal as refusal:
        messages.error(request, explain(refusal))
    return redirect("ideas:idea", found.pk, number)
