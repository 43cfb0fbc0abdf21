"""Reply cards: two people key the same card, and only what both read counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from samenraad.instruments.lot.actions import replies
from samenraad.instruments.lot.models import Card, Invitation
from samenraad.instruments.lot.rules.replies import as_card, differences
from samenraad.people.models import Channel, Person
from samenraad.refusals import Refusal

COUNTED, WAITS, DIFFERS = "counted", "waits", "differs"


@transaction.atomic
def key(*, invitation: Invitation, by: Person, values: Mapping[str, Any]) -> str:
    """Keep what this person reads on the card. It counts as soon as two people read the same; else it waits for a
    second person, or for a third look. Who keys a card again mends their own reading."""
    held = replies.locked(invitation)
    _must_be_newer(held, values)
    card = as_card(values)
    Card.objects.update_or_create(invitation=held, by=by, defaults={"values": card, "made_at": timezone.now()})
    others = list(Card.objects.filter(invitation=held).exclude(by=by))
    if not others:
        return WAITS
    same = next((other for other in others if not differences(card, other.values)), None)
    if same is None:
        return DIFFERS
    days = [values["day"] for values in (card, same.values) if values.get("day")]
    _count(held, card | ({"day": min(days)} if days else {}), by)
    return COUNTED


@transaction.atomic
def decide(*, invitation: Invitation, by: Person, values: Mapping[str, Any]) -> Invitation:
    """The third look: two people read the card differently, and this is what stands there."""
    held = replies.locked(invitation)
    if Card.objects.filter(invitation=held).count() < 2:
        raise Refusal("lot.card_needs_two")
    return _count(held, as_card(values), by)


def _must_be_newer(held: Invitation, values: Mapping[str, Any]) -> None:
    """Who answered by phone or on the website after the card came in has changed their mind."""
    day = date.fromisoformat(values["day"]) if values.get("day") else timezone.localdate()
    answered = timezone.localtime(held.replied_at).date() if held.replied_at and not held.test else None
    if answered and answered > day and held.channel != Channel.PAPER:
        raise Refusal("lot.answered_later", day=answered)


def _count(held: Invitation, card: Mapping[str, Any], by: Person) -> Invitation:
    """The reply, and how to reach this person. What was keyed goes: it stands in the reply now."""
    how: dict[str, Any] = {"channel": Channel.PAPER, "keyed_by": by}
    if card.get("day"):
        how["day"] = date.fromisoformat(card["day"])
    contact = {name: str(card[name]) for name in ("phone", "email") if card.get(name)}
    large_print = bool(card.get("large_print")) or held.large_print
    replies.reach(invitation=held, large_print=large_print, **contact)
    Card.objects.filter(invitation=held).delete()
    if card.get("reply") == Invitation.Reply.YES:
        return replies.say_yes(invitation=held, values=card.get("q", {}), **how)
    reason, curious = str(card.get("reason", "")), bool(card.get("curious"))
    return replies.say_no(invitation=held, reason=reason, curious=curious, **how)
