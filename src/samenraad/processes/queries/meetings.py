"""Meetings and who is expected at them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from samenraad.people.models import Membership, Person
from samenraad.processes.models import Meeting, Process


@dataclass(frozen=True)
class MeetingRow:
    meeting: Meeting
    over: bool
    expected: int
    present: int


def meeting_rows(process: Process) -> list[MeetingRow]:
    now = timezone.now()
    counted = process.meetings.annotate(
        listed=Count("attendances"), came=Count("attendances", filter=Q(attendances__present=True))
    )
    return [MeetingRow(row, (row.ends or row.starts) < now, row.listed, row.came) for row in counted]


def expected(meeting: Meeting) -> QuerySet[Person]:
    """Who was put on the list, and the running members of the step's body; by name."""
    listed = Q(attendances__meeting=meeting)
    body = meeting.step.body if meeting.step else None
    if body:
        running = Membership.objects.filter(body=body, state=Membership.State.MEMBER, until=None)
        listed |= Q(pk__in=running.values("person"))
    return Person.objects.filter(listed).distinct().order_by("name", "pk")
