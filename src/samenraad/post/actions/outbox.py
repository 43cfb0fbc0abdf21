"""Putting a message in the outbox, once."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from samenraad.people.models import Person
from samenraad.post.models import Medium, Message
from samenraad.post.queries import address_of
from samenraad.post.rules import medium_for, one_line
from samenraad.refusals import Refusal


def queue(
    *,
    key: str,
    person: Person | None,
    subject: str,
    body: str,
    medium: str | None = None,
    channel: str = "",
    scope: str = "",
    language: str | None = None,
    extra: Mapping[str, Any] | None = None,
    address: Mapping[str, str] | None = None,
) -> Message:
    """One message to one person, exactly once: who asks twice with the same key gets the message that is there.

    `key` says why the message exists, for instance `feedback:12`; `scope` is the thread it belongs to
    (`process.thread`): its officers see what becomes of it. `subject` and `body` are plain text in the person's
    language, paragraphs divided by an empty line; salutation and greeting belong to the body.

    Without `medium` it goes as the person wishes (`prefers`), else by the `channel` they took part by, else by
    what there is. Nobody reachable: Refusal "post.unreachable", and the caller decides what then.

    `extra`, all optional, plain text: `where` (title of the process, printed above the subject), `promise` (what
    is promised, printed with the bar), `link` and `link_text` (where to go and what it says), `code` (letter
    code), `phone` (the number to call; else the town's), `signed` (who signs: "name\\nfunction"), `large` (True:
    large print), `columns` ([[heading, text], ...]). What only letters have stands with `queue_letters`.

    `address` replaces the person's own, for a mailbox without a person: {"email": ...}, `person=None`.

    It writes nothing in the ledger: the act that owes the message does. Sending begins when the transaction of
    the caller is committed, with one job for all that was queued in it.
    """
    known = Message.objects.filter(key=key).first()
    if known:
        return known
    there = dict(address) if address is not None else address_of(person)
    message = Message(
        key=key,
        message_id=new_message_id(),
        medium=_medium(medium, (person.prefers if person else "") or channel, there),
        scope=scope,
        person=person,
        address=there,
        language=language or (person.language if person else settings.LANGUAGE_CODE),
        subject=one_line(subject)[:240],
        body=body.strip(),
        extra=dict(extra or {}),
    )
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:  # somebody else was first
        return Message.objects.get(key=key)
    if message.medium == Medium.EMAIL:
        wake_after_commit()
    return message


@dataclass(frozen=True)
class Draft:
    """A letter to one person, as it will be queued; to an `address` without a person, where nobody is known."""

    key: str
    person: Person | None
    subject: str
    body: str
    extra: Mapping[str, Any]
    language: str
    address: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Queued:
    """What became of many drafts: how many letters were made, and whom no letter can reach."""

    made: int
    unreachable: tuple[Person, ...]


def queue_letters(*, drafts: Sequence[Draft], scope: str) -> Queued:
    """Many letters at once, each exactly once, as `queue` does it for one.

    More that `extra` may hold, all plain text: `facts` ([[name, value], ...], beside the date), `strong` (a sentence
    that stands out), `promise_title`, `proof` (small, under the promise), `after` (sentences under the QR code),
    `small` (at the end), `card` (a card to send back: title, choices, fields, asks, address), `back` (the other side
    in another language: language, subject, body, and of these keys what is wanted). And for its code: `leads_to` (the
    page it opens), `purpose`, `good_until` (its last day). A `code` that is no person's brings its own page: `opens`,
    an address with {code} in it, and `link`, where one fills in the code.
    """
    known = set(Message.objects.filter(key__in=[draft.key for draft in drafts]).values_list("key", flat=True))
    fresh = [draft for draft in drafts if draft.key not in known]
    there = {draft.key: _address(draft) for draft in fresh}
    letters = [_letter(draft, there[draft.key], scope) for draft in fresh if there[draft.key].get("street")]
    Message.objects.bulk_create(letters, batch_size=200, ignore_conflicts=True)  # somebody else may be first
    nowhere = [draft.person for draft in fresh if draft.person and not there[draft.key].get("street")]
    return Queued(len(letters), tuple(nowhere))


def _address(draft: Draft) -> Mapping[str, str]:
    return address_of(draft.person) if draft.address is None else draft.address


def withdraw(*, keys: Iterable[str]) -> int:
    """What waits and lies in no pile yet need not go any more. Says how many."""
    waiting = Message.objects.filter(key__in=list(keys), state=Message.State.WAITING, batch=None)
    return waiting.update(state=Message.State.CANCELLED, settled_at=timezone.now())


def _letter(draft: Draft, address: Mapping[str, str], scope: str) -> Message:
    return Message(
        key=draft.key,
        message_id=new_message_id(),
        medium=Medium.LETTER,
        scope=scope,
        person=draft.person,
        address=dict(address),
        language=draft.language,
        subject=one_line(draft.subject)[:240],
        body=draft.body.strip(),
        extra=dict(draft.extra),
    )


def new_message_id() -> str:
    """Fixed when the message is made, and random: it tells nothing about the person."""
    return f"<{secrets.token_hex(16)}@{settings.MAIL_DOMAIN}>"


def _medium(wanted: str | None, preference: str, address: Mapping[str, str]) -> str:
    there = {
        Medium.EMAIL: bool(address.get("email")),
        Medium.LETTER: bool(address.get("street")),
        Medium.PHONE: bool(address.get("phone")),
    }
    if wanted is None:
        found = medium_for(preference, there[Medium.EMAIL], there[Medium.LETTER], there[Medium.PHONE])
        if found is None:
            raise Refusal("post.unreachable")
        return found
    if not there[Medium(wanted)]:
        raise Refusal("post.no_way", medium=Medium(wanted).label)
    return wanted


def wake_after_commit() -> None:
    """Once per transaction, however many messages it queues."""
    if not any(wake in entry for entry in connection.run_on_commit):
        transaction.on_commit(wake)


def wake() -> None:
    """See to it that a job will look for waiting messages, unless one is about to already."""
    from samenraad.post import tasks  # it calls us

    tasks.enqueue_once()
