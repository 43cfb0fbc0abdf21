"""Many ballots at once, as if their voters had cast them: for the demo town, for benches and for large tests.

The same slips, seals and tickets as `actions.casting.cast` makes; only the writing goes in bulk.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Sequence

from django.conf import settings

from samenraad.ballots.actions.casting import locked
from samenraad.ballots.box.models import Sheet, Ticket, Waiting
from samenraad.ballots.models import Vote
from samenraad.ballots.papers import Choices, paper_of
from samenraad.ballots.roll.models import Entry
from samenraad.ballots.rules import codes, slips
from samenraad.people.models import Channel

CHUNK = 500


def roll_of(vote: Vote, areas: Iterable[tuple[str, int]]) -> dict[str, list[str]]:
    """A roll with so many people per neighbourhood; the codes by neighbourhood."""
    made: dict[str, list[str]] = {}
    entries = []
    for area, people in areas:
        made[area] = [codes.new_code() for _n in range(people)]
        digests = (codes.on_the_roll(code, vote.key, settings.ROLL_KEY) for code in made[area])
        entries += [Entry(digest=digest, vote=vote.key, area=area) for digest in digests]
    Entry.objects.bulk_create(sorted(entries, key=lambda entry: entry.digest), batch_size=CHUNK)
    return made


def cast_many(vote: Vote, ballots: Sequence[tuple[str, Choices]], channel: str = Channel.WEB) -> None:
    """(code, choices) each. All codes must be fresh and on the roll; who can see this code run knows who voted what, so
    it is for invented voters."""
    paper = paper_of(vote.step)
    state = Entry.State.ONLINE if channel == Channel.WEB else Entry.State.PAPER
    for start in range(0, len(ballots), CHUNK):
        some = ballots[start : start + CHUNK]
        digests = [codes.on_the_roll(code, vote.key, settings.ROLL_KEY) for code, _choices in some]
        entries = Entry.objects.in_bulk(digests)
        Entry.objects.filter(digest__in=digests).update(state=state)
        tickets = [codes.ticket(code, vote.key, settings.BOX_KEY) for code, _choices in some]
        Ticket.objects.bulk_create([Ticket(digest=one, vote=vote.key, channel=channel) for one in tickets])
        areas = [entries[digest].area for digest in digests]
        rows = [
            _waiting(vote, slips.torn(vote.key, paper.answers(paper.clean(choices)), secrets.token_hex(32)), area)
            for (_code, choices), area in zip(some, areas, strict=True)
        ]
        Waiting.objects.bulk_create(rows)
        if channel != Channel.WEB:
            Sheet.objects.bulk_create([_typed(vote, row, area) for row, area in zip(rows, areas, strict=True)])


def _typed(vote: Vote, row: Waiting, area: str) -> Sheet:
    """A sheet of paper that two people typed in alike."""
    state = Sheet.State.ACCEPTED
    return Sheet(number=row.tracker, vote=vote.key, area=area, first_by=1, second_by=2, second={}, state=state)


def _waiting(vote: Vote, ballot: slips.Sealed, area: str) -> Waiting:
    text = json.dumps([area, [[slip.about, slip.value, slip.nonce] for slip in ballot.slips]])
    return Waiting(key=secrets.token_hex(16), vote=vote.key, tracker=ballot.tracker, sealed=locked(vote.key, text))
