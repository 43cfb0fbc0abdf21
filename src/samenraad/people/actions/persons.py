"""People come, get an account if they want one, and can be forgotten."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.manage_email import sync_user_email_address
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from samenraad.people.actions.roles import give_role, must_leave_an_officer
from samenraad.people.models import Account, Membership, Person, RegisterEntry, Role, new_pseudonym
from samenraad.people.rules import NEXT


def register_person(*, email: str = "", **fields: Any) -> Person:
    """Somebody new, with or without e-mail: at a desk, by phone, from a paper form.

    It writes nothing in the ledger: who people are is not for there, and what they came to do is written down
    by the action that does it.
    """
    return Person.objects.create(email=email.strip().lower(), **fields)


def find_or_register(*, email: str = "", name: str = "") -> Person:
    """Who has this address, with an account first; else somebody new. Without an address always somebody new."""
    email = email.strip().lower()
    same = Person.objects.filter(forgotten_at=None).filter(Q(account__email__iexact=email) | Q(email__iexact=email))
    person = same.order_by(F("account").asc(nulls_last=True), "pk").first() if email else None
    if person is None:
        return register_person(email=email, name=name)
    if name and not person.name:
        person.name = name
        person.save(update_fields=["name"])
    return person


def account_for(email: str) -> Account | None:
    """The account of this address; a new one is made on the spot, and counts when its code has come back.

    So a page answers the same whether somebody is known here or not. An account that was closed stays closed.
    """
    account = Account.objects.filter(email__iexact=email).first()
    if account is None:
        nobody = {"password": make_password(None)}
        account = Account.objects.get_or_create(email=email.lower(), defaults=nobody)[0]
    sync_user_email_address(account)
    return account if account.is_active else None


@transaction.atomic
def person_for(account: Account) -> Person:
    """The person behind an account whose e-mail address is proven, made at the first sign-in.

    Was somebody without account known under this address, say from a paper form? Then that is the person. Several
    of them (a family that shares an address) cannot be told apart: then it is somebody new.
    """
    known = Person.objects.filter(account=account).first()
    if known:
        return known
    same = list(Person.objects.filter(account=None, forgotten_at=None, email__iexact=account.email)[:2])
    if len(same) == 1:
        return link_account(person=same[0], account=account)
    return Person.objects.get_or_create(account=account, defaults={"email": account.email})[0]


@transaction.atomic
def link_account(*, person: Person, account: Account) -> Person:
    """From now on this person signs in with this account."""
    person.account, person.email = account, account.email
    person.save(update_fields=["account", "email"])
    return person


@transaction.atomic
def add_staff(
    *, email: str, name: str = "", word: str = "officer", scope: str = "", password: str | None = None
) -> Person:
    """An account for somebody of the town hall, with a role. Without a password they sign in with a code by mail."""
    email = email.strip().lower()
    account = Account.objects.filter(email__iexact=email).first() or Account(email=email)
    if password is not None:
        validate_password(password, account)
        account.set_password(password)
    elif not account.pk:
        account.set_unusable_password()
    account.is_active = True
    account.save()
    EmailAddress.objects.update_or_create(
        user=account, email=account.email, defaults={"verified": True, "primary": True}
    )
    person = person_for(account)
    if name:
        person.name = name
        person.save(update_fields=["name"])
    give_role(person=person, word=word, scope=scope)
    return person


@transaction.atomic
def forget(*, person: Person) -> Person:
    """Empty everything that says who this is. That somebody took part remains; who it was, nobody can tell.

    The account goes, and with it every session; so do letter codes, roles and what stands in registers. A running
    membership ends. The ledger entry is written by whoever leads the forgetting, after all rooms have done theirs.
    """
    must_leave_an_officer(person)
    today = timezone.localdate()
    RegisterEntry.objects.filter(key__in=[person.pseudonym, f"person:{person.pk}"]).delete()
    person.codes.all().delete()
    Role.objects.filter(person=person).delete()
    running = [state for state, after in NEXT.items() if after]
    person.memberships.filter(until=None, state__in=running).update(state=Membership.State.WITHDRAWN)
    person.memberships.filter(until=None, since__gt=today).delete()  # one that had not begun
    person.memberships.filter(until=None).update(until=today, chair=False)
    account, person.account = person.account, None
    _empty(person)
    if account:
        account.delete()
    return person


def _empty(person: Person) -> None:
    for field in ("name", "email", "phone", "street", "postcode", "city", "prefers"):
        setattr(person, field, "")
    person.place, person.show_name = None, False
    person.language = Person._meta.get_field("language").default
    person.pseudonym = new_pseudonym()
    person.forgotten_at = person.forgotten_at or timezone.now()
    person.save()
