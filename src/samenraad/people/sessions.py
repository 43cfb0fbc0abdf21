"""A session without an account: opened by a letter code, kept under an e-mail address if one wants to."""

from __future__ import annotations

from django.contrib.auth import logout
from django.http import HttpRequest

from samenraad.people.models import AccessCode, Person

PERSON, PURPOSE, KEEP = "person", "purpose", "keep"
#: somebody may sit at a computer of the library
SECONDS = 4 * 60 * 60


def open_letter(request: HttpRequest, code: AccessCode) -> None:
    """Go on as the addressee of this letter. An account that was signed in here is signed out first."""
    logout(request)
    request.session.cycle_key()
    request.session[PERSON] = code.person_id
    request.session[PURPOSE] = code.purpose
    request.session.set_expiry(SECONDS)


def close_letter(request: HttpRequest) -> None:
    for key in (PERSON, PURPOSE, KEEP):
        request.session.pop(key, None)


def keep(request: HttpRequest, person: Person, email: str) -> None:
    """Remember who asked to go on with which address. Only that address counts: others use this computer too."""
    request.session[KEEP] = {"person": person.pk, "email": email.lower()}


def kept_person(request: HttpRequest, email: str) -> Person | None:
    kept = request.session.get(KEEP)
    if not isinstance(kept, dict) or kept.get("email") != email.lower():
        return None
    return Person.objects.filter(pk=kept["person"], account=None, forgotten_at=None).first()
