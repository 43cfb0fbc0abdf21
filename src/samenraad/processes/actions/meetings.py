"""Gatherings: planned, moved, called off, and who was there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from samenraad.ledger.actions import note
from samenraad.people.models import Person
from samenraad.processes.models import Attendance, Meeting, Process
from samenraad.refusals import Refusal


@transaction.atomic
def plan_meeting(*, meeting: Meeting, by: Person | None) -> Meeting:
    """A new meeting, or new words, another day or another place for one that is planned."""
    _must_be_possible(meeting)
    before = Meeting.objects.filter(pk=meeting.pk).values_list("starts", flat=True).first() if meeting.pk else None
    meeting.save()
    act = "meeting.planned" if before is None else "meeting.changed"
    facts: dict[str, Any] = {"title": dict(meeting.title), "day": _day(meeting.starts)}
    if before and _day(before) != _day(meeting.starts):
        act, facts["before"] = "meeting.moved", _day(before)
    note(act, meeting, thread=_story_of(meeting), who=by, **facts)
    return meeting


def _story_of(meeting: Meeting) -> Process | None:
    """A closed meeting is in the ledger, and not in the story that everybody reads."""
    return meeting.process if meeting.is_public else None


def _must_be_possible(meeting: Meeting) -> None:
    if meeting.process.closed_at:
        raise Refusal("process.closed")
    if meeting.ends and meeting.ends <= meeting.starts:
        raise Refusal("meeting.times")


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, reason: str, by: Person | None) -> None:
    """Call a meeting off. What has been held stays in the story."""
    if meeting.starts <= timezone.now():
        raise Refusal("meeting.was_held")
    if len(reason.strip()) < 10:
        raise Refusal("process.say_why")
    name, thread = f"meeting:{meeting.pk}", _story_of(meeting)
    facts: dict[str, Any] = {"title": dict(meeting.title), "day": _day(meeting.starts), "reason": reason.strip()}
    meeting.delete()
    note("meeting.cancelled", name, thread=thread, who=by, **facts)


@transaction.atomic
def expect(*, meeting: Meeting, person: Person | None = None, called: str = "", by: Person | None) -> Attendance:
    """Put somebody on the list. Somebody of whom only a name is known becomes a person with that name."""
    called = called.strip()
    if person is None and not called:
        raise Refusal("meeting.who")
    person = person or Person.objects.create(name=called)
    attendance, new = Attendance.objects.get_or_create(meeting=meeting, person=person)
    if new:
        note("meeting.listed", meeting, thread=meeting.process, who=by)
    return attendance


@transaction.atomic
def note_attendance(*, meeting: Meeting, present: Mapping[int, bool | None], by: Person | None) -> int:
    """Who was there: yes, no or not noted, by the person's pk. Says how many were present."""
    if meeting.starts > timezone.now():
        raise Refusal("meeting.not_yet")
    rows = {row.person_id: row for row in Attendance.objects.filter(meeting=meeting)}
    for pk, was_there in present.items():
        row = rows.get(pk) or Attendance(meeting=meeting, person_id=pk)
        row.present, row.noted_at = was_there, timezone.now()
        row.save()
    count = Attendance.objects.filter(meeting=meeting, present=True).count()
    note("meeting.attended", meeting, thread=meeting.process, who=by, count=count)
    return count


def _day(moment: Any) -> str:
    return timezone.localtime(moment).date().isoformat()
