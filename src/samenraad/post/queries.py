"""What is in the outbox, ready to print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Case, Count, F, Q, QuerySet, Value, When

from samenraad.post.models import Medium, Message

State = Message.State


def due_mail(now: datetime) -> QuerySet[Message]:
    """The e-mails that may go out now, oldest first."""
    waiting = Message.objects.filter(state=State.WAITING, medium=Medium.EMAIL)
    return waiting.filter(Q(not_before=None) | Q(not_before__lte=now)).order_by("id")


def is_unsure(now: datetime) -> Q:
    """Nobody knows whether it arrived. Read from the dates: also before the tick has written it down."""
    return Q(state=State.UNSURE) | Q(state=State.CLAIMED, claimed_at__lt=now - settings.POST_LEASE)


def unsure(now: datetime) -> QuerySet[Message]:
    return Message.objects.filter(is_unsure(now))


@dataclass(frozen=True)
class Number:
    """How many messages of one medium are in one state."""

    medium: str
    state: str
    number: int


def counts(now: datetime, scope: str | None = None) -> list[Number]:
    """All messages (of one scope) by medium and state; what is in the air for too long counts as unsure."""
    messages = Message.objects.all() if scope is None else Message.objects.filter(scope=scope)
    reads_as = Case(When(is_unsure(now), then=Value(State.UNSURE.value)), default=F("state"))
    rows = messages.order_by().annotate(reads_as=reads_as).values_list("medium", "reads_as").annotate(n=Count("id"))
    return [Number(medium, state, number) for medium, state, number in sorted(rows)]
