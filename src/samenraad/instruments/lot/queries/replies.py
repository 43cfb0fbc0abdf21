"""What is asked of who got a letter, whether an answer can be given, and what came in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samenraad.cards import Todo
from samenraad.instruments.lot.models import Draw, Invitation, Lot, Refusing
from samenraad.instruments.lot.rules.figures import FEWEST
from samenraad.people.codes import digest_of, normal
from samenraad.people.models import AccessCode, Channel, Person
from samenraad.processes.models import Promise
from samenraad.processes.queries import promises
from samenraad.refusals import Refusal


@dataclass(frozen=True)
class Ask:
    """What stands on the first page: the question, and the promise that goes with it."""

    question: Any
    promise: Promise | None


def ask(lot: Lot) -> Ask:
    process = lot.step.process
    return Ask(process.question, promises.current(process))


def why_closed(lot: Lot) -> Refusal | None:
    """Why no answer can be given (any more), and since when; None while it can."""
    frozen = Draw.objects.filter(lot_id=lot.pk).values_list("frozen_at", flat=True).first()
    if frozen:
        return Refusal("lot.pool_frozen", day=timezone.localtime(frozen).date())
    if lot.step.is_open:
        return None
    closed = lot.step.concluded_at or lot.step.closes
    if closed and closed <= timezone.now():
        return Refusal("lot.replies_closed", day=timezone.localtime(closed).date())
    opens = lot.step.opens
    return Refusal("lot.replies_later", day=timezone.localtime(opens).date()) if opens else Refusal("lot.replies_soon")


def shares_home(invitation: Invitation) -> bool:
    """Whether somebody else at this address said yes already; then one of them can be drawn at most."""
    if not invitation.home or not invitation.lot.one_per_address:
        return False
    others = Invitation.objects.filter(lot_id=invitation.lot_id, home=invitation.home, test=False)
    return others.filter(reply=Invitation.Reply.YES).exclude(pk=invitation.pk).exclude(person=None).exists()


def mine(lot: Lot, person: Any) -> Invitation | None:
    """The invitation of who opened their letter."""
    if person is None or lot._state.adding:
        return None
    found = Invitation.objects.select_related("person", "answers__questionnaire").filter(lot=lot, person=person).first()
    if found is not None:
        found.lot = lot
    return found


def asked(person: Person) -> list[Todo]:
    """Invitations that this person can still answer."""
    now = timezone.now()
    found = Invitation.objects.filter(person=person, reply="", test=False, lot__draw=None)
    found = found.filter(lot__step__opens__lte=now, lot__step__closes__gt=now, lot__step__concluded_at=None)
    return [
        Todo(
            what=_("You are invited: {title}. Do you take part?").format(title=one.lot.step.title),
            url=reverse("lot:reply", args=[one.lot_id]),
            action=_("Say yes or no"),
            due=timezone.localtime(one.lot.step.closes).date(),
            where=str(one.lot.step.process),
        )
        for one in found.select_related("lot__step__process")
    ]


# --- finding somebody, for who answers the phone or keys in a card -------------------------------------------------


def reachable(lot: Lot) -> QuerySet[Invitation]:
    """Everybody who can still be spoken to."""
    return Invitation.objects.filter(lot_id=lot.pk, person__isnull=False, person__forgotten_at=None)


def by_code(lot: Lot, typed: str, key: str) -> Invitation | None:
    """By the code in the letter or the lot number, as they are read aloud."""
    sign = normal(typed)
    found = reachable(lot).select_related("person", "answers")
    if not sign:
        return None
    owner = AccessCode.objects.filter(digest=digest_of(typed, key)).values_list("person_id", flat=True).first()
    invitation = found.filter(Q(number=sign) | Q(person_id=owner or 0)).first()
    if invitation is not None:
        invitation.lot = lot
    return invitation


def by_name(lot: Lot, name: str, postcode: str, limit: int = 12) -> list[Invitation]:
    """By part of a name and the postcode, however it was written."""
    plain = "".join(postcode.split()).upper()
    spaced = f"{plain[:4]} {plain[4:]}".strip()
    found = reachable(lot).filter(person__postcode__in={plain, spaced, postcode.strip()})
    words = Q(*[Q(person__name__icontains=word) for word in name.split()])
    return list(found.filter(words).select_related("person").order_by("person__name", "pk")[:limit])


# --- the desk -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CameIn:
    """How many answers came by one way."""

    channel: str
    yes: int
    no: int


def came_in(lot: Lot) -> list[CameIn]:
    own = Invitation.objects.filter(lot_id=lot.pk, test=False).exclude(reply="")
    yes, no = (Count("pk", filter=Q(reply=reply)) for reply in Invitation.Reply.values)
    rows = own.order_by("channel").values("channel").annotate(yes=yes, no=no)
    names = dict(Channel.choices)
    return [CameIn(str(names.get(row["channel"], row["channel"])), row["yes"], row["no"]) for row in rows]


def set_apart(lot: Lot) -> QuerySet[Invitation]:
    """Answers that count for nothing until somebody lets them in."""
    own = Invitation.objects.filter(lot_id=lot.pk, test=True)
    return own.exclude(reply="", doubt="").select_related("person").order_by("-replied_at", "-pk")


def reasons(lot: Lot) -> Sequence[tuple[str, int]]:
    """Why people say no. A reason that few people gave is counted with the others."""
    own = Invitation.objects.filter(lot_id=lot.pk, test=False, reply=Invitation.Reply.NO).exclude(reason="")
    counts = dict(own.order_by("reason").values_list("reason").annotate(n=Count("pk")))
    few = sum(n for reason, n in counts.items() if n < FEWEST or reason == Refusing.OTHER)
    shown = [(str(label), counts[key]) for key, label in Refusing.choices if counts.get(key, 0) >= FEWEST]
    shown = [row for row in shown if row[0] != str(Refusing.OTHER.label)]
    return [*shown, *([(str(Refusing.OTHER.label), few)] if few >= FEWEST else [])]
