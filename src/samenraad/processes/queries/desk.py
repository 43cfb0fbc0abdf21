"""The desk: what waits for me, from every room, with its days; and the two clocks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.contrib.humanize.templatetags.humanize import apnumber
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenraad.cards import Moment, Todo
from samenraad.people.access import scopes
from samenraad.people.models import Person
from samenraad.processes import clocks
from samenraad.processes.models import Meeting, Process, Promise, Step
from samenraad.processes.queries.loop import moments
from samenraad.processes.shelf import shelf
from samenraad.texts import Translated
from samenraad.ui.pieces import ClockRow, Silence

AHEAD = timedelta(days=400)


@dataclass(frozen=True)
class Waiting:
    """One line on the desk, with the word for how urgent it is."""

    todo: Todo
    state: str  # late, now, waiting, planned
    when: str


@dataclass(frozen=True)
class Desk:
    waiting: list[Waiting]
    others: list[Moment]
    rows: list[ClockRow]
    silent: list[Silence]
    warnings: list[str]

    @property
    def heading(self) -> str:
        """Four things wait for you."""
        count = len(self.waiting)
        if not count:
            return _("Nothing waits for you")
        text = ngettext("{count} thing waits for you", "{count} things wait for you", count)
        # in Dutch the capital of "één" has no accent
        return capfirst(text.format(count=apnumber(count))).replace("Éé", "Eé")


def own_processes(person: Person) -> QuerySet[Process]:
    """The processes that this person organises."""
    where = scopes(person, "officer")
    if "" in where:
        return Process.objects.all()
    pks = [int(scope.partition(":")[2]) for scope in where if scope.startswith("process:")]
    return Process.objects.filter(pk__in=pks)


def desk(person: Person) -> Desk:
    today = timezone.localdate()
    running = list(own_processes(person).filter(closed_at=None).prefetch_related("steps", "room", "promises"))
    known = moments(running)
    silent = clocks.silences(today) if running else []
    near = [quiet for quiet in silent if quiet.start <= today + AHEAD]
    return Desk(
        waiting=waiting(person, running, today),
        others=[one for some in known.values() for one in some if one.who and one.state in {"now", "late"}],
        rows=clock_rows(running, known, today),
        silent=near,
        warnings=[line for process in running for line in clocks.warnings(process, known[process.pk], near, today, 0)],
    )


def waiting(person: Person, running: Sequence[Process], today: date) -> list[Waiting]:
    """From every card what waits for this person; from the instruments what waits in the steps they organise."""
    found = [todo for card in shelf() for todo in card.todo(person, today)]
    found += [
        replace(todo, where=todo.where or str(process))
        for process in running
        for step in process.steps.all()
        if not step.concluded_at
        for todo in step.card.step_todo(step, today)
    ]
    found.sort(key=lambda todo: (todo.due or date.max, todo.where, todo.what))
    return [Waiting(todo, *urgency(todo, today)) for todo in found]


def urgency(todo: Todo, today: date) -> tuple[str, str]:
    """The state and the word that go with a day: late, today, this week, next week, later, or no day."""
    days = todo.days_left(today)
    if days is None:
        return "planned", _("No day set")
    if days < 0:
        return "late", ngettext("{days} day late", "{days} days late", -days).format(days=-days)
    if days == 0:
        return "now", _("Today")
    monday = today + timedelta(days=7 - today.weekday())
    if today + timedelta(days=days) < monday:
        return "waiting", _("This week")
    if today + timedelta(days=days) < monday + timedelta(days=7):
        return "waiting", _("Next week")
    return "planned", _("Later")


def clock_rows(running: Iterable[Process], known: dict[int, list[Moment]], today: date) -> list[ClockRow]:
    """Open and planned steps, and answers that are due; the first to end stands on top."""
    rows = []
    for process in running:
        step_rows = (_step_row(step, process, today) for step in process.steps.all())
        rows += [row for row in step_rows if row]
        for one in known[process.pk]:
            if one.place == "answer" and one.state in {"now", "late"} and one.day and one.until:
                state = "late" if one.state == "late" else "waiting"
                rows.append(ClockRow(f"{process}: {_('answer')}", one.day, one.until, state, one.who, one.url))
    return sorted(rows, key=lambda row: (row.end, str(row.label)))


def _step_row(step: Step, process: Process, today: date) -> ClockRow | None:
    if not step.opens or step.state not in {Step.State.OPEN, Step.State.PLANNED}:
        return None
    opens = timezone.localtime(step.opens).date()
    closes = timezone.localtime(step.closes).date() if step.closes else max(opens, today) + timedelta(days=28)
    open_now = step.state == Step.State.OPEN
    note = "" if step.closes else _("no last day")
    url = reverse("processes:manage", args=[process.slug])
    return ClockRow(f"{process}: {step}", opens, closes, "now" if open_now else "planned", note, url)


def waiting_for(person: Person, today: date) -> list[Todo]:
    """What waits for an organiser in the processes themselves."""
    running = own_processes(person).filter(closed_at=None)
    found: list[Todo] = []
    for process in running.prefetch_related("steps", "goals", "room", "promises"):
        found += _unfinished(process)
        found += [todo for step in process.steps.all() if (todo := _step_todo(step, process))]
    held = Meeting.objects.filter(Q(process__in=running), starts__lt=timezone.now(), attendances__present=None)
    held = held.filter(attendances__isnull=False).select_related("process").distinct()
    return found + [_attendance_todo(meeting) for meeting in held]


def _unfinished(process: Process) -> list[Todo]:
    """The first thing that keeps a process from beginning."""
    slug, where = process.slug, str(process)
    if not process.is_public:
        return [
            Todo(
                _("Go on preparing “{process}”").format(process=process), reverse("processes:manage", args=[slug]),
                _("Go on"), detail=_missing(process), where=where,
            )
        ]  # fmt: skip
    if not any(promise.published_at for promise in process.promises.all()):
        detail = _("Nobody can be invited before it is public.")
        url = reverse("processes:promise", args=[slug])
        return [Todo(_("The promise is not public yet"), url, _("Write the promise"), detail=detail, where=where)]
    if not process.steps.all():
        url = reverse("processes:steps", args=[slug])
        return [Todo(_("There are no steps yet"), url, _("Plan a step"), where=where)]
    return []


def _missing(process: Process) -> str:
    parts = [
        (process.question, _("question")),
        (process.goals.all(), _("goals")),
        (process.room.all(), _("what is open and fixed")),
        (process.promises.all(), _("promise")),
        (process.steps.all(), _("steps")),
    ]
    missing = [name for value, name in parts if not value]
    return _("Still to do: {parts}.").format(parts=", ".join(missing)) if missing else _("It can be made public.")


def _step_todo(step: Step, process: Process) -> Todo | None:
    if not process.is_public:
        return None
    url = reverse("processes:step", args=[process.slug, step.pk])
    if step.opens is None and any(promise.published_at for promise in process.promises.all()):
        return Todo(_("“{step}” has no days yet").format(step=step), url, _("Choose days"), where=str(process))
    if step.state == Step.State.CLOSED and step.closes:
        closed = timezone.localtime(step.closes).date()
        detail = _("It closed on {day}. Is everything that came in on paper keyed in?")
        return Todo(
            _("Round off “{step}”").format(step=step), url, _("Round off"),
            detail=detail.format(day=date_format(closed, "j F")), where=str(process),
        )  # fmt: skip
    return None


def _attendance_todo(meeting: Meeting) -> Todo:
    day = timezone.localtime(meeting.starts).date()
    return Todo(
        _("Note who was at “{meeting}”").format(meeting=meeting),
        reverse("processes:attendance", args=[meeting.pk]),
        _("Note it"),
        due=day + timedelta(days=7),
        where=str(meeting.process),
    )


def just_made(title: Translated) -> Process | None:
    """A draft with this very name, begun in this minute."""
    since = timezone.now() - timedelta(minutes=1)
    recent = Process.objects.filter(published_at=None, made_at__gte=since)
    return next((process for process in recent if process.title == title), None)


@dataclass(frozen=True)
class ProcessRow:
    """One process in the list of the organiser."""

    process: Process
    state: str  # planned, now, adopted (complete)
    word: str
    promise: Promise | None
    open_steps: tuple[Step, ...]
    next_step: Step | None


def process_rows(processes: Iterable[Process]) -> list[ProcessRow]:
    now = timezone.now()
    return [
        _process_row(process, [(step, step.state_at(now)) for step in process.steps.all()]) for process in processes
    ]


def _process_row(process: Process, steps: Sequence[tuple[Step, Step.State]]) -> ProcessRow:
    if process.closed_at:
        state, word = "adopted", _("complete")
    elif process.is_public:
        state, word = "now", _("public")
    else:
        state, word = "planned", _("not public yet")
    promise = next((one for one in reversed(process.promises.all()) if one.published_at), None)
    open_steps = tuple(step for step, now in steps if now == Step.State.OPEN)
    coming = next((step for step, now in steps if now == Step.State.PLANNED and step.opens), None)
    return ProcessRow(process, state, word, promise, open_steps, coming)
