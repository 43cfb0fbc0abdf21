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
from django.db import connections, transaction
from django.db.models import F

from samenraad.ballots.box.models import Ticket, Tracker, Waiting
from samenraad.ballots.models import Vote
from samenraad.ballots.papers import Choices, paper_of
from samenraad.ballots.roll.models import Entry, Turned
from samenraad.ballots.rules import codes, slips
from samenraad.people.models import Channel
from samenraad.refusals import Refusal

State = Entry.State
#: the channel of a ticket that stands for no ballot: the code was replaced. It keeps out ballots because a ticket is
#: unique; it is not of the vote, so nothing that is counted counts it
REPLACED = "replaced"


def known(*, vote: Vote, code: str) -> Entry:
    """The entry of this code, if a ballot can still come in on it. Refuses `ballots.unknown_code`, `ballots.blocked`
    and `ballots.used`. Nothing is changed: looking is not voting."""
    entry = entry_of(vote=vote, code=code)
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
    if not vote.is_open:
        raise Refusal("ballots.closed")
    paper = paper_of(vote.step)
    ballot = slips.torn(vote.key, paper.answers(paper.clean(choices)), seed)
    if not accept(vote=vote, code=code, ballot=ballot) and not found(vote=vote, tracker=ballot.tracker):
        turned_away(vote=vote, channel=Channel.WEB)
        raise Refusal("ballots.used")
    return ballot.tracker


def accept(*, vote: Vote, code: str, ballot: slips.Sealed | None, channel: str = Channel.WEB) -> bool:
    """First the roll, then the box. False when another ballot came first. Whoever loses, or finds the code marked by
    somebody else, makes the roll say what the box says. Refuses `ballots.unknown_code`, `ballots.blocked` and
    `ballots.closed`."""
    entry = entry_of(vote=vote, code=code)
    mine = _marked(entry, channel)
    digest = codes.ticket(code, vote.key, settings.BOX_KEY)
    first = put(vote=vote, digest=digest, ballot=ballot, area=entry.area, channel=channel)
    if not (mine and first):
        agree(entry=entry, digest=digest)
    return first


def put(*, vote: Vote, digest: str, ballot: slips.Sealed | None, area: str, channel: str = Channel.WEB) -> bool:
    """Into the box, ticket and ballot together; False when this ticket was there. Without a ballot (paper, whose sheet
    comes later) the ticket alone, so that nothing else comes in on the code. Refuses `ballots.closed`."""
    with transaction.atomic(using="box"):
        if not _is_first(vote, digest, channel):
            return False
        if ballot:
            wait(vote=vote, ballot=ballot, area=area)
        else:
            must_take(vote)
    return True


def _is_first(vote: Vote, digest: str, channel: str) -> bool:
    """No error when the ticket is there: a database writes a statement that failed into its log, with the hour."""
    with connections["box"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO box_ticket (digest, vote, channel) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            [digest, vote.key, str(channel)],
        )
        return bool(cursor.rowcount == 1)


@transaction.atomic(using="box", savepoint=False)
def wait(*, vote: Vote, ballot: slips.Sealed, area: str, tracker: str = "") -> None:
    """A whole ballot, sealed, until enough others wait with it."""
    torn = [[slip.about, slip.value, slip.nonce] for slip in ballot.slips]
    sealed = locked(vote.key, json.dumps([area, torn]))
    row = Waiting(key=secrets.token_hex(16), vote=vote.key, tracker=tracker or ballot.tracker, sealed=sealed)
    Waiting.objects.bulk_create([row])
    must_take(vote)


def must_take(vote: Vote) -> None:
    """The box takes ballots. Ask it after writing and in the same transaction: who closes the box waits for all that
    is being written, so nothing stays behind in it unseen. Refuses `ballots.closed`."""
    with connections["box"].cursor() as cursor:
        cursor.execute("SELECT closed FROM box_head WHERE vote = %s", [vote.key])
        head = cursor.fetchone()
    if head and head[0]:
        raise Refusal("ballots.closed")


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


def entry_of(*, vote: Vote, code: str) -> Entry:
    """The entry of this code, used or not. Refuses `ballots.unknown_code` and `ballots.blocked`."""
    entry = Entry.objects.filter(digest=codes.on_the_roll(code, vote.key, settings.ROLL_KEY), vote=vote.key).first()
    if entry is None:
        raise Refusal("ballots.unknown_code")
    if entry.state == State.BLOCKED:
        raise Refusal("ballots.blocked")
    return entry


def _marked(entry: Entry, channel: str) -> bool:
    """Whether it was us who marked the code as used. Refuses `ballots.blocked` when it was replaced meanwhile."""
    unused = Entry.objects.filter(digest=entry.digest, state=State.UNUSED)
    if entry.state == State.UNUSED and unused.update(state=state_of(channel)):
        return True
    if Entry.objects.filter(digest=entry.digest, state=State.BLOCKED).exists():
        raise Refusal("ballots.blocked")
    return False


def state_of(channel: str) -> int:
    return State.ONLINE if channel == Channel.WEB else State.PAPER


def found(*, vote: Vote, tracker: str) -> bool:
    """Whether a ballot with this receipt waits for others, or is on the board. In this order: it goes from the one to
    the other."""
    waits = Waiting.objects.filter(tracker=tracker, vote=vote.key).exists()
    return waits or Tracker.objects.filter(tracker=tracker, vote=vote.key).exists()


def agree(*, entry: Entry, digest: str) -> None:
    """The box decides which ballot came first; the roll follows it. Refuses `ballots.blocked` when there is none: the
    code is being replaced, or who did that was cut off and can still do it."""
    channel = Ticket.objects.values_list("channel", flat=True).get(digest=digest)
    state = State.UNUSED if channel == REPLACED else state_of(channel)
    Entry.objects.filter(digest=entry.digest).exclude(state__in=[State.BLOCKED, state]).update(state=state)
    if channel == REPLACED:
        raise Refusal("ballots.blocked")


def turned_away(*, vote: Vote, channel: str) -> None:
    """A second ballot on one code: counted in public."""
    with transaction.atomic(using="roll"):
        Turned.objects.get_or_create(vote=vote.key, channel=channel)
        Turned.objects.filter(vote=vote.key, channel=channel).update(count=F("count") + 1)
