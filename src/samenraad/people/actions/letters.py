"""The code in a letter: made once, shown once, and slow to guess."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from samenraad.people.codes import digest_of, new_code
from samenraad.people.models import AccessCode, FailedCode, Person
from samenraad.people.rules import too_many_wrong
from samenraad.refusals import Refusal


def issue_code(*, person: Person, purpose: str = "", days: int = 90, leads_to: str = "") -> str:
    """A code for one letter, readable now and never again: only its keyed digest is kept. `leads_to` is the address of
    the page that it opens, in this house; empty: the person's own page.

    It writes nothing in the ledger: the letter that carries it does.
    """
    wanted = Wanted(person, purpose, leads_to, timezone.now() + timedelta(days=days))
    return issue_codes([wanted])[0]


@dataclass(frozen=True)
class Wanted:
    """A code that somebody is to get."""

    person: Person
    purpose: str
    leads_to: str
    until: datetime


def issue_codes(wanted: Sequence[Wanted]) -> list[str]:
    """Codes for many letters at once, in the order in which they are wanted."""
    if any(one.person.forgotten_at for one in wanted):
        raise Refusal("people.forgotten")
    codes = [new_code() for _ in wanted]
    AccessCode.objects.bulk_create(
        [
            AccessCode(
                person=one.person,
                digest=digest_of(code, settings.CODE_KEY),
                purpose=one.purpose,
                leads_to=one.leads_to,
                expires_at=one.until,
            )
            for one, code in zip(wanted, codes, strict=True)
        ],
        batch_size=500,
    )
    return codes


def redeem(*, code: str, source: str) -> AccessCode:
    """Whose letter this is: `redeem(...).person`. A code stays good until its day: people come back to look.

    `source` is where it came from (see `rules.source_of`). Ten wrong ones in an hour, and that source waits. A
    wrong code must be counted although we refuse: do not call this inside a transaction.
    """
    wrong = FailedCode.objects.filter(source=source, moment__gt=timezone.now() - timedelta(hours=1))
    if too_many_wrong(wrong.count()):
        raise Refusal("people.too_many_codes")
    found = (
        AccessCode.objects.select_related("person")
        .filter(digest=digest_of(code, settings.CODE_KEY), person__forgotten_at=None)
        .first()
    )
    if found is None:
        FailedCode.objects.create(source=source)
        raise Refusal("people.wrong_code")
    if found.expires_at <= timezone.now():
        raise Refusal("people.expired_code", day=timezone.localtime(found.expires_at).date())
    return found


def withdraw_codes(*, person: Person, purpose: str = "") -> int:
    """Make earlier letters of this person worthless, for instance when one was sent to an old address."""
    codes = AccessCode.objects.filter(person=person)
    return (codes.filter(purpose=purpose) if purpose else codes).delete()[0]
