"""My own details, and going on with an e-mail address after a letter."""

from __future__ import annotations

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samenraad.people import access, sessions
from samenraad.people.forms import CodeForm, DetailsForm
from samenraad.people.middleware import Request


def details(request: Request) -> HttpResponse:
    person = access.person_asking(request.person)
    form = DetailsForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your details are kept."))
        return redirect("people:details")
    return render(request, "people/details.html", {"form": form, "person": person})


def keep(request: Request) -> HttpResponse:
    """Act first, an account after: what was done with a letter goes on under an e-mail address."""
    person = access.person_asking(request.person)
    if person.account_id:
        return redirect("people:details")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sessions.keep(request, person, form.cleaned_data["email"])
        LoginCodeVerificationProcess.initiate(request=request, user=form._user, email=form.cleaned_data["email"])
        return redirect("account_confirm_login_code")
    return render(request, "people/keep.html", {"form": form})
