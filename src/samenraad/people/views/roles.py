"""Who may do what: the list, giving and taking. Each asks once before it happens."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samenraad.people import access, queries
from samenraad.people.actions import find_or_register, give_role, take_role
from samenraad.people.forms import RoleForm
from samenraad.people.middleware import Request
from samenraad.refusals import Refusal
from samenraad.texts import explain


def desk(request: Request) -> HttpResponse:
    access.town_officer(request.person)
    scope = request.GET.get("scope", "")
    context = {"given": queries.roles(scope), "scope": scope, "scopes": queries.scope_choices()}
    return render(request, "people/desk.html", context)


def give(request: Request) -> HttpResponse:
    officer = access.town_officer(request.person)
    form = RoleForm(request.POST or None, initial={"scope": request.GET.get("scope", "")})
    if request.method != "POST" or not form.is_valid():
        return render(request, "people/give.html", {"form": form})
    if "sure" not in request.POST:
        return render(request, "people/give_sure.html", {"form": form, **form.in_words()})
    data = form.cleaned_data
    person = find_or_register(email=data["email"], name=data["name"])
    role = give_role(person=person, word=data["word"], scope=data["scope"], by=officer)
    done = _("{person} has the role of {role} now.")
    messages.success(request, done.format(person=person, role=role.get_word_display()))
    return redirect("people:desk")


def take(request: Request, pk: int) -> HttpResponse:
    role = access.role(request.person, pk)
    refusal = ""
    if request.method == "POST":
        try:
            take_role(role=role, by=request.person)
        except Refusal as refused:
            refusal = explain(refused)
        else:
            messages.success(request, _("The role has been taken back."))
            return redirect("people:desk")
    context = {"role": role, "where": queries.scope_name(role.scope), "refusal": refusal}
    return render(request, "people/take.html", context, status=409 if refusal else 200)
