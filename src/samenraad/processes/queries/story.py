"""The story of a process in the order of time: what happened, what goes on, what will come."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenraad.cards import Gate, Moment
from samenraad.ledger import queries as ledger
from samenraad.ledger.models import Entry
from samenraad.processes.models import Process, RoomItem, Step
from samenraad.processes.shelf import shelf
from samenraad.ui.pieces import StoryEntry

#: what is not told on the page of the process: how single texts travelled, and each measure that was planned; the
#: whole story has them
ONE_BY_ONE = ("proposal.", "measure.added")
LONGEST = 60
FAR_AWAY = date(9000, 1, 1)


@dataclass(frozen=True)
class Told:
    """One sentence of the ledger, with the page on which one can see it."""

    moment: datetime
    act: str
    title: str
    text: str
    subject: str


def sentences() -> dict[str, Any]:
    """What every card on the shelf says of the ledger's acts."""
    return {act: sentence for card in shelf() for act, sentence in card.story.items()}


def whole_story(process: Process) -> QuerySet[Entry]:
    """Every entry that has something to tell, newest first, to be paged."""
    return ledger.told(process.thread, sentences()).order_by("-seq")


def tell(entries: Iterable[Entry]) -> list[Told]:
    """The entries as sentences; what has nothing to say is left out."""
    known, found = sentences(), []
    for line in ledger.tell(entries, known):
        title, _line, text = line.sentence.partition("\n")
        if title:
            found.append(Told(line.moment, line.act, title, text.strip(), line.subject))
    return found


def first_written(entries: Iterable[Entry]) -> dict[str, datetime]:
    """When the goals and the room were first written down."""
    moments: dict[str, datetime] = {}
    for entry in entries:
        for part in entry.facts.get("fields", ()):
            moments.setdefault(part, entry.moment)
    return moments


def story(
    process: Process, gates: Sequence[Gate], passed: Collection[int], known: Sequence[Moment]
) -> tuple[StoryEntry, ...]:
    now = timezone.now()
    entries = _entries(process)
    past = [*_gates_passed(process, passed, entries), *_told(process, entries, known), *_steps(process, now, "done")]
    past += _meetings_held(process, now)
    past.sort(key=_when)
    going_on = [*_steps(process, now, "now"), *_owed(known, {"now", "late"})]
    later = [*_steps(process, now, "later"), *_owed(known, {"later"}), *_to_come(process, gates, passed, known)]
    return (*past, *sorted(going_on, key=_when), *later)


def _when(entry: StoryEntry) -> datetime:
    """A day without an hour counts from its beginning."""
    when = entry.when or FAR_AWAY
    return when if isinstance(when, datetime) else timezone.make_aware(datetime.combine(when, time.min))


def _entries(process: Process) -> list[Entry]:
    """The last of them, oldest first; `process.written` says when goals and room came to be."""
    acts = [act for act in sentences() if not act.startswith(ONE_BY_ONE)]
    newest = Entry.objects.filter(thread=process.thread, act__in=[*acts, "process.written"]).order_by("-seq")
    return list(newest[:LONGEST])[::-1]


def _told(process: Process, entries: Sequence[Entry], known: Sequence[Moment]) -> Iterable[StoryEntry]:
    for told in tell(entry for entry in entries if entry.act != "process.written"):
        if told.act == "promise.published":
            gate = 3 if told.subject == _first_promise(process) else None
            yield StoryEntry(
                told.title, told.moment, text=told.text, gate=gate, href="#promise", link=_("Read the promise")
            )
            continue
        thing = _thing(told, known)
        answered = thing is not None and thing.place == "answer" and thing.state == "done"
        yield StoryEntry(
            told.title,
            told.moment,
            text=told.text,
            gate=5 if answered else None,
            href=thing.url if thing else "",
            link=thing.link if thing else "",
        )


def _thing(told: Told, known: Sequence[Moment]) -> Moment | None:
    """What a line of the ledger is about, as its room knows it now: "answers.published" is about the answer."""
    about = [one for one in known if one.about and one.about == told.subject and one.url]
    return next((one for one in about if told.act.startswith(one.place)), about[0] if about else None)


