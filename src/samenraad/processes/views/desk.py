"""The desk: what waits for me, and the processes I organise."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from samenraad.people.access import has_role, scopes
from samenraad.people.middleware import Request
from samenraad.people.models import Role
from samenraad.processes import access, actions, queries
from samenraad.processes.forms import TitleForm


def desk(request: Request) -> HttpResponse:
    """Staff only; a resident's own page is another one."""
    person = access.somebody(request.person)
    if not scopes(person, *Role.Kind.values):
        return redirect("/my/")
    roles = dict.fromkeys(str(role.get_word_display()) for role in person.roles.all())
    return render(request, "processes/desk.html", {"desk": queries.desk(person), "role_names": ", ".join(roles)})


def processes(request: Request) -> HttpResponse:
    person = access.officer(request.person)
    found = queries.own_processes(person).select_related("place").prefetch_related("steps", "promises")
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    context = {"page": page, "rows": queries.process_rows(page.object_list), "may_create": has_role(person, "officer")}
    return render(request, "processes/list.html", context)


def create(request: Request) -> HttpResponse:
    """The first page of the wizard: a name and a place. Nobody else sees it yet."""
    person = access.town_officer(request.person)
    form = TitleForm(request.POST or None)
    if form.is_valid():
        made = queries.just_made(form.cleaned_data["title"])  # a double click makes one process
        process = made or actions.create(by=person, **form.cleaned_data)
        return redirect(queries.after(process, "title"))
    context = {"form": form, "key": "title", "cancel": reverse("processes:list")}
    return render(request, "processes/create.html", context)
