"""What only a person can decide: did it arrive, and shall it go again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from samenraad.ledger.actions import note
from samenraad.people.models import Person
from samenraad.post.actions.outbox import Draft, queue, queue_letters
from samenraad.post.models import Batch, Medium, Message
from samenraad.post.queries import address_of, reads_as
from samenraad.post.rules import again
from samenraad.refusals import Refusal

State = Message.State
#: what a person can still decide about
OPEN = (State.UNSURE, State.FAILED)


@transaction.atomic
def it_arrived(*, message: Message, by: Person | None) -> Message:
    """Somebody looked (in the mail server's log, or asked): it did arrive, or the person knows it in another way."""
    message = held(message)
    if message.state == State.SENT:
        return message
    _must_be_open(message)
    before, message.state, message.settled_at = reads_as(message, timezone.now()), State.SENT, timezone.now()
    message.save(update_fields=["state", "settled_at"])
    note("post.settled", message, thread=message.scope, who=by, before=before, how="arrived")
    return message


@transaction.atomic
def send_again(*, message: Message, by: Person | None, medium: str | None = None) -> Message:
    """A person's decision: a new message in its place, with a Message-ID of its own, to where the person lives now.

    The old one counts as not delivered. Asked twice, the one that was made is given back.
    """
    message = held(message)
    known = Message.objects.filter(replaces=message).first()
    if known:
        return known
    _must_be_open(message)
    if not message.subject:
        raise Refusal("post.forgotten")
    there = address_of(message.person) if message.person else message.address
    extra = {name: value for name, value in message.extra.items() if name != "code"}
    fresh = queue(
        key=again(message.key), person=message.person, address=there, medium=medium, channel=_as_before(message),
        subject=message.subject, body=message.body, scope=message.scope, language=message.language, extra=extra,
    )  # fmt: skip
    fresh.replaces = message
    fresh.save(update_fields=["replaces"])
    before, message.state, message.settled_at = reads_as(message, timezone.now()), State.FAILED, timezone.now()
    message.save(update_fields=["state", "settled_at"])
    note("post.settled", message, thread=message.scope, who=by, before=before, how="again", medium=fresh.medium)
    return fresh


@transaction.atomic
def print_again(*, message: Message, draft: Draft, by: Person | None) -> Message:
    """The same letter once more, for instance in large print or another language; `draft` says how, its key is ours.

    One that was not posted yet is withdrawn; one that was remains sent, and its code good. Asked twice, the one that
    waits is given back.
    """
    message = held(latest(message))
    if message.medium != Medium.LETTER or not message.subject:
        raise Refusal("post.forgotten")
    if message.state == State.WAITING and _without_code(message.extra) == _without_code(draft.extra):
        return message
    fresh = replace(draft, key=again(message.key))
    if not queue_letters(drafts=[fresh], scope=message.scope).made:
        raise Refusal("post.no_way", medium=Medium.LETTER.label)
    letter = Message.objects.get(key=fresh.key)
    letter.replaces = message
    letter.save(update_fields=["replaces"])
    if message.state == State.WAITING:
        Message.objects.filter(pk=message.pk).update(state=State.CANCELLED, settled_at=timezone.now(), batch=None)
        Batch.objects.filter(posted_on=None, messages=None).delete()
    note("post.printed_again", message, thread=message.scope, who=by)
    return letter


def _without_code(extra: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in extra.items() if name != "code"}


def latest(message: Message) -> Message:
    """The last in the row of messages that were sent in its place."""
    while follower := Message.objects.filter(replaces=message).first():
        message = follower
    return message


def held(message: Message) -> Message:
    """The message as it is now, and nobody else changes it until the transaction ends."""
    return Message.objects.select_for_update(of=("self",)).select_related("person").get(pk=message.pk)


def _must_be_open(message: Message) -> None:
    state = reads_as(message, timezone.now())
    if state == State.CLAIMED:
        raise Refusal("post.in_the_air")
    if state not in OPEN:
        raise Refusal("post.settled", state=State(state).label)
    if Message.objects.filter(replaces=message).exists():
        raise Refusal("post.settled", state=State.FAILED.label)


def _as_before(message: Message) -> str:
    return {"letter": "paper", "phone": "phone"}.get(message.medium, "web")


@transaction.atomic
def forget(*, person: Person) -> int:
    """Empty all messages to this person; what waits is withdrawn. The counts stay. Tells how many there were.

    The ledger entry is written by whoever leads the forgetting.
    """
    return _emptied(Message.objects.filter(person=person))


@transaction.atomic
def empty_letters(*, key: str) -> int:
    """The same for letters to people whom we do not know, by the beginning of their key: nobody asks to be forgotten
    there, so whoever sent them says when."""
    return _emptied(Message.objects.filter(key__startswith=key, person=None))


def _emptied(messages: QuerySet[Message]) -> int:
    messages.filter(state=State.WAITING).update(state=State.CANCELLED, settled_at=timezone.now(), batch=None)
    Batch.objects.filter(posted_on=None, messages=None).delete()
    return messages.update(address={}, subject="", body="", extra={}, trouble="")
