"""Who is asking: `request.person`, by account or by a letter code, or nobody."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from samenraad.people.models import Person

SESSION_KEY = "person"


def person(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        request.person = SimpleLazyObject(lambda: find(request))  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def find(request: HttpRequest) -> Person | None:
    """The person of the signed-in account, else the one whose letter code opened this session."""
    people = Person.objects.filter(forgotten_at=None)
    if request.user.is_authenticated:
        return people.filter(account=request.user).first()
    pk = request.session.get(SESSION_KEY)
    return people.filter(pk=pk).first() if pk else None
