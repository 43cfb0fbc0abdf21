"""The desk of a vote: its road, its rules, and fixing them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samenraad.ballots.actions.freezing import freeze as freeze_vote
from samenraad.instruments.preferendum import access
from samenraad.instruments.preferendum.actions import setup as actions
from samenraad.instruments.preferendum.forms.setup import GoalsForm, RulesForm, WordsForm
from samenraad.instruments.preferendum.models import Preferendum
from samenraad.instruments.preferendum.queries.page import page
from samenraad.instruments.preferendum.queries.stages import stages, state_of
from samenraad.instruments.preferendum.rules.scales import SCALES, USUAL_SCALE
from samenraad.instruments.preferendum.views.around import around
from samenraad.people.middleware import Request
from samenraad.processes.models import Goal, Work
from samenraad.processes.queries import current
from samenraad.refusals import Refusal
from samenraad.texts import explain


def desk(request: Request, step: int) -> HttpResponse:
    """The road, what is missing, and what is being done in the background. First the kind of vote is chosen."""
    found = access.desk_step(request.person, step)
    preferendum = access.public_preferendum(request.person, step)
    if preferendum is None and "ballot" not in found.settings:
        return render(request, "preferendum/desk_begin.html", {"step": found, "process": found.process})
    preferendum = access.desk_preferendum(request.person, step)
    state = state_of(preferendum)
    context = {
        **around(preferendum), "state": state, "stages": stages(state),
        "missing": [explain(refusal) for refusal in state.missing],
        "answers": current(found.process), "works": Work.objects.filter(step=found).select_related("by")[:5],
    }  # fmt: skip
    return render(request, "preferendum/desk.html", context)


def kind(request: Request, step: int) -> HttpResponse:
    """What voters do and how it is counted, ready-made."""
    found = access.desk_step(request.person, step)
    if request.method == "POST":
        try:
            preferendum = access.desk_preferendum(request.person, step)
            actions.choose(preferendum=preferendum, preset=request.POST.get("preset", ""), by=request.person)
            return redirect("preferendum:desk", step)
        except Refusal as refusal:
            messages.error(request, explain(refusal))
    return render(request, "preferendum/desk_begin.html", {"step": found, "process": found.process})


def plan(request: Request, step: int) -> HttpResponse:
    """All rules on one page, in parts."""
    preferendum = access.desk_preferendum(request.person, step)
    if preferendum.step.vote.frozen_at:
        return _fixed(request, preferendum)
    form = RulesForm(request.POST or None, instance=preferendum)
    if form.is_valid():
        try:
            fresh = access.desk_preferendum(request.person, step)
            actions.change(preferendum=fresh, by=request.person, **form.cleaned_data)
            messages.success(request, _("The rules are saved."))
            return redirect("preferendum:desk", step)
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
    return render(request, "preferendum/desk_plan.html", {**around(preferendum), "form": form})


def words(request: Request, step: int) -> HttpResponse:
    """The words with which proposals are rated; ready-made ones fill the form, and saving keeps them."""
    preferendum = access.desk_preferendum(request.person, step)
    if preferendum.step.vote.frozen_at:
        return _fixed(request, preferendum)
    scale = SCALES.get(request.GET.get("use", ""), preferendum.scale or USUAL_SCALE)
    form = WordsForm(request.POST or None, scale=scale, agreeing=preferendum.agreeing)
    if form.is_valid():
        try:
            told = {"scale": form.scale, "agreeing": form.cleaned_data["agreeing"]}
            actions.change(preferendum=preferendum, by=request.person, **told)
            messages.success(request, _("The words are saved."))
            return redirect("preferendum:desk", step)
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
    return render(request, "preferendum/desk_words.html", {**around(preferendum), "form": form, "used": scale})


def goals(request: Request, step: int) -> HttpResponse:
    """Per goal of the process: by what one will see that it was reached."""
    preferendum = access.desk_preferendum(request.person, step)
    if preferendum.step.vote.frozen_at:
        return _fixed(request, preferendum)
    known = list(Goal.objects.filter(process=preferendum.step.process))
    form = GoalsForm(request.POST or None, goals=known, chosen=preferendum.goals)
    if form.is_valid():
        try:
            actions.change(preferendum=preferendum, by=request.person, goals=form.chosen)
            messages.success(request, _("Saved. It stands in the rules."))
            return redirect("preferendum:desk", step)
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
    return render(request, "preferendum/desk_goals.html", {**around(preferendum), "form": form})


def preview(request: Request, step: int) -> HttpResponse:
    """The ballot as voters will see it. Nothing can be filled in."""
    preferendum = access.desk_preferendum(request.person, step)
    return render(request, "preferendum/desk_preview.html", {**around(preferendum), "page": page(preferendum)})


def freeze(request: Request, step: int) -> HttpResponse:
    """Everything that will be public, as everybody will read it; then one click."""
    preferendum = access.desk_preferendum(request.person, step)
    if preferendum.step.vote.frozen_at:
        return redirect("preferendum:rules", step)
    if request.method == "POST":
        try:
            freeze_vote(vote=preferendum.step.vote, by=request.person)
            messages.success(request, _("The rules and the list are fixed. Everybody can read the rules here."))
            return redirect("preferendum:rules", step)
        except Refusal as refusal:
            messages.error(request, explain(refusal))
            return redirect("preferendum:freeze", step)
    state = state_of(preferendum)
    missing = [explain(refusal) for refusal in state.missing]
    context = {**around(preferendum), "page": page(preferendum), "state": state, "missing": missing}
    return render(request, "preferendum/desk_freeze.html", context)


def _fixed(request: Request, preferendum: Preferendum) -> HttpResponse:
    """To the public rules, with the sentence that says since when nothing changes."""
    try:
        actions.change(preferendum=preferendum, by=request.person)
    except Refusal as refusal:
        messages.warning(request, explain(refusal))
    return redirect("preferendum:rules", preferendum.pk)
