"""A greener and calmer centre: ideas are coming in now, for another fourteen days."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from random import Random
from typing import Any

from samenraad.discussion import actions as discussion
from samenraad.discussion.models import Comment
from samenraad.instruments.ideas import actions as ideas
from samenraad.people.models import Person
from samenraad.processes import actions
from samenraad.processes.models import Proposal, Step
from samenraad.site.demo.content import read
from samenraad.site.demo.diary import Story
from samenraad.site.demo.lindenveld import Lindenveld
from samenraad.site.demo.telling import begin, give, meet, promise, put_to_work, reachable

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
            day = FIRST + number * 10 // len(rows)
            hour = 9 + number * 7 % 11 + number % 4 * 0.25
            found.append(((day, hour), partial(self.give, row)))
            found += [*self._talk(row, day), *self._support(row, day)]
            if "merged_into" in row:
                found.append(((-3, 16), partial(self.merge, row)))
        return sorted(found, key=lambda event: event[0])

    def _talk(self, row: dict[str, Any], day: int) -> Iterator[Event]:
        for place, remark in enumerate(row["comments"]):
            when, after = min(day + 1 + place, -1), min(day + 2 + place, -1)
            yield (when, 19 + place / 4), partial(self.say, row["title"], remark["text"])
            for order, reply in enumerate(remark.get("replies", ())):
                yield (after, 20 + order / 4), partial(self.say, row["title"], reply, remark["text"])
            if "reported" in remark:
                yield (when, 21), partial(self.report, remark)
            if "hidden" in remark:
                yield (when, 22), partial(self.hide, remark)

    def _support(self, row: dict[str, Any], day: int) -> Iterator[Event]:
        """A little every day, until yesterday."""
        last = -4 if "merged_into" in row else -1
        for person in self.chance.sample(self.town.residents, row["supports"]):
            when = self.chance.randint(day + 1, max(day + 1, last))
            yield (when, 8 + self.chance.randrange(44) / 4), partial(self.support, row["title"], person)

    def give(self, row: dict[str, Any]) -> None:
        person = self.town.who[row["who"]] if "who" in row else self._somebody(row["channel"])
        text = give(self.town, self.step, row, person, row["place"], thanks=True)
        self.texts[row["title"]], self.authors[row["title"]] = text, person
        if "key" in row:
            self.texts[row["key"]] = text

    def _somebody(self, channel: str) -> Person:
        person = reachable(channel, self.free)[0]
        self.free.remove(person)
        return person

    def support(self, key: str, person: Person) -> None:
        if person != self.authors[key]:
            ideas.support(proposal=self.texts[key], person=person)

    def say(self, key: str, text: str, under: str = "") -> None:
        person = self.free[self.chance.randrange(len(self.free))]
        parent = self.comments[under] if under else None
        self.comments[text] = discussion.comment(proposal=self.texts[key], person=person, text=text, parent=parent)

    def report(self, remark: dict[str, Any]) -> None:
        person = self.free[self.chance.randrange(len(self.free))]
        discussion.report(thing=self.comments[remark["text"]], reason=remark["reported"], person=person)

    def hide(self, remark: dict[str, Any]) -> None:
        discussion.hide(
            thing=self.comments[remark["text"]], kind="insult", reason=remark["hidden"], by=self.town.who["moderator"]
        )

    def merge(self, row: dict[str, Any]) -> None:
        ideas.merge(
            ideas=[self.texts[row["title"]]], into=self.texts[row["merged_into"]],
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
    meet(town, process, facts["meeting"])
    for when, happen in Centre(town, step).events(facts["idea"]):
        yield when
        happen()
