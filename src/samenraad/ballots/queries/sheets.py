"""How far the paper is: stubs, sheets, and where two people read something else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from samenraad.ballots.actions.sheets import read_back
from samenraad.ballots.box.models import Sheet, Ticket
from samenraad.ballots.models import Press, Vote
from samenraad.ballots.papers import paper_of
from samenraad.ballots.rules.codes import grouped
from samenraad.ballots.rules.sheets import Compared, Typed, beside
from samenraad.people.models import Channel, Person

State = Sheet.State
#: so many numbers are shown at a time
SHOWN = 50


@dataclass(frozen=True)
class Today:
    """What the desk for stubs did today. Not which codes."""

    taken: int
    refused: int


@dataclass(frozen=True)
class Undecided:
    """A sheet that two people read differently; `mine` when this person is one of them."""

    number: str
    mine: bool

    @property
    def grouped(self) -> str:
        return grouped(self.number)


@dataclass(frozen=True)
class Pile:
    """The sheets, as somebody at the second desk sees them. `mine` waits for another, `others` for this person."""

    stubs: int
    accepted: int
    once: int
    different: int
    mine: Sequence[str]
    others: Sequence[str]
    to_decide: Sequence[Undecided]


def today(vote: Vote) -> Today:
    found = Press.objects.filter(vote=vote, day=timezone.localdate()).values_list("came_in")
    counts = dict(found.annotate(n=Count("pk")).order_by())
    return Today(counts.get(True, 0), counts.get(False, 0))


def pile(vote: Vote, person: Person) -> Pile:
    states = dict(Sheet.objects.filter(vote=vote.key).values_list("state").annotate(n=Count("number")).order_by())
    once = Sheet.objects.filter(vote=vote.key, state=State.ONCE)
    return Pile(
        stubs=Ticket.objects.filter(vote=vote.key).exclude(channel=Channel.WEB).count(),
        accepted=states.get(State.ACCEPTED, 0),
        once=states.get(State.ONCE, 0),
        different=states.get(State.DIFFERENT, 0),
        mine=_numbers(once.filter(first_by=person.pk)),
        others=_numbers(once.exclude(first_by=person.pk)),
        to_decide=[
            Undecided(sheet.number, person.pk in (sheet.first_by, sheet.second_by))
            for sheet in Sheet.objects.filter(vote=vote.key, state=State.DIFFERENT).order_by("number")[:SHOWN]
        ],
    )


def _numbers(sheets: object) -> list[str]:
    found = sheets.order_by("number").values_list("number", flat=True)[:SHOWN]  # type: ignore[attr-defined]
    return [grouped(number) for number in found]


def compared(vote: Vote, sheet: Sheet) -> list[Compared]:
    """What the two typed, side by side, for the third."""
    return beside(_lines(vote, read_back(vote, sheet.first)), _lines(vote, read_back(vote, sheet.second)))


def _lines(vote: Vote, typed: Typed) -> list[tuple[str, str]]:
    said = [(line.about, line.answer) for line in paper_of(vote.step).said(dict(typed.choices))]
    area = [(_("Neighbourhood"), typed.area or _("none printed"))] if named_areas(vote) else []
    return [*area, (_("Can be read"), _("no: a blank ballot") if typed.spoilt else _("yes")), *said]


def named_areas(vote: Vote) -> list[str]:
    """The neighbourhoods that stand on sheets."""
    return [area for area in vote.areas if area]
