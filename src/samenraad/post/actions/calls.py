"""Phone calls: somebody was told, did not pick up, or lives behind another number."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samenraad.ledger.actions import note
from samenraad.people.models import Person
from samenraad.post.actions.settle import held
from samenraad.post.models import Medium, Message
from samenraad.refusals import Refusal

State = Message.State


@transaction.atomic
def told(*, message: Message, by: Person | None) -> Message:
    """The person knows. Clicked twice is clicked once."""
    message = _call(message)
    if message.state == State.SENT:
        return message
    _must_wait(message)
    message.state, message.settled_at = State.SENT, timezone.now()
    message.save(update_fields=["state", "settled_at"])
    note("post.called", message, thread=message.scope, who=by, how="told")
    return message


@transaction.atomic
def not_reached(*, message: Message, seen: int, by: Person | None) -> Message:
    """Nobody picked up: one attempt more. `seen` is the number the caller saw, so that twice is once."""
    message = _call(message)
    _must_wait(message)
    if message.attempts != seen:
        return message
    message.attempts += 1
    message.save(update_fields=["attempts"])
    note("post.called", message, thread=message.scope, who=by, how="not_reached", attempts=message.attempts)
    return message


@transaction.atomic
def wrong_number(*, message: Message, by: Person | None) -> Message:
    """Somebody else lives there: the message failed, and another way has to be found."""
    message = _call(message)
    if message.state == State.FAILED:
        return message
    _must_wait(message)
    with translation.override(settings.LANGUAGE_CODE):
        message.trouble = _("wrong number")
    message.state, message.settled_at = State.FAILED, timezone.now()
    message.save(update_fields=["state", "settled_at", "trouble"])
    note("post.called", message, thread=message.scope, who=by, how="wrong_number")
    return message


def _call(message: Message) -> Message:
    message = held(message)
    if message.medium != Medium.PHONE:
        raise Refusal("post.no_call")
    return message


def _must_wait(message: Message) -> None:
    if message.state != State.WAITING:
        raise Refusal("post.settled", state=message.get_state_display())
