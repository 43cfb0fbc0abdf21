"""The books: do roll and box agree? Published when the box is sealed.

After the revised Code of Good Practice on Referendums of the Venice Commission (2022), 3.2.a: at least two figures that
must agree, votes cast and slips in the box.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Count, Sum

from samenraad.ballots.box.models import Sheet, Slip, Ticket, Tracker, Waiting
from samenraad.ballots.models import Vote
from samenraad.ballots.papers import paper_of
from samenraad.ballots.roll.models import Entry, Turned
from samenraad.people.models import Channel

State = Entry.State


@dataclass(frozen=True)
class Books:
    """Numbers only. `unsure` are codes that the roll marks as used and for which no ballot came: somebody was cut off
    and did not try again. `sheets_missing` are paper ballots whose stub was taken in and whose sheet was not typed."""

    issued: int
    blocked: int
    online: int
    paper: int
    in_box_online: int
    in_box_paper: int
    sheets: int
    receipts: int
    waiting: int
    turned: dict[str, int]
    slips: int
    slips_per_ballot: int

    @property
    def ballots(self) -> int:
        """Ballots whose slips are in the box."""
        return self.receipts

    @property
    def unsure(self) -> int:
        return self.online - self.in_box_online

    @property
    def sheets_missing(self) -> int:
        return self.in_box_paper - self.sheets

    @property
    def agree(self) -> bool:
        """Every figure that must be equal is."""
        return (
            self.unsure == 0
            and self.sheets_missing == 0
            and self.paper == self.in_box_paper
            and self.receipts + self.waiting == self.in_box_online + self.sheets
            and self.slips == self.receipts * self.slips_per_ballot
        )

    def as_facts(self) -> dict[str, Any]:
        return {**asdict(self), "unsure": self.unsure, "sheets_missing": self.sheets_missing, "agree": self.agree}


def books(vote: Vote) -> Books:
    """How roll and box stand now. Seven small questions to three databases."""
    codes = dict(Entry.objects.filter(vote=vote.key).values_list("state").annotate(n=Count("digest")).order_by())
    tickets = dict(Ticket.objects.filter(vote=vote.key).values_list("channel").annotate(n=Count("digest")).order_by())
    online = tickets.pop(Channel.WEB, 0)
    paper = paper_of(vote.step)
    return Books(
        issued=sum(codes.values()),
        blocked=codes.get(State.BLOCKED, 0),
        online=codes.get(State.ONLINE, 0),
        paper=codes.get(State.PAPER, 0),
        in_box_online=online,
        in_box_paper=sum(tickets.values()),
        sheets=Sheet.objects.filter(vote=vote.key, state=Sheet.State.ACCEPTED).count(),
        receipts=Tracker.objects.filter(vote=vote.key).count(),
        waiting=Waiting.objects.filter(vote=vote.key).count(),
        turned=dict(Turned.objects.filter(vote=vote.key).values_list("channel").annotate(n=Sum("count")).order_by()),
        slips=Slip.objects.filter(vote=vote.key).count(),
        slips_per_ballot=len(paper.answers(paper.clean({}))),
    )
