"""A greener and calmer centre: ideas are coming in now, for another fourteen days."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from samenraad.discussion import actions as discussion
from samenraad.discussion.models import Comment
from samenraad.instruments.ideas.models import Idea
from samenraad.people.models import Channel, Person
from samenraad.processes import actions
from samenraad.processes.models import Proposal, Step
from samenraad.site.demo.content import read
from samenraad.site.demo.diary import Story
from samenraad.site.demo.lindenveld import Lindenveld
from samenraad.site.demo.telling import begin, promise, put_to_work, reachable

FIRST, LAST = -12, 14
Event = tuple[tuple[int, float], Callable[[], object]]


class Centre:
    """Everything that happens at this step, planned first and told in the order of time."""

    def __init__(self, town: Lindenveld, step: Step) -> None:
        self.town, self.step, self.chance = town, step, Random(412)
        self.texts: dict[str, Proposal] = {}
        self.authors: dict[str, Person] = {}
        self.comments: dict[str, Comment] = {}
        self.free = list(town.residents)
        self.chance.shuffle(self.free)

    def events(self, rows: list[dict[str, Any]]) -> list[Event]:
        found: list[Event] = []
        for number, row in enumerate(rows):
            key = row["title"]
            day = FIRST + number * 10 // len(rows)
            hour = 9 + number * 7 % 11 + number % 4 * 0.25
            found.append(((day, hour), lambda row=row: self.give(row)))
            found += self._talk(row, key, day)
            found += self._support(row, key, day)
            if "merged_into" in row:
                found.append(((-3, 16), lambda row=row: self.merge(row)))
        return sorted(found, key=lambda event: event[0])

    def _talk(self, row: dict[str, Any], key: str, day: int) -> list[Event]:
        found: list[Event] = []
        for place, remark in enumerate(row["comments"]):
            when = min(day + 1 + place, -1)
            found.append(((when, 19 + place / 4), lambda remark=remark: self.say(key, remark["text"])))
            for order, reply in enumerate(remark.get("replies", ())):
                found.append(
                    ((min(when + 1, -1), 20 + order / 4),
                     lambda reply=reply, remark=remark: self.say(key, reply, remark["text"]))
                )  # fmt: skip
            if "hidden" in remark:
                found.append(((when, 21), lambda remark=remark: self.report(remark["text"])))
                found.append(((min(when + 1, -1), 9), lambda remark=remark: self.hide(remark)))
        return found

    def _support(self, row: dict[str, Any], key: str, day: int) -> list[Event]:
        """A little every day, until this morning."""
        last = -4 if "merged_into" in row else -1
        days = sorted(self.chance.randint(day + 1, max(day + 1, last)) for _ in range(row["supports"]))
        people = self.chance.sample(self.town.residents, row["supports"])
        return [
            ((when, 8 + self.chance.randrange(44) / 4), lambda person=person: self.support(key, person))
            for when, person in zip(days, people, strict=True)
            if when < 0
        ]

    def give(self, row: dict[str, Any]) -> None:
        person = self.town.who[row["who"]] if "who" in row else self._somebody(row["channel"])
        keyed_by = None if row["channel"] == Channel.WEB else self.town.who["officer"]
        part = actions.take_part(step=self.step, person=person, channel=row["channel"], entered_by=keyed_by)
        text = actions.propose(
            step=self.step, contribution=part, title=row["title"], text=row["text"],
            place=self.town.places[row["place"]], by=keyed_by or person,
        )  # fmt: skip
        Idea.objects.create(proposal=text, step=self.step, theme=row["theme"], reference=row.get("reference", ""))
        self.texts[row["title"]], self.authors[row["title"]] = text, person
        if "key" in row:
            self.texts[row["key"]] = text

    def _somebody(self, channel: str) -> Person:
        person = reachable(channel, self.free)[0]
        self.free.remove(person)
        return person

    def support(self, key: str, person: Person) -> None:
        if person != self.authors[key]:
            actions.support(proposal=self.texts[key], person=person)

    def say(self, key: str, text: str, under: str = "") -> None:
        person = self.free[self.chance.randrange(len(self.free))]
        parent = self.comments[under] if under else None
        self.comments[text] = discussion.comment(proposal=self.texts[key], person=person, text=text, parent=parent)

    def report(self, text: str) -> None:
        person = self.free[self.chance.randrange(len(self.free))]
        discussion.report(thing=self.comments[text], reason="Dit is schelden, geen mening.", person=person)

    def hide(self, remark: dict[str, Any]) -> None:
        discussion.hide(
            thing=self.comments[remark["text"]], kind="insult", reason=remark["hidden"], by=self.town.who["moderator"]
        )

    def merge(self, row: dict[str, Any]) -> None:
        actions.merge(
            proposals=[self.texts[row["title"]]], into=self.texts[row["merged_into"]],
            by=self.town.who["moderator"], reason=row["merge_reason"],
        )  # fmt: skip


def story(town: Lindenveld) -> Story:
    facts, bram = read("centre"), town.who["officer"]
    yield -74, 10
    process = begin(town, facts, place="Centrum")
    yield -61, 9
    actions.publish(process=process, by=bram)
    yield -54, 21
    promise(town, process, facts["first_promise"], town.council)
    yield -33, 21
    promise(town, process, facts["promise"], town.council)
    yield -32, 10
    step = put_to_work(town, process, facts["step"], FIRST, LAST)
    for when, happen in Centre(town, step).events(facts["idea"]):
        yield when
        happen()
