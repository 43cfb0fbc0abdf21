"""My part: everything somebody contributed, in their own words, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samenraad.cards import Todo
from samenraad.followup import rules
from samenraad.followup.facts import noun_of
from samenraad.followup.models import Item
from samenraad.followup.queries.lines import Lines, State, answer_of
from samenraad.followup.queries.marks import given_by
from samenraad.people.models import Channel, Person
from samenraad.processes.models import Contribution, Proposal, Source
from samenraad.processes.shelf import shelf
from samenraad.ui.pieces import StoryEntry


@dataclass(frozen=True)
class Piece:
    """One text of theirs, or one they stood behind."""

    contribution: Contribution
    text: Proposal
    part: str
    noun: str
    state: State
    line: list[StoryEntry]
    item: Item | None  # the row that was answered, to give a mark to
    mark: int | None

    @property
    def shown_title(self) -> str:
        """What was taken back or off the page is not shown again."""
        hidden = self.text.status in {Proposal.Status.HIDDEN, Proposal.Status.WITHDRAWN}
        return f"{capfirst(self.noun)} {self.text.number}" if hidden else self.text.title


@dataclass(frozen=True)
class MyPart:
    written: list[Piece]
    behind: list[Piece]
    present: list[Contribution]  # took part without a text: a vote, an evening
    answered: int
    waiting: int
    until: date | None  # the last day on which an answer is due
    late: bool  # that day is over
    first_name: str
    told_by: str
    asked: list[Todo]  # what they are asked and did not answer yet

    @property
    def count(self) -> int:
        return len(self.written) + len(self.behind) + len(self.present)


def my_part(person: Person) -> MyPart:
    parts = list(
        Contribution.objects.filter(person=person, withdrawn_at=None, step__process__published_at__isnull=False)
        .select_related("step__process")
        .order_by("-day", "-id")
    )
    own = _own_texts(parts)
    lines = Lines([text for _part, text, _role in own])
    rows = [(part, text, role, lines.last_item(text)) for part, text, role in own]
    marks = given_by(person, [item.pk for *_, item in rows if item])
    pieces = [_piece(lines, *row, marks) for row in rows]
    waiting = [item.handover.due for *_, item in rows if item and not item.handover.answered_at]
    with_text = {part.pk for part, *_ in own}
    return MyPart(
        written=[piece for piece in pieces if piece.part == Source.Part.AUTHOR],
        behind=[piece for piece in pieces if piece.part != Source.Part.AUTHOR],
        present=[part for part in parts if part.pk not in with_text],
        answered=sum(1 for *_, item in rows if answer_of(item)),
        waiting=len(waiting),
        until=max(waiting, default=None),
        late=bool(waiting) and max(waiting) < timezone.localdate(),
        first_name=person.name.split(" ")[0],
        told_by=told_by(person),
        asked=[todo for card in shelf() for todo in card.asked(person)],
    )


def told_by(person: Person) -> str:
    """How they hear from the town, in words."""
    if not (person.email or person.phone or person.has_address):
        return _("Not at all yet: we have no address or number of yours.")
    return {
        Channel.PAPER: _("By letter, to your home address."),
        Channel.PHONE: _("By phone."),
        Channel.WEB: _("By e-mail."),
    }.get(Channel(person.prefers) if person.prefers else Channel.MEETING, _("In the way in which you took part."))


def _own_texts(parts: list[Contribution]) -> list[tuple[Contribution, Proposal, str]]:
    """Each text they really contributed to, once, as the nearest thing they are to it; newest first."""
    by_pk = {part.pk: part for part in parts}
    found: dict[tuple[int, int], tuple[Proposal, str]] = {}
    sources = Source.objects.filter(contribution__in=by_pk).select_related("origin__step", "origin__merged_into")
    for source in sources.order_by("-made_at", "-id"):
        key = (source.contribution_id, source.origin_id)
        part = rules.nearest_part([source.part, found[key][1]]) if key in found else source.part
        found[key] = (source.origin, part)
    return [(by_pk[contribution], text, part) for (contribution, _origin), (text, part) in found.items()]


def _came(contribution: Contribution, text: Proposal) -> date:
    """The day on which they brought it; what was keyed in later, on the day of the form."""
    return contribution.day if contribution.entered_by_id else timezone.localtime(text.made_at).date()


def _piece(
    lines: Lines, contribution: Contribution, text: Proposal, part: str, item: Item | None, marks: dict[int, int]
) -> Piece:
    written = part == Source.Part.AUTHOR
    return Piece(
        contribution=contribution,
        text=text,
        part=part,
        noun=noun_of(text.step),
        state=lines.state(text),
        line=lines.entries(text, yours=True, came=_came(contribution, text)) if written else [],
        item=item if answer_of(item) else None,
        mark=marks.get(item.pk) if item else None,
    )
