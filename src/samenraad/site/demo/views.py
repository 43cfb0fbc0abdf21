"""Changing persona with one click, and reading what was sent. Only where SAMENRAAD_DEMO is set."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samenraad.people.access import has_role, must
from samenraad.people.actions import issue_code, withdraw_codes
from samenraad.people.middleware import Request
from samenraad.people.models import Person
from samenraad.post.models import Medium, Message
from samenraad.site.demo import mails, votes
from samenraad.site.demo.personas import SESSION_KEY, Persona, persona

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PURPOSE = "demo"


@require_POST
def look_around(request: Request, key: str) -> HttpResponse:
    """Be somebody else from now on, and land where that somebody begins."""
    chosen = persona(key)
    if chosen is None:
        raise Http404
    logout(request)
    response = _become(request, chosen)
    request.session[SESSION_KEY] = chosen.key
    return response


def _become(request: Request, chosen: Persona) -> HttpResponse:
    if chosen.key == "voter":
        return redirect("ballots:code", code) if (code := votes.fresh_code()) else redirect("ballots:enter")
    if not chosen.full_name:
        return redirect("site:home")
    person = Person.objects.select_related("account").filter(name=chosen.full_name, forgotten_at=None).first()
    if person is None:
        messages.warning(request, _("This person is not in town any more. Start the example town afresh."))
        return redirect("site:home")
    if person.account:
        login(request, person.account, backend=BACKEND)
        return redirect(chosen.start)
    withdraw_codes(person=person, purpose=PURPOSE)
    return redirect("people:code", issue_code(person=person, purpose=PURPOSE, days=1))


@require_safe
def post(request: Request) -> HttpResponse:
    """The letters, e-mails and calls of the house, newest first."""
    must(has_role(request.person, "officer"), request.person)
    medium = request.GET.get("medium", "")
    found = Message.objects.order_by("-made_at", "-id")
    if medium in Medium.values:
        found = found.filter(medium=medium)
    context = {"found": found, "medium": medium, "media": Medium.choices, "mails": mails.newest()}
    return render(request, "site/demo_post.html", context)
