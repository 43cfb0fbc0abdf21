"""A ballot comes in: first the roll, then the box. The two databases cannot commit together.

What a crash between them leaves: the code is marked on the roll, and the box has no ticket for it. The ticket lies in
the voter's hands: it is the code. Who tries again finds the code marked, and the box that has no ticket says that this
is no second ballot; it is taken. Two that come at once meet in the box, where a ticket is unique. What never comes back
shows in the books as codes marked online less tickets: a number, never a name.
"""

from __future__ import annotations

import json
import os
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from samenraad.ballots.box.models import Ticket, Tracker, Waiting
from samenraad.ballots.models import Vote
from samenraad.ballots.papers import Choices, paper_of
from samenraad.ballots.roll.models import Entry, Turned
from samenraad.ballots.rules import codes, slips
from samenraad.people.models import Channel
from samenraad.refusals import Refusal

State = Entry.State


def known(*, vote: Vote, code: str) -> Entry:
    """The entry of this code, if a ballot can still come in on it. Refuses `ballots.unknown_code`, `ballots.blocked`
    and `ballots.used`. Nothing is changed: looking is not voting."""
    entry = Entry.objects.filter(digest=codes.on_the_roll(code, vote.key, settings.ROLL_KEY), vote=vote.key).first()
    if entry is None:
        raise Refusal("ballots.unknown_code")
    if entry.state == State.BLOCKED:
        raise Refusal("ballots.blocked")
    if entry.state != State.UNUSED and is_in(vote=vote, code=code):
        raise Refusal("ballots.used")
    return entry


def is_in(*, vote: Vote, code: str) -> bool:
    """Whether a ballot came in on this code."""
    return Ticket.objects.filter(digest=codes.ticket(code, vote.key, settings.BOX_KEY)).exists()


def cast(*, vote: Vote, code: str, choices: Choices, seed: str) -> str:
    """One ballot over the web, and its receipt. The same ballot sent twice is one ballot, with the same receipt.

    Refuses `ballots.closed`, and what `known` refuses; a second ballot is counted in public.
    """
    _must_be_open(vote)
    paper = paper_of(vote.step)
    sealed = slips.torn(vote.key, paper.answers(paper.clean(choices)), seed)
    entry = _entry(vote, code)
    if entry.state != State.UNUSED and is_in(vote=vote, code=code):
        return _again(vote, sealed.tracker)
    if not _marked(entry, State.ONLINE):
        raise Refusal("ballots.blocked")
    digest = codes.ticket(code, vote.key, settings.BOX_KEY)
    if not put(vote=vote, digest=digest, ballot=sealed, area=entry.area):
        agree(entry=entry, digest=digest)
        return _again(vote, sealed.tracker)
    return sealed.tracker


def put(*, vote: Vote, digest: str, ballot: slips.Sealed | None, area: str, channel: str = Channel.WEB) -> bool:
    """Into the box, ticket and ballot together; False when this ticket was there. Without a ballot (paper, whose sheet
    comes later) the ticket alone, so that nothing else comes in on the code."""
    try:
        with transaction.atomic(using="box"):
            Ticket.objects.bulk_create([Ticket(digest=digest, vote=vote.key, channel=channel)])
            if ballot:
                wait(vote=vote, ballot=ballot, area=area)
    except IntegrityError:
        return False
    return True


def wait(*, vote: Vote, ballot: slips.Sealed, area: str, tracker: str = "") -> None:
    """A whole ballot, sealed, until enough others wait with it."""
    torn = [[slip.about, slip.value, slip.nonce] for slip in ballot.slips]
    sealed = locked(vote.key, json.dumps([area, torn]))
    row = Waiting(key=secrets.token_hex(16), vote=vote.key, tracker=tracker or ballot.tracker, sealed=sealed)
    Waiting.objects.bulk_create([row])


def locked(vote: str, text: str) -> str:
    """Sealed with the key of the box, which lies outside the database; filled up, so that its length says nothing."""
    nonce, padded = os.urandom(12), text.encode()
    padded += b" " * (-len(padded) % 512)
    return (nonce + _cipher().encrypt(nonce, padded, vote.encode())).hex()


def unlocked(vote: str, sealed: str) -> str:
    raw = bytes.fromhex(sealed)
    return _cipher().decrypt(raw[:12], raw[12:], vote.encode()).decode().rstrip()


def _cipher() -> AESGCM:
    return AESGCM(bytes.fromhex(codes.keyed(settings.BOX_KEY, "seal", "", "")))


def _must_be_open(vote: Vote) -> None:
    if not vote.is_open:
        raise Refusal("ballots.closed")


def _entry(vote: Vote, code: str) -> Entry:
    try:
        return known(vote=vote, code=code)
    except Refusal as refusal:
        if refusal.code != "ballots.used":
            raise
        return Entry.objects.get(digest=codes.on_the_roll(code, vote.key, settings.ROLL_KEY))


def _marked(entry: Entry, state: int) -> bool:
    """The roll says that this code was used. False when it was blocked meanwhile."""
    if entry.state == state:
        return True
    free = Entry.objects.filter(digest=entry.digest).exclude(state=State.BLOCKED)
    return bool(free.update(state=state))


def _again(vote: Vote, tracker: str) -> str:
    """The voter pressed twice: the same receipt. Or somebody came with a second ballot: refused, and counted."""
    if found(vote=vote, tracker=tracker):
        return tracker
    turned_away(vote=vote, channel=Channel.WEB)
    raise Refusal("ballots.used")


def found(*, vote: Vote, tracker: str) -> bool:
    """Whether a ballot with this receipt is on the board, or waits for others."""
    kept = Tracker.objects.filter(tracker=tracker, vote=vote.key).exists()
    return kept or Waiting.objects.filter(tracker=tracker, vote=vote.key).exists()


def agree(*, entry: Entry, digest: str) -> None:
    """The box decides which ballot came first; the roll follows it."""
    channel = Ticket.objects.values_list("channel", flat=True).get(digest=digest)
    state = State.ONLINE if channel == Channel.WEB else State.PAPER
    Entry.objects.filter(digest=entry.digest).exclude(state=State.BLOCKED).update(state=state)


def turned_away(*, vote: Vote, channel: str) -> None:
    """A second ballot on one code: counted in public."""
    with transaction.atomic(using="roll"):
        Turned.objects.get_or_create(vote=vote.key, channel=channel)
        Turned.objects.filter(vote=vote.key, channel=channel).update(count=F("count") + 1)
