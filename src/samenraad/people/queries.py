"""Reading about people: roles with their places, groups with their seats, all that is known of somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from samenraad.ledger.queries import things, threads
from samenraad.people import rules
from samenraad.people.models import Body, Membership, Person, RegisterEntry, Role, seat_label


@dataclass(frozen=True)
class Given:
    """A role as the desk shows it."""

    pk: int
    person: Person
    role: str
    where: str
    since: Any


def roles(scope: str = "") -> list[Given]:
    """Every role, of one scope or of all; the whole town first, then by process."""
    given = Role.objects.select_related("person").order_by("scope", "word", "person__name")
    if scope:
        given = given.filter(scope=scope)
    found = list(given)
    names = scope_names({role.scope for role in found})
    return [Given(role.pk, role.person, role.get_word_display(), names[role.scope], role.since) for role in found]


def scope_names(scopes: set[str]) -> dict[str, str]:
    """What a scope is called: the title of the process, or the whole town."""
    found = things(scopes)
    return {scope: str(found.get(scope, scope)) if scope else _("the whole town") for scope in scopes}


def scope_name(scope: str) -> str:
    return scope_names({scope})[scope]


def scope_choices() -> list[tuple[str, str]]:
    """Where a role can be given: the whole town, or one process that has begun."""
    names = scope_names({"", *threads()})
    town = names.pop("")
    return [("", town), *sorted(names.items(), key=lambda pair: pair[1])]


def bodies() -> QuerySet[Body]:
    running = Q(memberships__until=None, memberships__state__in=rules.SEATED)
    return Body.objects.select_related("place").annotate(seated=Count("memberships", filter=running))


@dataclass(frozen=True)
class Seats:
    """How many seats of one kind there are, and are taken."""

    label: str
    seats: int | None
    taken: int

    @property
    def left(self) -> int | None:
        return None if self.seats is None else max(0, self.seats - self.taken)


def seats(body: Body) -> list[Seats]:
    seated = body.memberships.filter(until=None, state__in=rules.SEATED)
    taken = dict(seated.order_by().values_list("seat_class").annotate(count=Count("pk")))
    classes = dict.fromkeys([*body.seats, *sorted(taken)])
    return [
        Seats(seat_label(name), body.seats.get(name, 0) if body.seats else None, taken.get(name, 0)) for name in classes
    ]


def members(body: Body, *, past: bool = False) -> QuerySet[Membership]:
    members = body.memberships.select_related("person").order_by("-chair", "seat_class", "person__name", "pk")
    return members.exclude(until=None) if past else members.filter(until=None)


def known(person: Person) -> dict[str, Any]:
    """All that this room holds about somebody, in words they can read."""
    account = person.account
    facts = {
        _("Name"): person.name,
        _("E-mail address"): person.email,
        _("Phone number"): person.phone,
        _("Address"): ", ".join(filter(None, (person.street, f"{person.postcode} {person.city}".strip()))),
        _("Neighbourhood"): str(person.place or ""),
        _("Language"): person.language,
        _("Wants to be told by"): person.get_prefers_display(),
        _("Name printed with what you wrote"): _("yes") if person.show_name else _("no"),
        _("Known here since"): person.made_at,
        _("Account since"): account.date_joined if account else None,
        _("Last signed in"): account.last_login if account else None,
    }
    names = scope_names(set(person.roles.values_list("scope", flat=True)))
    return {
        **{name: fact for name, fact in facts.items() if fact},
        _("Roles"): [
            {_("Role"): role.get_word_display(), _("Where"): names[role.scope], _("Since"): role.since}
            for role in person.roles.all()
        ],
        _("Groups"): [
            {
                _("Group"): membership.body.name,
                _("State"): membership.get_state_display(),
                _("Since"): membership.since,
                _("Until"): membership.until,
            }
            for membership in person.memberships.select_related("body")
        ],
        _("Letter codes"): [{_("Made"): code.made_at, _("Good until"): code.expires_at} for code in person.codes.all()],
        _("Registers"): [
            {
                _("Purpose"): entry.register.purpose,
                _("Is destroyed on"): entry.register.destroy_on,
                _("What is in it"): entry.facts,
            }
            for entry in RegisterEntry.objects.select_related("register").filter(
                key__in=[person.pseudonym, f"person:{person.pk}"]
            )
        ],
    }
