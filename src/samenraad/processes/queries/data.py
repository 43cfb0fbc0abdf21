"""What this room holds: about one person, and as tables for who wants to count again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samenraad.cards import Table
from samenraad.people.models import Person
from samenraad.processes.models import Attendance, Contribution, Process, Proposal, Source
from samenraad.processes.shelf import shelf


def known(person: Person) -> dict[str, Any]:
    """What somebody took part in, what they wrote and support, which meetings they were at."""
    parts = Contribution.objects.filter(person=person).select_related("step__process")
    behind = Source.objects.filter(contribution__person=person).select_related("proposal", "origin")
    meetings = Attendance.objects.filter(person=person).select_related("meeting__process")
    return {
        _("What you took part in"): [_contribution(part) for part in parts],
        _("Texts you stand behind"): [_source(source) for source in behind],
        _("Meetings"): [_attendance(row) for row in meetings],
    }


def _contribution(part: Contribution) -> dict[str, Any]:
    return {
        _("process"): str(part.step.process),
        _("step"): str(part.step),
        _("day"): part.day,
        _("way"): part.get_channel_display(),
        _("withdrawn"): part.withdrawn_at,
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        _("number"): source.proposal.number,
        _("title"): source.proposal.title,
        _("text"): source.proposal.text,
        _("you are"): source.get_part_display(),
        _("you brought"): source.origin.title if source.origin_id != source.proposal_id else "",
        _("since"): source.made_at,
    }


def _attendance(row: Attendance) -> dict[str, Any]:
    there = {True: _("yes"), False: _("no"), None: _("not noted")}
    return {
        _("process"): str(row.meeting.process),
        _("meeting"): str(row.meeting),
        _("day"): row.meeting.starts,
        _("present"): there[row.present],
    }


def _moment(moment: Any) -> str:
    return timezone.localtime(moment).isoformat(timespec="minutes") if moment else ""


def all_known(person: Person) -> dict[str, dict[str, Any]]:
    """Everything the house knows of somebody: from every card that has something to say; who it is comes first."""
    cards = sorted(shelf(), key=lambda card: card.name != "people")
    found = {getattr(card, "kind", "") or str(card.name): card.known(person) for card in cards}
    return {name: facts for name, facts in found.items() if any(facts.values())}


@dataclass(frozen=True)
class KnownPart:
    """One heading on the page of what is known: facts under their names, and tables of what there is more of."""

    title: str
    facts: list[tuple[str, str]]
    header: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)

    @property
    def lines(self) -> list[list[tuple[str, str]]]:
        """Every value with its name beside it: on a phone there is no head above the columns."""
        return [list(zip(self.header, row, strict=False)) for row in self.rows]

    @property
    def wide(self) -> bool:
        """More columns than a page has room for."""
        return len(self.header) > 5


def readable(rooms: Mapping[str, Mapping[str, Any]]) -> list[KnownPart]:
    """Lists get a heading each; single facts stand together at the top."""
    facts = [(name, value) for room in rooms.values() for name, value in room.items()]
    single = [(_words(name), _printed(value)) for name, value in facts if not isinstance(value, list | dict)]
    parts = [KnownPart(_("Who you are"), single)] if single else []
    return parts + [_part(_words(name), value) for name, value in facts if isinstance(value, list | dict) and value]


def _part(title: str, value: Any) -> KnownPart:
    if isinstance(value, Mapping):
        return KnownPart(title, _row(value))
    if len(value) == 1 and isinstance(value[0], Mapping):
        return KnownPart(title, _row(value[0]))
    if all(isinstance(row, Mapping) for row in value):
        names = list(dict.fromkeys(name for row in value for name in row))
        return KnownPart(
            title, [], list(map(_words, names)), [[_printed(row.get(name)) for name in names] for row in value]
        )
    return KnownPart(title, [("", _printed(row)) for row in value])


def _row(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(_words(name), _printed(value)) for name, value in row.items() if value not in ("", None, [])]


def _words(name: object) -> str:
    return capfirst(str(name).replace("_", " "))


def _printed(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value) if timezone.is_aware(value) else value, "j F Y, H:i")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, Mapping):
        return ", ".join(_printed(one) for one in value.values() if one not in ("", None))
    if isinstance(value, list | tuple):
        return ", ".join(map(_printed, value))
    return str(value)


@dataclass(frozen=True)
class LeftBehind:
    """What of somebody remains after forgetting: as a number, without a name."""

    parts: int
    texts: int
    supports: int


def left_behind(person: Person) -> LeftBehind:
    behind = Source.objects.filter(contribution__person=person, origin=F("proposal"))
    return LeftBehind(
        parts=Contribution.objects.filter(person=person).count(),
        texts=behind.filter(part=Source.Part.AUTHOR).count(),
        supports=behind.filter(part=Source.Part.SUPPORTER).count(),
    )


def exactly(who: str) -> list[Person]:
    """Everybody with exactly this e-mail address or this name."""
    found = Person.objects.filter(forgotten_at=None).filter(Q(email__iexact=who.strip()) | Q(name__iexact=who.strip()))
    return list(found.select_related("place")[:25])


def tables(process: Process) -> list[Table]:
    return [
        Table("steps", ("number", "kind", "title", "opens", "closes", "concluded"), _step_rows(process)),
        Table("contributions", ("step", "day", "channel", "withdrawn"), _contribution_rows(process)),
        Table(
            "proposals",
            (
                "step",
                "number",
                "title",
                "text",
                "status",
                "supporters",
                "comments",
                "merged_into",
                "carried_from",
                "sha256",
            ),
            _proposal_rows(process),
        ),
        Table("meetings", ("title", "starts", "ends", "address", "present"), _meeting_rows(process)),
    ]


def _step_rows(process: Process) -> Iterator[tuple[Any, ...]]:
    for step in process.steps.all():
        moments = (_moment(step.opens), _moment(step.closes), _moment(step.concluded_at))
        yield (step.pk, step.kind, str(step.title), *moments)


def _contribution_rows(process: Process) -> Iterator[tuple[Any, ...]]:
    """That somebody took part: without who."""
    rows = Contribution.objects.filter(step__process=process).order_by("pk")
    for part in rows.iterator(2000):
        yield part.step_id, part.day.isoformat(), part.channel, "yes" if part.withdrawn_at else ""


def _proposal_rows(process: Process) -> Iterator[tuple[Any, ...]]:
    rows = Proposal.objects.filter(step__process=process).select_related("merged_into", "carried_from")
    for row in rows.order_by("step", "number").iterator(2000):
        hidden = row.status in {Proposal.Status.HIDDEN, Proposal.Status.WITHDRAWN}
        text = ("", "") if hidden else (row.title, row.text)
        into = row.merged_into.number if row.merged_into else ""
        origin = row.carried_from.number if row.carried_from else ""
        yield (row.step_id, row.number, *text, row.status, row.supporters, row.comments, into, origin, row.sha256)


def _meeting_rows(process: Process) -> Iterator[tuple[Any, ...]]:
    for meeting in process.meetings.prefetch_related("attendances"):
        present = sum(1 for row in meeting.attendances.all() if row.present)
        yield str(meeting.title), _moment(meeting.starts), _moment(meeting.ends), meeting.address, present
