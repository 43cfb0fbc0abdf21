"""Everything on the public page of a process, ready to print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samenraad.cards import Moment
from samenraad.processes import rules
from samenraad.processes.gates import gates, passed_among
from samenraad.processes.ladder import Influence, influence
from samenraad.processes.models import Meeting, Override, Process, Promise, RoomItem, Step
from samenraad.processes.queries import promises
from samenraad.processes.queries.loop import Here, here, loop, moments
from samenraad.processes.queries.story import story
from samenraad.texts import Rendition
from samenraad.ui import formats
from samenraad.ui.lemniscate import Loop
from samenraad.ui.pieces import StoryEntry


@dataclass(frozen=True)
class Action:
    """The one thing a reader can do now; without an address it is a sentence about when."""

    label: str
    url: str = ""
    until: date | datetime | None = None
    opens: datetime | None = None


@dataclass(frozen=True)
class PromiseView:
    promise: Promise
    conditions: tuple[Rendition, ...]
    versions: int
    answer_due: date | None  # once it was handed over
    days_late: int
    #: what changed in the process since the promise was made for it
    outdated: tuple[str, ...]

    @property
    def before(self) -> int:
        return self.promise.version - 1


@dataclass(frozen=True)
class Gathering:
    """A meeting to come, and at what hour it ends."""

    meeting: Meeting
    ends: str


@dataclass(frozen=True)
class Page:
    process: Process
    action: Action | None
    here: tuple[Here, ...]
    loop: Loop
    influence: Influence
    who: str
    also_open: tuple[tuple[str, str], ...]  # title and address of other open steps
    open: list[RoomItem]
    negotiable: list[RoomItem]
    fixed: list[RoomItem]
    promise: PromiseView | None
    overrides: list[Override]
    meetings: list[Gathering]
    story: tuple[StoryEntry, ...]

    @property
    def now(self) -> Here:
        return self.here[0]

    @property
    def next(self) -> StoryEntry | None:
        """The first thing to come."""
        return next((entry for entry in self.story if entry.state == "later"), None)


def filled(process: Process) -> Process:
    """The process with everything a page needs of it, in a fixed number of queries."""
    promised = Promise.objects.select_related("body")
    parts: list[Any] = ["goals", "room", "steps", Prefetch("promises", promised), "overrides", "meetings"]
    prefetch_related_objects([process], *parts)
    for promise in process.promises.all():
        promise.process = process
    for step in process.steps.all():
        step.process = process
    return process


def page(process: Process) -> Page:
    process = filled(process)
    now = timezone.now()
    found = gates(process)
    passed = passed_among(process, found)
    known = moments([process])[process.pk]
    places = here(process, passed, known, now)
    items = list(process.room.all())
    open_now = [place.step for place in places if place.step]
    return Page(
        process=process,
        action=_action(process, places[0], known),
        here=places,
        loop=loop(process, found, passed, known),
        influence=influence(process),
        who=_who(open_now),
        also_open=tuple((str(step.title), step.card.url(step)) for step in open_now[1:]),
        open=[item for item in items if item.kind == RoomItem.Kind.OPEN],
        negotiable=[item for item in items if item.kind == RoomItem.Kind.NEGOTIABLE],
        fixed=[item for item in items if item.kind == RoomItem.Kind.FIXED],
        promise=_promise(process, known),
        overrides=list(process.overrides.all()),
        meetings=[
            Gathering(meeting, formats.hour(meeting.ends) if meeting.ends else "")
            for meeting in process.meetings.all()
            if meeting.is_public and (meeting.ends or meeting.starts) >= now
        ],
        story=story(process, found, passed, known),
    )


def _action(process: Process, now: Here, known: Sequence[Moment]) -> Action | None:
    """Take part when something is open; else read what there is to read; else know when it starts."""
    if now.step:
        return Action(capfirst(str(now.step.card.verb or now.step.title)), now.step.card.url(now.step), now.step.closes)
    answered = [one for one in known if one.place == "answer" and one.state == "done" and one.url]
    if answered:
        return Action(_("Read the answers"), answered[-1].url)
    if now.moment and now.moment.url:
        return Action(_("See what is being answered"), now.moment.url)
    if now.next_step:
        return Action(str(now.next_step.title), opens=now.next_step.opens)
    return None


def _who(open_now: Sequence[Step]) -> str:
    """Who may take part in what is open now, in the instrument's own words."""
    phases = open_now[0].card.phases(open_now[0]) if open_now else []
    return next((str(phase.who) for phase in phases if phase.open and phase.who), "")


def _promise(process: Process, known: Sequence[Moment]) -> PromiseView | None:
    promise = promises.current(process)
    if promise is None:
        return None
    due = next((one.until for one in known if one.place == "answer" and one.state in {"now", "late"}), None)
    late = rules.days_late(due, timezone.localdate()) if due else 0
    return PromiseView(
        promise, promises.conditions(promise), promise.version, due, late, tuple(promises.outdated(process))
    )
