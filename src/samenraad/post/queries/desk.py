"""What stands on the post desk: counts, piles, and lists of messages with what may be decided about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Min, Q, QuerySet
from django.utils import timezone

from samenraad.people.queries import scope_names
from samenraad.post.models import Batch, Medium, Message
from samenraad.post.queries.messages import NOT_DELIVERED, address_of, calls, counts, in_scopes, is_unsure, reads_as

State = Message.State
#: the states as the desk counts them
COLUMNS = (State.WAITING, State.CLAIMED, State.SENT, State.UNSURE, State.FAILED)


@dataclass(frozen=True)
class Cell:
    label: str
    number: int


@dataclass(frozen=True)
class Row:
    """The counts of one medium, in the order of the columns."""

    medium: str
    label: str
    cells: tuple[Cell, ...]


def table_of_counts(now: datetime, scopes: set[str]) -> list[Row]:
    found = {(count.medium, count.state): count.number for count in counts(now, scopes)}
    return [
        Row(medium, str(label), tuple(Cell(str(s.label), found.get((medium, s.value), 0)) for s in COLUMNS))
        for medium, label in Medium.choices
    ]


@dataclass(frozen=True)
class Pile:
    """What waits in one process: letters to print, or people to call."""

    scope: str
    name: str
    number: int


def letters_by_scope(scopes: set[str]) -> list[Pile]:
    waiting = Message.objects.filter(in_scopes(scopes), medium=Medium.LETTER, state=State.WAITING, batch=None)
    return _piles(waiting)


def calls_by_scope(scopes: set[str]) -> list[Pile]:
    return _piles(calls().filter(in_scopes(scopes)))


def _piles(messages: QuerySet[Message]) -> list[Pile]:
    rows = list(messages.order_by().values_list("scope").annotate(number=Count("id")))
    names = scope_names({scope for scope, _ in rows})
    return sorted((Pile(scope, names[scope], number) for scope, number in rows), key=lambda pile: pile.name)


def batches(scopes: set[str]) -> QuerySet[Batch]:
    """The piles, those that still have to be posted first."""
    counted = Batch.objects.filter(in_scopes(scopes)).annotate(letters=Count("messages"))
    return counted.order_by(F("posted_on").desc(nulls_first=True), "-made_at")


@dataclass(frozen=True)
class Outgoing:
    """How the e-mail goes: how many wait, since when, and what the server said."""

    waiting: int
    since: datetime | None
    trouble: str


def outgoing(scopes: set[str]) -> Outgoing:
    mail = Message.objects.filter(in_scopes(scopes), medium=Medium.EMAIL, state=State.WAITING)
    found = mail.aggregate(number=Count("id"), since=Min("made_at"))
    trouble = mail.exclude(trouble="").order_by("-not_before").values_list("trouble", flat=True).first()
    return Outgoing(found["number"], found["since"], trouble or "")


def messages(
    scopes: set[str], *, state: str = "", medium: str = "", scope: str = "", who: str = ""
) -> QuerySet[Message]:
    """Every message of these scopes, newest first, as the list filters them."""
    found = Message.objects.filter(in_scopes(scopes)).select_related("person", "batch", "replaced_by")
    now = timezone.now()
    if state == State.UNSURE:
        found = found.filter(is_unsure(now))
    elif state == State.FAILED:
        found = found.filter(NOT_DELIVERED)
    elif state:
        found = found.filter(state=state).exclude(is_unsure(now))
    if medium:
        found = found.filter(medium=medium)
    if scope:
        found = found.filter(scope=scope)
    if who:
        found = found.filter(Q(address__name__icontains=who) | Q(address__email__icontains=who) | Q(message_id=who))
    return found.order_by("-id")


def ways_to_reach(message: Message) -> list[tuple[str, str]]:
    """By which media this person can be written to now: the choices when it goes again."""
    there = message.address
    if message.person:
        there = address_of(message.person)
    reach = {Medium.EMAIL: "email", Medium.LETTER: "street", Medium.PHONE: "phone"}
    return [(medium.value, str(medium.label)) for medium, field in reach.items() if there.get(field)]


#: how a state looks: word and shape
LOOKS = {
    State.WAITING: "planned",
    State.CLAIMED: "now",
    State.SENT: "adopted",
    State.UNSURE: "waiting",
    State.FAILED: "late",
    State.CANCELLED: "rejected",
}


@dataclass(frozen=True)
class Shown:
    """One message in a list, with what may be decided about it."""

    message: Message
    state: str
    label: str
    look: str
    moment: datetime
    open: bool
    ways: tuple[tuple[str, str], ...] = ()


def shown(messages: Iterable[Message], now: datetime) -> list[Shown]:
    return [_shown(message, now) for message in messages]


def _shown(message: Message, now: datetime) -> Shown:
    state = State(reads_as(message, now))
    replaced = getattr(message, "replaced_by", None)
    is_open = state in (State.UNSURE, State.FAILED) and replaced is None
    return Shown(
        message=message,
        state=state,
        label=str(state.label),
        look=LOOKS[state],
        moment=message.settled_at or message.claimed_at or message.made_at,
        open=is_open,
        ways=tuple(ways_to_reach(message)) if is_open and message.subject else (),
    )
