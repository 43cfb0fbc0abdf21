"""Fourteen ideas of children, handed over to the council. The answer is three days late."""

from __future__ import annotations

from random import Random
from typing import Any

from django.utils.text import slugify

from samenraad.followup import actions as followup
from samenraad.followup.models import Handover, Item
from samenraad.people.models import Channel, Person
from samenraad.processes import actions
from samenraad.processes.models import Proposal, Source, Step
from samenraad.site.demo.content import read
from samenraad.site.demo.diary import Story
from samenraad.site.demo.lindenveld import Lindenveld
from samenraad.site.demo.telling import begin, by_bulk, give, promise, put_to_work, stand_behind

LATE = 3
#: per letter of `meets`
LOOKED = {"y": True, "n": False, "?": None}


def story(town: Lindenveld) -> Story:
    facts, bram = read("playgrounds"), town.who["officer"]
    handed = -(facts["promise"]["term_days"] + LATE)
    yield -131, 10
    process = begin(town, facts, place="Noorderakker")
    yield -124, 9
    actions.publish(process=process, by=bram)
    yield -117, 21
    promise(town, process, facts["promise"], town.council)
    yield -116, 9
    step = put_to_work(town, process, facts["step"], -110, -68)
    texts = yield from _ideas(town, step, facts["idea"])
    yield -70, 12
    _stickers(town, step, texts, facts["idea"])
    yield -66, 16
    actions.conclude(step=step, by=bram)
    yield handed, 19
    handover = followup.hand_over(process=process, proposals=texts, by=bram)
    yield handed + 4, 15
    where = "een brief in elke rugzak van basisschool De Klimop, en een poster bij het buurthuis"
    followup.tell_in_public(process=process, where=where, by=bram)
    yield from _weigh(town, handover, facts["idea"])
    yield -2, 17
    followup.explain_delay(
        handover=handover, by=town.who["chair"], until=town.day(9),
        text="We wachten op de offerte voor de waterspeelplek en op het gesprek over de rolstoelen. "
        "We willen jullie geen half antwoord geven. Sorry dat het langer duurt.",
    )  # fmt: skip


def _ideas(town: Lindenveld, step: Step, rows: list[dict[str, Any]]) -> Any:
    texts = []
    for number, row in enumerate(rows):
        yield -108 + 2 * number, 14
        child = _within_reach(town.children[number], row["channel"], number)
        texts.append(give(town, step, {**row, "theme": "Spelen"}, child, "Noorderakker"))
    return texts


def _within_reach(child: Person, channel: str, number: int) -> Person:
    """A form has the address of the parents on it, a call their number; at a meeting nobody asks for that."""
    if channel == Channel.PAPER:
        child.street, child.postcode, child.city = f"Roggeveld {number + 11}", "1233 KL", "Lindenveld"
    elif channel == Channel.PHONE:
        child.phone = f"0570 55 61 {number + 20}"
    elif channel == Channel.WEB:
        child.email = f"ouders.van.{slugify(child.name)}@example.org"
    child.save()
    return child


def _stickers(town: Lindenveld, step: Step, texts: list[Proposal], rows: list[dict[str, Any]]) -> None:
    """At school each child puts stickers on a large map: that is support, by children with a first name only."""
    chance = Random(14)
    authors = town.children[: len(texts)]
    parts = by_bulk(step, _voters(town, len(texts)), Channel.STREET)
    for text, row, author in zip(texts, rows, authors, strict=True):
        others = [part for pk, part in parts.items() if pk != author.pk]
        stand_behind(text, chance.sample(others, min(row["support"], len(others))), Source.Part.SUPPORTER)


def _voters(town: Lindenveld, authors: int) -> list[Person]:
    return [*town.children[authors:], *town.children[: authors // 2]]


def _weigh(town: Lindenveld, handover: Handover, rows: list[dict[str, Any]]) -> Story:
    """The council's desk: ten answers are written, four rows are blank. Nothing of it is public."""
    chantal, items = town.who["councillor"], {item.number: item for item in handover.items.all()}
    yield -52, 11
    for number, row in enumerate(rows, 1):
        followup.assign(item=items[number], owner=town.who["soraya"], by=chantal)
        if number in (1, 4):
            _beside(town, items[number], row)
    yield -24, 20
    for number, row in enumerate(rows, 1):
        followup.look_at(item=items[number], meets=[LOOKED[letter] for letter in row["meets"]], by=chantal)
        if number not in (1, 4):
            _beside(town, items[number], row)
        if "draft" in row:
            followup.give_answer(item=items[number], by=chantal, **row["draft"])


def _beside(town: Lindenveld, item: Item, row: dict[str, Any]) -> None:
    for remark in row.get("notes", ()):
        followup.note_beside(item=item, by=town.who["soraya"], **remark)
