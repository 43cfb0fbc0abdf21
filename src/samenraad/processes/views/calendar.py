"""The election calendar of the town, with both clocks."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samenraad.people.middleware import Request
from samenraad.processes import access, actions, clocks, queries
from samenraad.processes.forms import ElectionForm
from samenraad.processes.models import Election


def calendar(request: Request) -> HttpResponse:
    person = access.town_officer(request.person)
    today, country = timezone.localdate(), clocks.country()
    elections = Election.objects.filter(country=country).order_by("day")
    context = {
        "coming": [election for election in elections if election.day >= today],
        "held": [election for election in elections if election.day < today],
        "desk": queries.desk(person),
        "country": country,
    }
    return render(request, "processes/calendar.html", context)


def load(request: Request) -> HttpResponse:
    """Take over the elections that come with the software."""
    access.town_officer(request.person)
    if request.method == "POST":
        added = actions.load_elections()
        messages.success(request, _("{count} elections added.").format(count=added))
    return redirect("processes:calendar")


def add(request: Request) -> HttpResponse:
    access.town_officer(request.person)
    return _write(request, Election(country=clocks.country()))


def edit(request: Request, pk: int) -> HttpResponse:
    access.town_officer(request.person)
    return _write(request, get_object_or_404(Election, pk=pk, country=clocks.country()))


def _write(request: Request, election: Election) -> HttpResponse:
    form = ElectionForm(request.POST or None, instance=election)
    if form.is_valid():
        actions.save_election(election=form.save(commit=False), by=request.person)
        messages.success(request, _("Saved."))
        return redirect("processes:calendar")
    return render(request, "processes/election_form.html", {"form": form, "election": election})


def remove(request: Request, pk: int) -> HttpResponse:
    access.town_officer(request.person)
    election = get_object_or_404(Election, pk=pk, country=clocks.country())
    if request.method == "POST":
        actions.remove_election(election=election, by=request.person)
        messages.success(request, _("Removed."))
        return redirect("processes:calendar")
    return render(request, "processes/confirm/election.html", {"election": election})
