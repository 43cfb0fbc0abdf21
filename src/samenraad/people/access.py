"""What somebody may do, by the roles they were given."""

from __future__ import annotations

from typing import Any, NoReturn

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from samenraad.people.models import Body, Membership, Person, Role


class SignInFirst(Exception):
    """Nobody is signed in, and this page is for somebody. The web layer leads to the sign-in page and back."""

    def response(self, request: HttpRequest) -> HttpResponse:
        return redirect_to_login(request.get_full_path())


def has_role(person: Person | None, *words: str, scope: str = "") -> bool:
    """Whether the person has one of these roles in the whole town, or in this scope ("process:3")."""
    if not person:
        return False
    roles = _roles(person)
    return any(word in words and given in ("", scope) for word, given in roles)


def scopes(person: Person | None, *words: str) -> set[str]:
    """The scopes in which the person has one of these roles; the empty scope is the whole town."""
    return {scope for word, scope in _roles(person) if word in words} if person else set()


def is_staff(person: Person | None) -> bool:
    """Whether the person has any role at all, in the town or in one process: then there is a desk."""
    return bool(person and _roles(person))


def town_officer(person: Person | None) -> Person:
    """The participation officer of the whole town, for whom roles, groups and the town's words are."""
    if person is None or not has_role(person, Role.Kind.OFFICER):
        refuse(person)
    return person


def person_asking(person: Person | None) -> Person:
    """Somebody, by account or by letter."""
    if person is None:
        raise SignInFirst
    return person


def role(person: Person | None, pk: int) -> Role:
    town_officer(person)
    return get_object_or_404(Role.objects.select_related("person"), pk=pk)


def body(person: Person | None, pk: int) -> Body:
    town_officer(person)
    return get_object_or_404(Body.objects.select_related("place"), pk=pk)


def membership(person: Person | None, pk: int) -> Membership:
    town_officer(person)
    return get_object_or_404(Membership.objects.select_related("person", "body"), pk=pk)


def _roles(person: Person) -> list[tuple[str, str]]:
    """Asked once per request: the person of a request is one object."""
    if not hasattr(person, "_roles"):
        person._roles = list(Role.objects.filter(person_id=person.pk).values_list("word", "scope"))  # type: ignore[attr-defined]
    roles: list[tuple[str, str]] = person._roles  # type: ignore[attr-defined]
    return roles


def must(allowed: Any, person: Person | None) -> None:
    """Go on, sign in first, or (for who may not know it exists) not found."""
    if not allowed:
        refuse(person)


def refuse(person: Person | None) -> NoReturn:
    """Sign in first; who is signed in may not know that it exists."""
    if not person:
        raise SignInFirst
    raise Http404


def is_member(person: Person | None, body_id: int | None) -> bool:
    """A running member of this body."""
    if not person or not body_id:
        return False
    return Membership.objects.filter(
        person_id=person.pk, body_id=body_id, state=Membership.State.MEMBER, until=None
    ).exists()
