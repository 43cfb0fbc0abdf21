"""The climate panel, from its question to its end. Its figures are those of Zeist in 2021: 62 proposals, of which 40
were adopted, and 21 further measures by the council (R262)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from samenraad.followup import actions as followup
from samenraad.followup.models import Answer, Handover, Item, Mark, Measure
from samenraad.instruments.ideas.actions import twin
from samenraad.people.models import Channel
from samenraad.processes import actions
from samenraad.processes.models import Meeting, Process, Proposal, Source, Step
from samenraad.site.demo import lots
from samenraad.site.demo.clock import moment
from samenraad.site.demo.content import read, recommendations
from samenraad.site.demo.diary import Story, together
from samenraad.site.demo.lindenveld import Lindenveld, thank_panel
from samenraad.site.demo.telling import begin, by_bulk, give, meet, promise, put_to_work, reachable, stand_behind

WRITERS = 4
MARKING = 118
#: what the panel thought of the answers, per decision; so that the means per theme come out as they were
OPINION = {
    "Wonen en warmte": {"adopted": 7.5, "partly": 5.3, "rejected": 3.2},
    "Verkeer": {"adopted": 6.6, "partly": 4.4, "rejected": 2.6, "forwarded": 3.4},
    "Groen en water": {"adopted": 7.8, "partly": 5.4, "rejected": 3.0},
    "Geld en eerlijk delen": {"adopted": 6.6, "partly": 4.4, "rejected": 2.0},
}
SATURDAYS = (-280, -259, -238, -217, -196)


@dataclass
class Climate:
    """What one piece of the story leaves for the next."""

    town: Lindenveld
    facts: dict[str, Any] = field(default_factory=lambda: read("climate"))
    rows: list[dict[str, Any]] = field(default_factory=recommendations)
    #: title of a measure -> its row
    measures: dict[str, Measure] = field(default_factory=dict)
    texts: dict[int, Proposal] = field(default_factory=dict)


def story(town: Lindenveld) -> Story:
    climate = Climate(town)
    bram = town.who["officer"]
    yield -420, 10
    process = begin(town, climate.facts)
    yield -409, 9
    actions.publish(process=process, by=bram)
    yield -395, 21
    promise(town, process, climate.facts["promise"], town.council)
    yield -394, 10
    asked = put_to_work(town, process, climate.facts["ideas_step"], -388, -346)
    worked = put_to_work(
        town, process, climate.facts["panel_step"], SATURDAYS[0], SATURDAYS[-1] + 1, because=asked, body=town.panel
    )
    saturdays = _plan_saturdays(climate, process, worked)
    given: list[tuple[Proposal, int]] = []
    yield from together(_ideas(climate, asked, given), lots.of_the_climate_panel(town, process))
    for day, meeting in zip(SATURDAYS, saturdays, strict=True):
        yield day, 16.75
        lots.saturday(town, meeting, SATURDAYS.index(day))
    yield SATURDAYS[-1], 17
    _write(climate, worked)
    yield SATURDAYS[-1] + 1, 10
    carried = actions.carry(proposals=[text for text, _ in given], step=worked, by=bram)
    yield SATURDAYS[-1] + 2, 10
    _weave_in(climate, worked, carried, [number for _, number in given])
    yield -193, 15
    actions.conclude(step=worked, by=bram)
    thank_panel(town)
    yield from _answer(climate, process)
    yield from together(_carry_out(climate), _round_off(climate, process))


def _plan_saturdays(climate: Climate, process: Process, step: Step) -> list[Meeting]:
    titles = [
        ("Eerste zaterdag: kennismaken en je eigen ervaring", "First Saturday: getting to know each other"),
        ("Tweede zaterdag: wonen en warmte, met deskundigen", "Second Saturday: homes and heating, with experts"),
        ("Derde zaterdag: op bezoek bij een flat, een boerderij en een warmtebedrijf", "Third Saturday: visits"),
        ("Vierde zaterdag: schrijven in kleine groepen", "Fourth Saturday: writing in small groups"),
        ("Vijfde zaterdag: stemmen over elke tekst", "Fifth Saturday: a vote on each text"),
    ]
    planned = []
    for day, (nl, en) in zip(SATURDAYS, titles, strict=True):
        meeting = Meeting(
            process=process, step=step, title={"nl": nl, "en": en}, address="Vakcollege, Spinnerslaan 40",
            starts=moment(climate.town.today, day, 9, 30), ends=moment(climate.town.today, day, 16, 30),
        )  # fmt: skip
        planned.append(actions.plan_meeting(meeting=meeting, by=climate.town.who["officer"]))
    return planned


def _ideas(climate: Climate, step: Step, given: list[tuple[Proposal, int]]) -> Story:
    """What residents told the panel beforehand; `given` gets each text with the number in which it ended."""
    town = climate.town
    fresh = list(town.residents)
    for number, row in enumerate(read("climate_ideas")["idea"]):
        yield -388 + 2 * number + 3, 9 + number % 9
        person = town.who[row["who"]] if "who" in row else reachable(row["channel"], fresh)[0]
        if person in fresh:
            fresh.remove(person)
        text = give(town, step, row, person, row["place"])
        given.append((text, row["into"]))
    yield -344, 16
    actions.conclude(step=step, by=town.who["officer"])


def _write(climate: Climate, step: Step) -> None:
    """62 texts, each written by a small group, each voted on by the whole panel."""
    town = climate.town
    parts = by_bulk(step, town.members, Channel.MEETING)
    for number, row in enumerate(climate.rows):
        writers = [town.members[(number * WRITERS + seat) % len(town.members)] for seat in range(WRITERS)]
        first, group = writers[0], [parts[person.pk] for person in writers]
        text = f"{row['text']}\n\nIn het panel stemde {row['support']} procent voor."
        brought = {"title": row["title"], "text": text, "theme": row["theme"], "channel": Channel.MEETING}
        proposal = give(town, step, brought, first)
        stand_behind(proposal, group[1:], Source.Part.AUTHOR)
        climate.texts[row["number"]] = proposal


def _weave_in(climate: Climate, step: Step, carried: list[Proposal], numbers: list[int]) -> None:
    """The residents' ideas lie on the panel's table; each becomes part of a recommendation."""
    for text in carried:
        twin(text)
    for into in dict.fromkeys(numbers):
        actions.merge(
            proposals=[text for text, number in zip(carried, numbers, strict=True) if number == into],
            into=climate.texts[into], by=climate.town.who["officer"],
            reason=f"Het panel heeft dit verwerkt in aanbeveling {into}.",
        )  # fmt: skip


def _answer(climate: Climate, process: Process) -> Story:
    """Handed over, weighed, answered two days before the last day."""
    town = climate.town
    chantal, bram = town.who["councillor"], town.who["officer"]
    yield -160, 20
    texts = [climate.texts[number] for number in sorted(climate.texts)]
    handover = followup.hand_over(process=process, proposals=texts, by=bram)
    meet(town, process, climate.facts["meeting"])
    items = {item.number: item for item in handover.items.all()}
    for week in range(8):
        yield -150 + 9 * week, 14
        for row in climate.rows[week * 8 : week * 8 + 8]:
            _weigh(climate, process, items[row["number"]], row)
    yield -78, 22
    followup.publish_answers(handover=handover, by=chantal, explained_on=town.day(-78))
    for row in read("climate_council")["measure"]:
        _plan(climate, process, row, None)
    yield -64, 12
    _mark(climate, handover)


def _weigh(climate: Climate, process: Process, item: Item, row: dict[str, Any]) -> None:
    by = climate.town.who["councillor"]
    followup.look_at(item=item, meets=[letter == "y" for letter in row["meets"]], by=by)
    answer = followup.give_answer(
        item=item, decision=row["decision"], reasons=row["reasons"], forwarded_to=row.get("forwarded_to", ""),
        by=by, decided_on=climate.town.day(-78),
    )  # fmt: skip
    for measure in row["measures"]:
        _plan(climate, process, measure, answer)


def _plan(climate: Climate, process: Process, row: dict[str, Any], answer: Answer | None) -> None:
    town = climate.town
    due = row["moved"]["from"] if "moved" in row else row["due"]
    climate.measures[row["title"]] = followup.add_measure(
        process=process, title=row["title"], due=town.day(due), by=town.who["councillor"], answer=answer,
        owner=town.who[row["owner"]], department=row["department"],
        budget_cents=row["budget"] * 100 if "budget" in row else None,
    )  # fmt: skip


def _mark(climate: Climate, handover: Handover) -> None:
    """118 of the 150 members say what they think of each answer, from 0 to 10."""
    chance, items = Random(118), {item.number: item for item in handover.items.all()}
    marking = climate.town.members[:MARKING]
    mood = {person.pk: chance.gauss(0, 1.2) for person in marking}
    marks = []
    for row in climate.rows:
        mean = row.get("mark", OPINION[row["theme"]][row["decision"]])
        for person in marking:
            if chance.random() < 0.95:
                value = round(min(10, max(0, chance.gauss(mean + mood[person.pk], 1.1))))
                marks.append(Mark(item=items[row["number"]], person=person, value=value))
    Mark.objects.bulk_create(marks, batch_size=2000)


def _carry_out(climate: Climate) -> Story:
    """Every update in the order of time."""
    rows = [measure for row in climate.rows for measure in row["measures"]] + read("climate_council")["measure"]
    updates = [(update["day"], row, update) for row in rows for update in row.get("updates", ())]
    updates += [(row["moved"]["day"], row, None) for row in rows if "moved" in row]
    for day, row, update in sorted(updates, key=lambda found: found[0]):
        yield day, 11
        measure, by = climate.measures[row["title"]], climate.town.who[row["owner"]]
        if update is None:
            text = "We hebben de datum verzet. De stallingen komen er gewoon."
            followup.update_measure(
                measure=measure, text=text, by=by, due=_day(climate, row["due"]), why_moved=row["moved"]["why"]
            )
        else:
            followup.update_measure(
                measure=measure, text=update["text"], by=by, state=update["state"],
                evidence=update.get("evidence", ""),
            )  # fmt: skip


def _round_off(climate: Climate, process: Process) -> Story:
    """While the measures go on: what was learned, and the end."""
    bram = climate.town.who["officer"]
    yield -20, 10
    followup.evaluate(process=process, by=climate.town.who["evaluator"], **climate.facts["evaluation"])
    yield -18, 9
    followup.publish_evaluation(process=process, by=bram)
    yield -12, 9
    actions.close(process=process, by=bram)


def _day(climate: Climate, days: int) -> date:
    return climate.town.day(days)
