"""Word owed about the lot: to everybody who answered, what the draw and the seats bring to them, once."""

from __future__ import annotations

from collections.abc import Iterable

from samenraad.followup.actions import owe_no_word, owe_word
from samenraad.followup.models import Feedback
from samenraad.instruments.lot.models import Invitation, Lot
from samenraad.people.models import Membership
from samenraad.people.rules import SEATED


def name_of(lot: Lot, what: str) -> str:
    """What happened, as it is kept with the word that is owed: draw:12:substitute."""
    return f"draw:{lot.pk}:{what}"


def owe(lot: Lot, what: str, invitations: Iterable[Invitation]) -> int:
    """In the transaction in which it happens. Who left no contribution, there is no way to tell."""
    contributions = [one.contribution_id for one in invitations if one.contribution_id]
    return owe_word(occasion=Feedback.Occasion.DRAWN, about=name_of(lot, what), contributions=contributions)


def owe_not(lot: Lot, what: str, invitations: Iterable[Invitation]) -> None:
    """It was undone before they heard of it."""
    contributions = [one.contribution_id for one in invitations if one.contribution_id]
    owe_no_word(about=name_of(lot, what), contributions=contributions)


def owe_the_rest(lot: Lot, substitutes: Iterable[Invitation]) -> None:
    """After the draw, once the substitutes are known: substitutes, not drawn, and who said no but wants to know."""
    standing = list(substitutes)
    replied = Invitation.objects.filter(lot=lot, test=False).exclude(contribution=None)
    said_yes = replied.filter(reply=Invitation.Reply.YES)
    seated = set(_seated_or_gone(lot))
    known = seated | {one.person_id for one in standing}
    owe(lot, "substitute", standing)
    owe(lot, "not_drawn", [one for one in said_yes if one.person_id not in known])
    owe(lot, "curious", replied.filter(reply=Invitation.Reply.NO, curious=True))


def _seated_or_gone(lot: Lot) -> Iterable[int]:
    own = Membership.objects.filter(body=lot.step.body, person__invitations__lot=lot)
    yield from own.filter(until=None, state__in=SEATED).values_list("person_id", flat=True)
    yield from own.filter(departure__lot=lot).values_list("person_id", flat=True)
