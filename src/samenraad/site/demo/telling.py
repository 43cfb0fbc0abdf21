"""What the stories have in common: setting up a process, taking part, the post that goes out at night."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from samenraad.instruments.ideas import actions as ideas
from samenraad.people.models import Body, Channel, Person
from samenraad.post.models import Batch, Medium, Message
from samenraad.processes import actions
from samenraad.processes.models import Contribution, Goal, Meeting, Process, Promise, Proposal, RoomItem, Source, Step
from samenraad.processes.shelf import shelf
from samenraad.site.demo.clock import moment
from samenraad.site.demo.diary import Story
from samenraad.site.demo.lindenveld import Lindenveld

#: from this day on letters and calls wait for who has to do them
LAST_POST = -5


def begin(town: Lindenveld, facts: Mapping[str, Any], *, place: str = "Lindenveld") -> Process:
    """The process, its goals and its room, written by the officer; nobody else sees it yet."""
    bram = town.who["officer"]
    process = actions.create(place=town.places[place], by=bram, **facts["process"])
    for goal in facts["goal"]:
        actions.write(row=Goal(process=process, **goal), by=bram)
    for item in facts["room"]:
        actions.write(row=RoomItem(process=process, **item), by=bram)
    return process


def promise(town: Lindenveld, process: Process, facts: Mapping[str, Any], body: Body) -> Promise:
    bram = town.who["officer"]
    draft = actions.draft_promise(process=process, body=body, by=bram, **facts)
    return actions.publish_promise(promise=draft, by=bram)


def put_to_work(
    town: Lindenveld, process: Process, facts: Mapping[str, Any], opens: int, closes: int, **fields: Any
) -> Step:
    """A step for ideas, open from nine in the morning until midnight of its last day."""
    return actions.add_step(
        process=process, kind="ideas", by=town.who["officer"], **facts, **fields,
        opens=moment(town.today, opens, 9), closes=moment(town.today, closes, 23, 59),
    )  # fmt: skip


def give(
    town: Lindenveld, step: Step, row: Mapping[str, Any], person: Person, place: str = "", *, thanks: bool = False
) -> Proposal:
    """Somebody brings an idea. What comes in by another way than the website is keyed in by the officer."""
    channel = row.get("channel", Channel.WEB)
    made = ideas.give(
        step=step, person=person, channel=channel, reference=row.get("reference", ""),
        entered_by=None if channel == Channel.WEB else town.who["officer"],
        idea=ideas.Text(
            title=row["title"], text=row["text"], theme=row.get("theme", ""),
            place=town.places[place] if place else None,
        ),
    )  # fmt: skip
    if thanks:
        ideas.receipt(idea=made, person=person, channel=channel)
    return made.proposal


def meet(town: Lindenveld, process: Process, facts: Mapping[str, Any]) -> None:
    """An evening to which everybody may come."""
    day = facts["day"]
    meeting = Meeting(
        process=process, title=facts["title"], address=facts["address"],
        starts=moment(town.today, day, 19, 30), ends=moment(town.today, day, 21, 30),
    )  # fmt: skip
    actions.plan_meeting(meeting=meeting, by=town.who["officer"])


def by_bulk(step: Step, people: Iterable[Person], channel: str) -> dict[int, Contribution]:
    """Many people take part at once; by the person's pk."""
    day = timezone.localdate()
    made = Contribution.objects.bulk_create(
        Contribution(step=step, person=person, channel=channel, day=day) for person in people
    )
    return {part.person_id: part for part in made if part.person_id}


def stand_behind(proposal: Proposal, parts: Sequence[Contribution], part: str) -> None:
    """These people wrote or support the text."""
    Source.objects.bulk_create(
        [Source(contribution=one, proposal=proposal, part=part, origin=proposal) for one in parts],
        ignore_conflicts=True,
    )
    if part == Source.Part.SUPPORTER:
        Proposal.objects.filter(pk=proposal.pk).update(supporters=F("supporters") + len(parts))


def reachable(channel: str, people: Sequence[Person]) -> Sequence[Person]:
    """Who would use this channel: forms come from who has an address, calls from who has a phone."""
    if channel == Channel.PAPER:
        return [person for person in people if person.street]
    if channel == Channel.PHONE:
        return [person for person in people if person.phone]
    if channel == Channel.WEB:
        return [person for person in people if person.email]
    return people


def nights(days: Iterable[int]) -> Story:
    """Each of these nights the house does what is due, and the post goes out.

    The letters and calls of the last days still wait: somebody has to do those.
    """
    for day in days:
        yield day, 23
        tick()
        deliver(all_media=day < LAST_POST)
        tick()


def tick() -> None:
    """Every room does its part, but the post: that would really send."""
    today = timezone.localdate()
    for card in shelf():
        if card.name != "post":
            card.tick(today)


def deliver(*, all_media: bool) -> None:
    """What waits is sent: e-mails and calls at once, letters as one batch. Nothing really leaves the house."""
    now = timezone.now()
    waiting = Message.objects.filter(state=Message.State.WAITING)
    if not all_media:
        waiting = waiting.filter(medium=Medium.EMAIL)
    letters = waiting.filter(medium=Medium.LETTER)
    if letters.exists():
        batch = Batch.objects.create(name=f"Brieven van {timezone.localdate():%d-%m-%Y}", posted_on=now.date())
        letters.update(batch=batch)
    waiting.update(state=Message.State.SENT, settled_at=now + timedelta(minutes=5))
