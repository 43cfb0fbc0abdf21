"""One text as one story, in both directions: what it was made of, what it became part of, what was done with it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from samenraad.followup import rules
from samenraad.followup.facts import noun_of
from samenraad.followup.queries.answers import Entry, entry, origins_of
from samenraad.followup.queries.lines import Lines, State
from samenraad.followup.queries.marks import given_by, per_item
from samenraad.people.models import Person
from samenraad.processes.models import Proposal, Source
from samenraad.ui.pieces import StoryEntry

HIDDEN = (Proposal.Status.HIDDEN, Proposal.Status.WITHDRAWN)


@dataclass(frozen=True)
class Story:
    proposal: Proposal
    noun: str
    hidden: bool
    state: State
    line: list[StoryEntry]
    parts: dict[str, int]  # how many people, as what
    origins: list[Proposal]  # the texts it is made of
    became: list[Proposal]  # the texts that carry it on
    answers: list[tuple[Entry, int | None]]  # with the reader's own mark
    can_mark: bool

    @property
    def people(self) -> int:
        return sum(self.parts.values())


def story(proposal: Proposal, reader: Person | None, *, may_mark: bool = False) -> Story:
    lines = Lines([proposal])
    items = lines.items_of(proposal)
    keys = [item.pk for item in items]
    marks, own = per_item(keys), given_by(reader, keys)
    answers = [(entry(item, marks), own.get(item.pk)) for item in items]
    return Story(
        proposal=proposal,
        noun=noun_of(proposal.step),
        hidden=proposal.status in HIDDEN,
        state=lines.state(proposal),
        line=lines.entries(proposal),
        parts=parts(proposal),
        origins=[one for one in origins_of([proposal.pk]).get(proposal.pk, []) if one.pk != proposal.pk],
        became=lines.road(proposal)[1:],
        answers=answers,
        can_mark=may_mark and any(one.answer for one, _mark in answers),
    )


def parts(proposal: Proposal) -> dict[str, int]:
    """How many people stand behind it as author, supporter and commenter; each counts once, as the nearest."""
    rows = Source.objects.filter(proposal=proposal, contribution__withdrawn_at=None).order_by()
    nearest: dict[tuple[str, int], str] = {}
    for person, contribution, part in rows.values_list("contribution__person", "contribution", "part"):
        who = ("person", person) if person else ("card", contribution)
        nearest[who] = rules.nearest_part([part, nearest[who]]) if who in nearest else part
    return dict(Counter(nearest.values()))