def _first_promise(process: Process) -> str:
    return next((f"promise:{one.pk}" for one in process.promises.all() if one.published_at), "")


def _gates_passed(process: Process, passed: Collection[int], entries: Sequence[Entry]) -> Iterable[StoryEntry]:
    """Goal and room: on the day they were written, and not later than the day the question became public."""
    written = first_written(entries)
    public = process.published_at or timezone.now()
    if 1 in passed and (goals := list(process.goals.all())):
        text = " ".join(f"{str(goal).rstrip('.')}." for goal in goals[:3])
        yield StoryEntry(_("The goal is clear"), min(public, written.get("goals", public)), text=text, gate=1)
    if 2 in passed and (room := list(process.room.all())):
        when = min(public, written.get("room", public))
        yield StoryEntry(_("The room is settled"), when, text=_counted(room), gate=2)


def _counted(room: Sequence[RoomItem]) -> str:
    """Four things are open, three are fixed, one can be talked about."""
    counts = {kind: sum(1 for item in room if item.kind == kind) for kind in RoomItem.Kind.values}
    parts = [
        (ngettext("{count} thing is open", "{count} things are open", counts["open"]), counts["open"]),
        (ngettext("{count} is fixed", "{count} are fixed", counts["fixed"]), counts["fixed"]),
        (
            ngettext("{count} can be talked about", "{count} can be talked about", counts["negotiable"]),
            counts["negotiable"],
        ),
    ]
    return ", ".join(text.format(count=count) for text, count in parts if count) + "."


def _steps(process: Process, now: datetime, wanted: str) -> Iterable[StoryEntry]:
    states = {Step.State.OPEN: "now", Step.State.PLANNED: "later"}
    for step in process.steps.all():
        state = states.get(step.state_at(now), "done")
        if state == wanted:
            when = step.opens or (step.concluded_at if state == "done" else None)
            moment = "" if when else _("no day yet")
            url = step.card.url(step) if process.is_public or state != "later" else ""
            yield StoryEntry(str(step.title), when, step.closes, state=state, href=url, moment=moment)


def _meetings_held(process: Process, now: datetime) -> list[StoryEntry]:
    held = [meeting for meeting in process.meetings.all() if meeting.is_public and meeting.starts < now]
    return [StoryEntry(str(meeting.title), meeting.starts, text=meeting.address) for meeting in held[-10:]]


def _owed(known: Sequence[Moment], states: Collection[str]) -> Iterable[StoryEntry]:
    gates = {"answer": 5, "feedback": 6}
    for one in known:
        if one.state in states:
            yield StoryEntry(
                one.title, one.day, one.until, text=one.text, state="later" if one.state == "later" else "now",
                gate=gates.get(one.place), href=one.url, link=one.link,
            )  # fmt: skip


def _to_come(
    process: Process, gates: Sequence[Gate], passed: Collection[int], known: Sequence[Moment]
) -> Iterable[StoryEntry]:
    """What follows for every process, as far as no room has told it with a date already."""
    if process.closed_at:
        return
    places = {one.place for one in known}
    promise = next((one for one in reversed(process.promises.all()) if one.published_at), None)
    missing: Mapping[int, Gate] = {gate.number: gate for gate in gates if gate.number not in passed}
    if promise and not places & {"handover", "answer"}:
        title = _("The proposals go to {body}").format(body=promise.body.name)
        yield StoryEntry(title, moment=_("after the last step"), state="later")
        days = ngettext("within {days} day after that", "within {days} days after that", promise.term_days)
        yield StoryEntry(
            _("An answer to every proposal"), moment=days.format(days=promise.term_days), state="later", gate=5
        )
    if "measures" not in places:
        yield StoryEntry(_("Measures"), moment=_("after the answer"), state="later")
    if "feedback" not in places and (6 in missing or not gates):
        yield StoryEntry(
            _("Everybody who took part hears what became of it"),
            text=_("Also on paper and by phone. Then the evaluation follows, and the next question begins."),
            state="later",
            gate=6,
            moment=_("at the end"),
        )
