"""Reply cards on their way in: which wait for a second person, and which were read differently."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samenraad.instruments.lot.models import Card, Invitation, Lot, Refusing
from samenraad.instruments.lot.queries.replies import reachable
from samenraad.instruments.lot.rules.replies import differences
from samenraad.people.models import Channel, Person
from samenraad.questionnaires.models import Questionnaire
from samenraad.questionnaires.queries import in_words, items


@dataclass(frozen=True)
class Waiting:
    """A card that does not count yet. `mine`: this person keyed it, so somebody else has to."""

    invitation: Invitation
    keyed: int
    mine: bool


@dataclass(frozen=True)
class Pile:
    """How far the cards are."""

    counted: int
    second: tuple[Waiting, ...]
    differ: tuple[Waiting, ...]

    @property
    def for_me(self) -> int:
        return sum(not one.mine for one in self.second)


def pile(lot: Lot, person: Person | None) -> Pile:
    cards: dict[int, list[Card]] = {}
    for card in _cards(lot):
        cards.setdefault(card.invitation_id, []).append(card)
    rows = [
        Waiting(some[0].invitation, len(some), any(card.by_id == getattr(person, "pk", None) for card in some))
        for some in cards.values()
    ]
    counted = Invitation.objects.filter(lot_id=lot.pk, test=False, channel=Channel.PAPER).exclude(reply="")
    return Pile(
        counted.count(), tuple(one for one in rows if one.keyed == 1), tuple(one for one in rows if one.keyed > 1)
    )


def _cards(lot: Lot) -> QuerySet[Card]:
    """Those of people who were forgotten are empty, and wait for nobody."""
    own = Card.objects.filter(invitation__in=reachable(lot))
    return own.select_related("invitation").order_by("made_at", "pk")


@dataclass(frozen=True)
class Difference:
    """What two people read on the same spot of one card."""

    name: str
    label: str
    first: str
    second: str


def apart(lot: Lot, first: Mapping[str, Any], second: Mapping[str, Any]) -> list[Difference]:
    names = _labels(lot.questionnaire)
    return [
        Difference(name, names.get(name, name), _said(lot, first, name), _said(lot, second, name))
        for name in differences(first, second)
    ]


def _labels(questionnaire: Questionnaire | None) -> dict[str, str]:
    own = {
        "reply": _("Yes or no"), "reason": _("Why not"), "curious": _("Wants to hear the result"),
        "phone": _("Phone number"), "email": _("E-mail address"), "large_print": _("Letters in large print"),
    }  # fmt: skip
    asked = items(questionnaire) if questionnaire else ()
    return own | {f"q.{item.question.key}": str(item.question) for item in asked}


def _said(lot: Lot, values: Mapping[str, Any], name: str) -> str:
    if name.startswith("q."):
        value, questionnaire = values.get("q", {}).get(name[2:]), lot.questionnaire
        asked = items(questionnaire).filter(question__key=name[2:]).first() if questionnaire else None
        return in_words(asked.question, value, questionnaire) if asked else str(value or "")
    value = values.get(name, "")
    words = dict(Invitation.Reply.choices) | dict(Refusing.choices)
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    return str(words.get(value, value))
