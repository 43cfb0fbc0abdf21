"""The lot on invented people: begin one, and walk through it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from samenraad.instruments.lot import access
from samenraad.instruments.lot.actions import rehearsal as actions
from samenraad.instruments.lot.forms.rehearsal import RehearsalForm
from samenraad.instruments.lot.jobs import Kind
from samenraad.instruments.lot.models import Rehearsal
from samenraad.instruments.lot.queries import rehearsal as queries
from samenraad.instruments.lot.queries.reference import population
from samenraad.instruments.lot.views.around import around
from samenraad.people.middleware import Request
from samenraad.processes.models import Work
from samenraad.refusals import Refusal
from samenraad.texts import explain

#: a rehearsal begins with so many letters for each seat, and so many of a hundred say yes
LETTERS_PER_SEAT, RATE = 80, 5


def rehearsals(request: Request, step: int) -> HttpResponse:
    """All of them, and a new one."""
    lot = access.desk_lot(request.person, step)
    people = population(lot)
    number = lot.rehearsals.count() + 1
    letters = min(LETTERS_PER_SEAT * (lot.seats or 0), people or actions.SOME_TOWN) or None
    form = RehearsalForm(request.POST or None, initial={"letters": letters, "rate": RATE, "seed": str(number)})
    if form.is_valid():
        data = form.cleaned_data
        try:
            work = actions.start(lot=lot, letters=data["letters"], rate=data["rate"] / 100, seed=data["seed"],
                                 people=people, by=request.person)  # fmt: skip
            return redirect("processes:work", lot.pk, work.pk)
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
    context = {**around(lot), "form": form, "rehearsals": lot.rehearsals.select_related("by")[:25]}
    return render(request, "lot/rehearsals.html", context)


def rehearsal(request: Request, step: int, pk: int) -> HttpResponse:
    lot = access.desk_lot(request.person, step)
    found = get_object_or_404(Rehearsal.objects.select_related("by"), pk=pk, lot=lot)
    if found.ended_at is None:
        work = Work.objects.filter(step=lot.step, kind=Kind.REHEARSAL, about=f"rehearsal:{pk}").first()
        return redirect("processes:work", lot.pk, work.pk) if work else redirect("lot:rehearsals", lot.pk)
    context = {
        **around(lot), "rehearsal": found, "outcome": found.outcome, "dimensions": queries.by_dimension(found),
        "channels": queries.channels(found),
    }  # fmt: skip
    return render(request, "lot/rehearsal.html", context)
