"""The books: do roll and box agree? Published when the box is sealed.

After the revised Code of Good Practice on Referendums of the Venice Commission (2022), 3.2.a: at least two figures that
must agree, votes cast and slips in the box.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from django.db.models import Count, Sum

from samenraad.ballots.box.models import Line, Sheet, Slip, Ticket, Tracker, Waiting
from samenraad.ballots.models import Vote
from samenraad.ballots.papers import paper_of
from samenraad.ballots.queries.roll import totals
from samenraad.ballots.roll.models import Entry, Turned
from samenraad.people.models import Channel

State = Entry.State


@dataclass(frozen=True)
class Books:
    """Numbers only. `unsure` are codes that the roll marks as used and for which no ballot came: somebody was cut off
    and did not try again. `sheets_missing` are paper ballots whose stub was taken in and whose sheet was not typed;
    `sheets_halfway` are sheets that were typed once, or differently by two people. `stubs` tells them by channel, and
    `about` counts the slips about each thing."""

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
    sheets_halfway: int = 0
    stubs: dict[str, int] = field(default_factory=dict)
    about: dict[str, int] = field(default_factory=dict)
    about_per_ballot: dict[str, int] = field(default_factory=dict)

    @property
    def ballots(self) -> int:
        """Ballots whose slips are in the box."""
        return self.receipts

    @property
    def entitled(self) -> int:
        return self.issued - self.blocked

    @property
    def turned_away(self) -> int:
        return sum(self.turned.values())

    @property
    def unsure(self) -> int:
        return self.online - self.in_box_online

    @property
    def stubs_unsure(self) -> int:
        """Codes that the roll marks as used on paper, without a ticket in the box."""
        return self.paper - self.in_box_paper

    @property
    def sheets_missing(self) -> int:
        return self.in_box_paper - self.sheets

    @property
    def slips_right(self) -> bool:
        """About each thing there are as many slips as the ballots must have given."""
        due = {about: number * self.receipts for about, number in self.about_per_ballot.items() if self.receipts}
        return self.slips == self.receipts * self.slips_per_ballot and (not self.about_per_ballot or self.about == due)

    @property
    def ballots_right(self) -> bool:
        """As many ballots as tickets of the web and accepted sheets together."""
        return self.receipts + self.waiting == self.in_box_online + self.sheets

    @property
    def agree(self) -> bool:
        """Every figure that must be equal is."""
        none_missing = self.unsure == self.stubs_unsure == self.sheets_missing == 0
        return none_missing and self.ballots_right and self.slips_right

    def as_facts(self) -> dict[str, Any]:
        return {**asdict(self), "unsure": self.unsure, "sheets_missing": self.sheets_missing, "agree": self.agree}


def books(vote: Vote) -> Books:
    """How roll and box stand now. Seven small questions to three databases."""
    codes = {state: sum(areas.values()) for state, areas in totals(vote).items()}
    tickets = _counted(Ticket.objects.filter(vote=vote.key), "channel", "digest")
    online = tickets.pop(Channel.WEB, 0)
    sheets = _counted(Sheet.objects.filter(vote=vote.key), "state", "number")
    slips = _counted(Slip.objects.filter(vote=vote.key), "about", "commitment")
    paper = paper_of(vote.step)
    due = _tally(about for about, _value in paper.answers(paper.clean({})))
    return Books(
        issued=sum(codes.values()),
        blocked=codes.get(State.BLOCKED, 0),
        online=codes.get(State.ONLINE, 0),
        paper=codes.get(State.PAPER, 0),
        in_box_online=online,
        in_box_paper=sum(tickets.values()),
        sheets=sheets.get(Sheet.State.ACCEPTED, 0),
        receipts=Tracker.objects.filter(vote=vote.key).count(),
        waiting=Waiting.objects.filter(vote=vote.key).count(),
        turned=dict(Turned.objects.filter(vote=vote.key).values_list("channel").annotate(n=Sum("count")).order_by()),
        slips=sum(slips.values()),
        slips_per_ballot=sum(due.values()),
        sheets_halfway=sum(number for state, number in sheets.items() if state != Sheet.State.ACCEPTED),
        stubs=tickets,
        about=slips,
        about_per_ballot=due,
    )


def _counted(rows: Any, what: str, key: str) -> dict[Any, int]:
    return dict(rows.values_list(what).annotate(n=Count(key)).order_by())


def _tally(words: Any) -> dict[str, int]:
    found: dict[str, int] = {}
    for word in words:
        found[word] = found.get(word, 0) + 1
    return found


def published(vote: Vote) -> Books | None:
    """The books as they stand on the public board since the box was sealed; None before that."""
    line = Line.objects.filter(vote=vote.key, kind="close").first()
    return _from_facts(json.loads(line.text)["books"]) if line else None


def _from_facts(facts: Mapping[str, Any]) -> Books:
    known = {one.name for one in fields(Books)}
    return Books(**{name: value for name, value in facts.items() if name in known})


def paper_is_in_use(vote: Vote) -> bool:
    """Whether the letter box of the last day can hold a ballot: sheets were printed, or a stub came in."""
    return vote.paper or Ticket.objects.filter(vote=vote.key).exclude(channel=Channel.WEB).exists()


def paper_is_missing(vote: Vote) -> bool:
    """Whether a sheet waits for its stub, its second reader or its third, or a stub for its sheet."""
    stubs = Ticket.objects.filter(vote=vote.key).exclude(channel=Channel.WEB).count()
    sheets = _counted(Sheet.objects.filter(vote=vote.key), "state", "number")
    return stubs != sheets.get(Sheet.State.ACCEPTED, 0) or len(sheets) > (Sheet.State.ACCEPTED in sheets)
