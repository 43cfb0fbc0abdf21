"""A letter got lost: its code is blocked and another one given out, in public, as long as no ballot came in on it.

The roll decides between this and a ballot that comes in at the same moment: both change the entry in one statement, on
a condition. Where the code itself is known the box can be asked as well, and then closed for it: a ticket that is no
ballot keeps out the one that may still be under way.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from itertools import zip_longest

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from samenraad.ballots.actions import boards
from samenraad.ballots.actions.casting import REPLACED
from samenraad.ballots.actions.roll import digest_of
from samenraad.ballots.box.models import Line, Ticket
from samenraad.ballots.models import Vote
from samenraad.ballots.queries import roll as queries
from samenraad.ballots.roll.models import Entry
from samenraad.ballots.rules import codes
from samenraad.ballots.rules.board import roll_leaf
from samenraad.ledger.actions import note
from samenraad.people.models import Person
from samenraad.refusals import Refusal

State = Entry.State
#: what is begun so long before the end stands on the board before the box is closed
MARGIN = timedelta(minutes=1)


def given(vote: Vote, number: str) -> list[Entry]:
    """The codes of somebody, by the number in the register; the one that works is among them, if any does."""
    holder = codes.holder(number, vote.key, settings.ROLL_KEY)
    return (
        list(Entry.objects.filter(vote=vote.key, holder=holder).order_by("state", "digest")) if number.strip() else []
    )


def why_not(vote: Vote, own: list[Entry]) -> Refusal | None:
    """Why these codes cannot be replaced; None when they can."""
    if not own:
        return Refusal("ballots.unknown_number")
    if any(entry.state in (State.ONLINE, State.PAPER) for entry in own):
        return Refusal("ballots.lost_used")
    return None if any(entry.state == State.UNUSED for entry in own) else Refusal("ballots.replaced_meanwhile")


def replace(*, vote: Vote, number: str, seen: int, by: Person | None) -> tuple[str, str]:
    """Another code for who lost the letter: (neighbourhood, code). Given back once, and kept nowhere.

    `seen` is how many codes this person had when somebody decided: pressed twice, only the first counts. Refuses
    `ballots.unknown_number`, `ballots.lost_used`, `ballots.replaced_meanwhile`.
    """
    _must_be_possible(vote)
    code = codes.new_code()
    with transaction.atomic(using="roll"):
        held = [entry.digest for entry in given(vote, number)]
        own = list(Entry.objects.select_for_update().filter(digest__in=held).order_by("digest"))
        if len(own) != seen and own:
            raise Refusal("ballots.replaced_meanwhile")
        if refusal := why_not(vote, own):
            raise refusal
        free = next(entry for entry in own if entry.state == State.UNUSED)
        _exchange(vote, free, code, [State.UNUSED])
    _told(vote, by)
    return free.area, code


def replace_code(*, vote: Vote, code: str, by: Person | None) -> str:
    """Another code for one that is known, but should not be used: read by others, or damaged. Also for one that the
    roll marks as used while no ballot came: the box is asked. Refuses `ballots.unknown_code`, `ballots.blocked` and
    `ballots.lost_used`."""
    _must_be_possible(vote)
    entry = Entry.objects.filter(digest=digest_of(vote, code), vote=vote.key).first()
    if entry is None:
        raise Refusal("ballots.unknown_code")
    if entry.state == State.BLOCKED:
        raise Refusal("ballots.blocked")
    if not _shut(vote, code):
        raise Refusal("ballots.lost_used")
    fresh = codes.new_code()
    with transaction.atomic(using="roll"):
        _exchange(vote, entry, fresh, [State.UNUSED, State.ONLINE, State.PAPER])  # marked as it may be: the box is shut
    _told(vote, by)
    return fresh


def _must_be_possible(vote: Vote) -> None:
    if vote.frozen_at is None:
        raise Refusal("ballots.not_frozen")
    closes = vote.step.closes
    if vote.sealed_at or (closes and timezone.now() > closes - MARGIN):
        raise Refusal("ballots.closed")


def _shut(vote: Vote, code: str) -> bool:
    """Nothing can come in on this code any more; False when a ballot did. Cut off after this and asked again, it is
    still shut."""
    ticket = codes.ticket(code, vote.key, settings.BOX_KEY)
    with transaction.atomic(using="box"):
        fresh = Ticket(digest=ticket, vote=f"-{vote.key}", channel=REPLACED)
        Ticket.objects.bulk_create([fresh], ignore_conflicts=True)
    return Ticket.objects.filter(digest=ticket, channel=REPLACED).exists()


def _exchange(vote: Vote, entry: Entry, code: str, states: list[int]) -> None:
    """One code out, another in. A ballot that marked the code in the meantime was first."""
    if not Entry.objects.filter(digest=entry.digest, state__in=states).update(state=State.BLOCKED):
        raise Refusal("ballots.lost_used")
    fresh = Entry(
        digest=digest_of(vote, code), vote=vote.key, holder=entry.holder, area=entry.area, later=True
    )  # fmt: skip
    Entry.objects.bulk_create([fresh])


def _told(vote: Vote, by: Person | None) -> None:
    tell(vote=vote)
    note("ballots.code_replaced", vote.step, thread=vote.step.process.thread, who=by)


@transaction.atomic(using="box")
def tell(*, vote: Vote) -> int:
    """What changed on the roll stands on the board: also what somebody was cut off before saying. Says how many lines
    came."""
    boards.held(vote.key)
    lines = Line.objects.filter(vote=vote.key, kind="code").values_list("text", flat=True)
    blocked, added = queries.leaves_told(json.loads(text) for text in lines)
    pairs = list(_pairs(vote, blocked, added))
    for facts in pairs:
        boards.append(vote=vote.key, kind="code", **facts)
    return len(pairs)


def _pairs(vote: Vote, blocked: set[str], added: set[str]) -> list[Mapping[str, str]]:
    """What the board does not say yet: per person what went out, and what came in its place."""
    out: dict[str, list[str]] = {}
    come: dict[str, list[str]] = {}
    for entry in queries.changed(vote):
        leaf = roll_leaf(vote.key, entry.digest)
        if entry.state == State.BLOCKED and leaf not in blocked:
            out.setdefault(entry.holder, []).append(leaf)
        if entry.later and leaf not in added:
            come.setdefault(entry.holder, []).append(leaf)
    return [
        {name: leaf for name, leaf in (("blocked", gone), ("added", new)) if leaf}
        for holder in sorted({*out, *come})
        for gone, new in zip_longest(out.get(holder, []), come.get(holder, []), fillvalue="")
    ]
