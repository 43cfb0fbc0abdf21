"""The sessions of a panel: who was there, and who stays, per group (R062)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from samenraad.instruments.lot.models import Call, Lot
from samenraad.instruments.lot.queries.pool import dimensions
from samenraad.instruments.lot.queries.seats import Roll, held, sessions
from samenraad.instruments.lot.rules.retention import Curve, Seat, curve, loses
from samenraad.people.models import Membership, Person
from samenraad.people.rules import SEATED
from samenraad.processes.models import Attendance, Meeting


@dataclass(frozen=True)
class SessionRow:
    meeting: Meeting
    number: int | None  # of those that were held; None: to come, or not noted yet
    begun: bool
    present: int


def session_rows(lot: Lot) -> list[SessionRow]:
    numbers = {one.pk: number for number, one in enumerate(held(lot), 1)}
    meetings, now = sessions(lot), timezone.now()
    there: dict[int, int] = defaultdict(int)
    for meeting in Attendance.objects.filter(meeting__in=meetings, present=True).values_list("meeting", flat=True):
        there[meeting] += 1
    return [SessionRow(one, numbers.get(one.pk), one.starts <= now, there[one.pk]) for one in meetings]


def expected(lot: Lot, meeting: Meeting) -> QuerySet[Person]:
    """Who had a seat on that day, and who was on the list; by name."""
    day = timezone.localtime(meeting.starts).date()
    own = Membership.objects.filter(body=lot.step.body).exclude(came_for__day__gt=day)
    running = own.filter(until=None, state__in=SEATED)
    later = own.filter(departure__day__gt=day)
    listed = own.filter(person__attendances__meeting=meeting)
    had_a_seat = Q(pk__in=running.values("person")) | Q(pk__in=later.values("person"))
    people = Person.objects.filter(had_a_seat | Q(pk__in=listed.values("person")), forgotten_at=None)
    return people.order_by("name", "pk")


def noted(lot: Lot, meeting: Meeting) -> tuple[set[int], set[int]]:
    """Who was there, and who sent word, by the person's pk."""
    there = Attendance.objects.filter(meeting=meeting, present=True).values_list("person", flat=True)
    word = Call.objects.filter(
        membership__body=lot.step.body, outcome=Call.Outcome.EXCUSED, made_at__gte=meeting.starts
    )
    return set(there), set(word.values_list("membership__person", flat=True))


@dataclass(frozen=True)
class GroupCurve:
    dimension: str
    group: str
    curve: Curve
    alarm: bool


@dataclass(frozen=True)
class Retention:
    """Everybody's curve, and the curve of every group."""

    everybody: Curve
    groups: list[GroupCurve]
    sessions: int

    @property
    def alarms(self) -> list[GroupCurve]:
        return [one for one in self.groups if one.alarm]


def retention(roll: Roll) -> Retention:
    meetings = held(roll.lot)
    seats = _seats(roll, meetings)
    everybody = curve(seats, len(meetings))
    groups = [
        GroupCurve(str(dimension), str(value), found, loses(found, everybody))
        for dimension in dimensions(roll.lot)
        for value in dimension.values.all()
        if (found := curve([one for one in seats if one.groups.get(dimension.key) == value.key], len(meetings))).seats
    ]
    return Retention(everybody, groups, len(meetings))


def _seats(roll: Roll, meetings: Sequence[Meeting]) -> list[Seat]:
    """Everybody who sat. Who came in somebody's place came after as many sessions as that one left."""
    numbers = {one.pk: number for number, one in enumerate(meetings, 1)}
    present: Mapping[int, set[int]] = defaultdict(set)
    found = Attendance.objects.filter(meeting__in=numbers, present=True)
    for person, meeting in found.values_list("person", "meeting"):
        present[person].add(numbers[meeting])
    came = {one.departure.replaced_by_id: one.departure.after_session for one in roll.gone if one.departure}
    return [
        Seat(
            one.features, came.get(one.membership.pk, 0), one.departure.after_session if one.departure else None,
            frozenset(present[one.membership.person_id]), one.membership.pk not in came,
        )
        for one in roll.people
        if one.sits or one.finished or one.departure
    ]  # fmt: skip
