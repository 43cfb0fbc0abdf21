"""Who is asking: `request.person`, by account or by a letter code, or nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from samenraad.people import sessions
from samenraad.people.actions import person_for
from samenraad.people.models import Person

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

SESSION_KEY = sessions.PERSON


class Request(HttpRequest):
    """What views of this house receive: a request that knows who asks, and whether htmx does."""

    person: Person | None
    htmx: HtmxDetails


def person(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        # without a session cookie there is nobody to look for, and nothing to ask the database
        known = settings.SESSION_COOKIE_NAME in request.COOKIES
        request.person = find(request) if known else None  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def find(request: HttpRequest) -> Person | None:
    """The person of the signed-in account, else the one whose letter code opened this session."""
    people = Person.objects.filter(forgotten_at=None)
    if request.user.is_authenticated:
        return people.filter(account=request.user).first() or person_for(request.user)
    pk = request.session.get(SESSION_KEY)
    person = people.filter(pk=pk).first() if pk else None
    if person:
        # a letter opens what somebody did themselves, never what they may do in the town hall
        person._roles = []  # type: ignore[attr-defined]
    return person
