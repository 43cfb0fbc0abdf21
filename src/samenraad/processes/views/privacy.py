"""What the house knows of somebody, and forgetting it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from samenraad.people.middleware import Request
from samenraad.people.models import Person
from samenraad.processes import access, actions, queries
from samenraad.processes.forms import FindPersonForm, SureForm


def my_data(request: Request) -> HttpResponse:
    person = access.somebody(request.person)
    return render(request, "processes/my_data.html", {"parts": queries.readable(queries.all_known(person))})


def my_data_file(request: Request) -> HttpResponse:
    person = access.somebody(request.person)
    headers = {"Content-Disposition": f'attachment; filename="{_("my-data")}.json"'}
    return JsonResponse(
        queries.all_known(person), json_dumps_params={"indent": 2, "ensure_ascii": False}, headers=headers
    )


def forget_me(request: Request) -> HttpResponse:
    person = access.somebody(request.person)
    form = SureForm(request.POST or None)
    if form.is_valid():
        actions.forget(person=person)
        logout(request)
        messages.success(request, _("We have forgotten you. What you brought goes on without your name."))
        return redirect("/")
    return render(request, "processes/forget_me.html", {"form": form, "counts": queries.left_behind(person)})


def find(request: Request) -> HttpResponse:
    """Somebody asks at the desk or by phone to be forgotten: find exactly this person."""
    access.town_officer(request.person)
    form = FindPersonForm(request.GET or None)
    found = queries.exactly(form.cleaned_data["who"]) if form.is_valid() else None
    return render(request, "processes/forget_find.html", {"form": form, "found": found})


def forget(request: Request, pk: int) -> HttpResponse:
    officer = access.town_officer(request.person)
    person = get_object_or_404(Person, pk=pk, forgotten_at=None)
    form = SureForm(request.POST or None)
    if form.is_valid():
        actions.forget(person=person, by=officer)
        messages.success(request, _("This person is forgotten. What they brought goes on without a name."))
        return redirect("processes:forget_find")
    context = {"form": form, "somebody": person, "counts": queries.left_behind(person)}
    return render(request, "processes/forget.html", context)
