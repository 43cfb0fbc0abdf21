"""The first desk: a stub with a code comes in with a ballot on paper. Nothing here knows what was voted.

First the roll is marked, then the box gets a ticket without a ballot. Who is cut off between the two presses again:
the code is marked, the box has no ticket, and it is taken in. There is no taking back: whoever could free a code again
could let one resident vote twice, and the box does not say which ballot that was.
"""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from samenraad.ballots.actions import casting
from samenraad.ballots.box.models import Ticket
from samenraad.ballots.models import Press, Vote
from samenraad.ballots.rules import codes
from samenraad.people.models import Channel
from samenraad.refusals import Refusal

#: the ways to the paper route: the sheet itself, or with help, by phone or at home
CHANNELS = (Channel.PAPER, Channel.PHONE, Channel.STREET)


def take_in(*, vote: Vote, code: str, once: str, channel: str = Channel.PAPER) -> bool:
    """Whether the ballot of this stub may go into the paper box. A second ballot may not, and is counted in public.

    The same press (`once`) of the same code gives the same answer, and is counted once. Refuses `ballots.no_paper`, and
    what `casting.known` refuses of a code that is not on the roll or was replaced.
    """
    must_take_paper(vote)
    free = _is_free(vote, code)
    press, first = Press.objects.get_or_create(vote=vote, once=_word(vote, code, once), defaults={"free": free})
    with transaction.atomic():
        held = Press.objects.select_for_update().get(pk=press.pk)
        _still_unsealed(vote)
        if held.came_in is None:
            held.came_in = held.free and _into_the_box(vote, code, channel, again=not first)
            if not held.came_in:
                casting.turned_away(vote=vote, channel=channel)
            held.save(update_fields=["came_in"])
    Press.objects.filter(vote=vote, day__lt=timezone.localdate()).delete()
    return held.came_in


def _word(vote: Vote, code: str, once: str) -> str:
    """Of this press and this code: who goes back to an older page and types the next stub gets an answer for that stub.
    `once` is random and kept nowhere, so nothing leads from this to the code."""
    return codes.keyed(settings.BOX_KEY, "press", vote.key, f"{once}\n{codes.normal(code)}")[:32]


def must_take_paper(vote: Vote) -> None:
    """Paper that lay in the letter box on the last day is taken in after it, until the box is sealed."""
    if vote.frozen_at is None or vote.sealed_at or vote.step.state == vote.step.State.PLANNED:
        raise Refusal("ballots.no_paper")


def _still_unsealed(vote: Vote) -> None:
    """Who seals holds this row too."""
    if Vote.objects.select_for_update().get(pk=vote.pk).sealed_at:
        raise Refusal("ballots.no_paper")


def _is_free(vote: Vote, code: str) -> bool:
    try:
        casting.known(vote=vote, code=code)
    except Refusal as refusal:
        if refusal.code != "ballots.used":
            raise
        return False
    return True


def _into_the_box(vote: Vote, code: str, channel: str, *, again: bool) -> bool:
    """Roll, then box. Was this press cut off before its answer, then the ticket it finds is its own."""
    if casting.accept(vote=vote, code=code, ballot=None, channel=channel):
        return True
    ticket = codes.ticket(code, vote.key, settings.BOX_KEY)
    return again and not Ticket.objects.filter(digest=ticket, channel=Channel.WEB).exists()
