"""Messages by what may happen to them: due, unsure, not delivered, to print, to call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Case, Count, F, Q, QuerySet, Value, When

from samenraad.people.models import Person
from samenraad.post.models import Medium, Message
from samenraad.post.rules import state_now

State = Message.State


def due_mail(now: datetime) -> QuerySet[Message]:
    """The e-mails that may go out now, oldest first."""
    waiting = Message.objects.filter(state=State.WAITING, medium=Medium.EMAIL)
    return waiting.filter(Q(not_before=None) | Q(not_before__lte=now)).order_by("id")


def is_unsure(now: datetime) -> Q:
    """Nobody knows whether it arrived. Read from the dates: also before the tick has written it down."""
    return Q(state=State.UNSURE) | Q(state=State.CLAIMED, claimed_at__lt=now - settings.POST_LEASE)


def reads_as(message: Message, now: datetime) -> str:
    """The state of one message, as it reads at this moment."""
    return state_now(message.state, message.claimed_at, now, settings.POST_LEASE)


def unsure(now: datetime) -> QuerySet[Message]:
    return Message.objects.filter(is_unsure(now))


#: not delivered, nothing was sent in its place, and there is still somebody to write to
NOT_DELIVERED = Q(state=State.FAILED, replaced_by=None) & ~Q(subject="")


def letters_to_print(scope: str) -> QuerySet[Message]:
    """Letters that wait and lie in no pile yet, oldest first."""
    waiting = Message.objects.filter(medium=Medium.LETTER, state=State.WAITING, batch=None, scope=scope)
    return waiting.order_by("id")


def calls() -> QuerySet[Message]:
    """Who has to be called; who was tried most often comes last."""
    waiting = Message.objects.filter(medium=Medium.PHONE, state=State.WAITING)
    return waiting.order_by("attempts", "id")


def in_scopes(scopes: set[str]) -> Q:
    """The empty scope is the whole town: whoever has it sees everything."""
    return Q() if "" in scopes else Q(scope__in=scopes)


@dataclass(frozen=True)
class Number:
    """How many messages of one medium are in one state."""

    medium: str
    state: str
    number: int


def counts(now: datetime, scopes: set[str] | None = None) -> list[Number]:
    """All messages (of these scopes) by medium and state; what is in the air for too long counts as unsure."""
    messages = Message.objects.filter(in_scopes({""} if scopes is None else scopes))
    read = Case(When(is_unsure(now), then=Value(State.UNSURE.value)), default=F("state"))
    rows = messages.order_by().annotate(read=read).values_list("medium", "read").annotate(n=Count("id"))
    return [Number(medium, state, number) for medium, state, number in sorted(rows)]


def address_of(person: Person | None) -> dict[str, str]:
    """Where somebody can be reached, as it is now. An address that is not complete reaches nobody."""
    if person is None:
        return {}
    fields = ["name", "email", "phone", *(["street", "postcode", "city"] if person.has_address else [])]
    return {field: value for field in fields if (value := getattr(person, field))}
