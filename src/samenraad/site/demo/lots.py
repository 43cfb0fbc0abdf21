"""Two lots: the one that drew the climate panel, with the figures of Zeist in 2021 (6,500 letters, 935 yes, 150 seats;
R262), and that of the mirror council, in which answers are coming in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random
from typing import Any, NoReturn

from django.utils import timezone

from samenraad.instruments.lot.actions import (
    calls,
    draw,
    freeze,
    groups,
    letters,
    plan,
    profile,
    register,
    seats,
    waves,
)
from samenraad.instruments.lot.jobs import Kind
from samenraad.instruments.lot.models import Departure, Draw, Invitation, Lot, Outreach
from samenraad.instruments.lot.queries import replacing
from samenraad.instruments.lot.queries.pool import dimensions
from samenraad.instruments.lot.queries.reference import known
from samenraad.instruments.lot.queries.seats import roll
from samenraad.instruments.lot.rules import invented
from samenraad.ledger.actions import note
from samenraad.people.actions import make_body
from samenraad.people.models import Channel, Membership, Person
from samenraad.processes import actions
from samenraad.processes.actions import work
from samenraad.processes.models import Contribution, Meeting, Process, Step, Work
from samenraad.questionnaires.models import Answer, AnswerSet, Question
from samenraad.site.demo import names
from samenraad.site.demo.clock import moment
from samenraad.site.demo.content import read
from samenraad.site.demo.diary import Story
from samenraad.site.demo.lindenveld import Lindenveld
from samenraad.site.demo.telling import begin, promise

#: nearly everybody who does not come says nothing at all; a third of those who say no want to hear the result
NO, CURIOUS = 0.08, 0.33
#: what who says yes needs to take part
NEEDS = ((), (), (), (), ("transport",), ("childcare",), ("diet",), ("childcare", "transport"), ("interpreter",))


@dataclass
class Drawing:
    """What one piece of the story leaves for the next."""

    town: Lindenveld
    facts: dict[str, Any]
    step: Step
    lot: Lot
    #: who is in the register, by their number there
    rows: dict[str, invented.Resident] = field(default_factory=dict)


def put_up(town: Lindenveld, process: Process, key: str, opens: int, closes: int, drawn: int, **fields: Any) -> Drawing:
    """The step, its plan, its groups and its questions."""
    facts, bram = read("lots")[key], town.who["officer"]
    step = actions.add_step(
        process=process, kind="lot", by=bram, **facts["step"], **fields,
        opens=moment(town.today, opens, 9), closes=moment(town.today, closes, 23, 59),
    )  # fmt: skip
    lot = Lot.objects.create(step=step)
    lot = plan.change(
        lot=lot, by=bram, age_on=town.day(opens), draw_at=moment(town.today, drawn, 19, 30),
        keep_until=town.day(closes + 30), second_language="en", **facts["plan"],
    )  # fmt: skip
    profile.make(lot=lot, by=bram)
    lot.refresh_from_db()
    schooling = Question.objects.get(items__questionnaire=lot.questionnaire, key__startswith="education")
    chosen = [(one, schooling if one.is_education else None, True) for one in known(lot)]
    groups.choose(lot=lot, chosen=chosen, margin=facts["margin"], by=bram)
    return Drawing(town, facts, step, lot)


def invite(drawing: Drawing) -> None:
    """The register is read in, the words are said, and the addressees are drawn."""
    lot, facts, bram = drawing.lot, drawing.facts, drawing.town.who["officer"]
    groups_of, known_names = _groups(lot), {person.name for person in drawing.town.who.values()}
    everybody = [
        replace(one, last_name="van Lindenveld") if one.name in known_names else one
        for one in invented.people(facts["register"], groups_of, facts["seed"], on=lot.age_on or date.today())
    ]
    drawing.rows = {one.id: one for one in everybody}
    kept = register.keep_upload(lot=lot, name="uittreksel-brp.csv", chunks=[_extract(everybody)], by=bram)
    _do(register.map_columns(extract=kept, columns=kept.columns, leave_out=kept.leave_out, by=bram))
    _do(register.start_reading(extract=kept, without_bad_lines=False, by=bram))
    wishes = {"letters": facts["letters"], "strata": ["leeftijd", "district"], "rate": 0.14}
    wave = waves.plan_wave(lot=lot, wishes=wishes, values={})
    _do(waves.start_draw(wave=wave, seed=facts["seed"], seed_by=facts["seed_by"], by=bram))
    _do(letters.begin(wave=wave, by=bram))


def _groups(lot: Lot) -> dict[str, dict[str, int]]:
    return {one.key: {value.key: value.people or 0 for value in one.values.all()} for one in dimensions(lot)}


def _extract(everybody: Iterable[invented.Resident]) -> bytes:
    out = io.StringIO()
    table = csv.writer(out, delimiter=";")
    table.writerow(
        ["A-nummer", "Voornamen", "Geslachtsnaam", "Straatnaam", "Huisnummer", "Postcode", "Woonplaats",
         "Geboortedatum", "Geslacht", "Wijk", "Indicatie geheim"]
    )  # fmt: skip
    for one in everybody:
        table.writerow(
            [one.id, one.first_name, one.last_name, one.street, one.house_number, one.postcode, one.town,
             one.born.isoformat(), one.gender, one.features["district"], ""]
        )  # fmt: skip
    return out.getvalue().encode()


def _do(job: Work | None) -> None:
    """In this process, at once; and what went wrong is told."""
    done = work.do(job) if job else None
    if done is not None and done.state != Work.State.DONE:
        raise RuntimeError(f"{done.kind}: {done.code} {done.facts}")


def stand_in(drawing: Drawing, person: Person, **features: str) -> Invitation:
    """One of the invited is somebody we know: they get that letter, and who was invented for it goes."""
    named = {f"features__{key}": value for key, value in features.items()}
    letter = Invitation.objects.filter(lot=drawing.lot, reply="", **named).order_by("key").first()
    assert letter is not None and letter.person is not None  # noqa: PT018
    nobody, letter.person = letter.person, person
    letter.save(update_fields=["person"])
    nobody.codes.update(person=person)
    nobody.messages.update(person=person, address=_address(person, nobody))
    nobody.delete()
    return letter


def _address(person: Person, other: Person) -> dict[str, str]:
    lives = person if person.has_address else other
    return {"name": person.name, "street": lives.street, "postcode": lives.postcode, "city": lives.city}


def answers(drawing: Drawing, yes: int | None, certain: Sequence[Invitation]) -> list[tuple[Invitation, Any]]:
    """Who says what, as such people usually do; those in `certain` say yes. Nobody has said it yet."""
    letters_of = {one.key: one for one in Invitation.objects.filter(lot=drawing.lot).order_by("key")}
    sure = {one.key for one in certain}
    others = [drawing.rows[key] for key in letters_of if key not in sure]
    rates = invented.usual_rates(_groups(drawing.lot), 0.14)
    said = invented.replies(
        others, rates, drawing.facts["seed"], overall=0.14, yes=yes - len(sure) if yes else None, no=NO
    )
    found = [(letters_of[one.id], one) for one in said if one.reply]
    return [*((letters_of[key], invented.Reply(key, "yes", Channel.WEB)) for key in sorted(sure)), *found]


def answer(drawing: Drawing, rows: Sequence[tuple[Invitation, Any]]) -> None:
    """Many answers of one day, in one go."""
    chance, now = Random(len(rows)), timezone.now()
    for letter, said in rows:
        letter.reply, letter.channel, letter.replied_at = said.reply, said.channel, now
        letter.reason = said.reason if said.reply == "no" else ""
        letter.curious = said.reply == "no" and chance.random() < CURIOUS
    coming = [letter for letter, said in rows if said.reply == "yes"]
    _take_part(drawing, [letter for letter, _said in rows if letter.reply == "yes" or letter.curious])
    _tell_more(drawing, coming, chance)
    fields = ["reply", "channel", "replied_at", "reason", "curious", "contribution", "answers"]
    Invitation.objects.bulk_update([letter for letter, _said in rows], fields, batch_size=500)
    note("lot.replied_together", drawing.step, thread=drawing.step.process, count=len(rows))


def _take_part(drawing: Drawing, some: Sequence[Invitation]) -> None:
    made = Contribution.objects.bulk_create(
        Contribution(step=drawing.step, person_id=one.person_id, channel=one.channel, day=timezone.localdate())
        for one in some
    )
    for letter, part in zip(some, made, strict=True):
        letter.contribution = part


def _tell_more(drawing: Drawing, some: Sequence[Invitation], chance: Random) -> None:
    """Who says yes answers the questions, and most say how to reach them."""
    asked = drawing.lot.questionnaire
    assert asked is not None
    now = timezone.now()
    sets = AnswerSet.objects.bulk_create(
        AnswerSet(questionnaire=asked, person_id=one.person_id, channel=one.channel, handed_in_at=now, begun_at=now)
        for one in some
    )
    questions = {item.question.key.split("-")[0]: item.question for item in asked.items.select_related("question")}
    given = []
    for letter, answer_set in zip(some, sets, strict=True):
        letter.answers = answer_set
        told = {
            "education": drawing.rows[letter.key].features["opleiding"],
            "first": chance.choices(("yes", "no"), (61, 39))[0],
            "needs": list(chance.choice(NEEDS)),
        }
        given += [Answer(answer_set=answer_set, question=questions[key], value=value) for key, value in told.items()
                  if value]  # fmt: skip
    Answer.objects.bulk_create(given, batch_size=1000)
    people = Person.objects.in_bulk([one.person_id for one in some])
    for one in some:
        _reachable(people[one.person_id or 0], one, chance)
    Person.objects.bulk_update(people.values(), ["email", "phone", "show_name"], batch_size=500)


def _reachable(person: Person, letter: Invitation, chance: Random) -> None:
    if person.account_id or not person.name or person.prefers:
        return
    person.show_name = chance.random() < 0.6
    if letter.channel == Channel.WEB and chance.random() < 0.95:
        person.email = names.email_of(f"{person.name} {letter.number[:3]}")
    elif letter.channel == Channel.PHONE or chance.random() < 0.4:
        person.phone = f"0570 55 {chance.randrange(10, 100)} {chance.randrange(10, 100)}"


def throw_for(drawing: Drawing, comes: Invitation, stays: Invitation) -> list[int]:
    """The dice fell so that the one we know is on the panel, and the other is not."""
    made = Draw.objects.get(lot=drawing.lot)
    code = {number: code for number, code, _secret, _row in made.keys}
    wanted, other = code[comes.number], code[stays.number]
    lines = [line.split(",") for line in made.lottery.splitlines()]
    number = next(place for place, line in enumerate(lines) if place > 400 and wanted in line and other not in line)
    return [int(digit) for digit in f"{number:03}"]


def confirm_everybody(drawing: Drawing) -> list[Membership]:
    """Called one by one: nearly all come; for who cannot, somebody of the same profile does."""
    bram = drawing.town.who["officer"]
    seated = list(Membership.objects.filter(body=drawing.step.body, until=None, state="drawn").order_by("pk"))
    for place, one in enumerate(seated):
        cannot = place in CANNOT
        outcome, remark = ("declined", CANNOT[place]) if cannot else ("confirmed", "")
        calls.note_call(lot=drawing.lot, membership=one, outcome=outcome, remark=remark, by=bram)
    for proposal in replacing.proposals(roll(drawing.lot) or _nobody()):
        departure = Departure.objects.get(membership=proposal.left.membership)
        seats.call_up(departure=departure, number=proposal.number, by=bram)
    for one in Membership.objects.filter(body=drawing.step.body, until=None, state="drawn"):
        calls.note_call(lot=drawing.lot, membership=one, outcome="confirmed", by=bram)
    rows = Membership.objects.filter(body=drawing.step.body, until=None, state="member").select_related("person")
    return list(rows.order_by("pk"))


#: of who was drawn, in order of the call list: why they cannot come after all
CANNOT = {17: "nieuwe baan in het buitenland", 63: "zorgt voor haar moeder", 118: "werkt toch op zaterdag"}


def _nobody() -> NoReturn:
    raise RuntimeError("there is no panel")


def saturday(town: Lindenveld, meeting: Meeting, number: int) -> None:
    """Who was there; and who left afterwards: early on somebody comes in their place, later the seat stays empty."""
    lot, bram, chance = Lot.objects.get(step__body=town.panel), town.who["officer"], Random(number)
    rows = list(Membership.objects.filter(body=town.panel, until=None, state="member").order_by("pk"))
    people = [one.person_id for one in rows]
    there = [person for person in people if chance.random() < 0.97 - 0.01 * number]
    excused = [person for person in people if person not in there and chance.random() < 0.7]
    calls.note_session(lot=lot, meeting=meeting, there=there, excused=excused, everybody=people, by=bram)
    for row in (rows[place] for place in LEAVES.get(number, ()) if rows[place].person != town.who["member"]):
        seats.leave(membership=row, reason="", by=bram)
    for proposal in replacing.proposals(roll(lot) or _nobody()):
        departure = Departure.objects.get(membership=proposal.left.membership)
        if proposal.number:
            came = seats.call_up(departure=departure, number=proposal.number, by=bram).replaced_by
            calls.note_call(lot=lot, membership=came, outcome="confirmed", by=bram)  # type: ignore[arg-type]


#: after which Saturday -> who leaves, in order of the list
LEAVES = {0: (40, 111), 1: (77,), 3: (5, 90, 131)}


# --- the two stories ----------------------------------------------------------------------------------------------


def of_the_climate_panel(town: Lindenveld, process: Process) -> Story:
    """Eight weeks. From then on the members of the panel are those who were drawn."""
    bram = town.who["officer"]
    yield -393, 10
    drawing = put_up(town, process, "climate", -384, -345, -318, body=town.panel)
    yield -392, 10
    freeze.freeze(lot=drawing.lot, by=bram)
    drawing.lot.refresh_from_db()
    yield -386, 14
    invite(drawing)
    marijke = stand_in(drawing, town.who["member"], district="Zuid", geslacht="vrouw")
    aisha = stand_in(drawing, town.who["resident"], district="West", geslacht="vrouw")
    yield from _answered(drawing, answers(drawing, drawing.facts["yes"], [marijke, aisha]), (-377, -370, -362, -353))
    yield -336, 10
    draw.make(lot=drawing.lot, by=bram)
    _do(_waiting(drawing, Kind.LOTTERY))
    yield -325, 12
    draw.publish(lot=drawing.lot, by=bram)
    yield -318, 19.6
    digits, throwers = throw_for(drawing, marijke, aisha), ["Emre Yıldız", "Joke Hamersma", "Yvonne ter Horst"]
    draw.throw(lot=drawing.lot, digits=digits, throwers=throwers, seen=0, by=bram)
    _do(_waiting(drawing, Kind.SUBSTITUTES))
    draw.sign(lot=drawing.lot, witnesses="mr. T. Oosterhof, notaris", throwers=throwers, by=bram)
    yield -310, 11
    town.members = _marijke_first(town, confirm_everybody(drawing))
    yield -300, 9
    actions.conclude(step=drawing.step, by=bram)


def of_the_mirror_council(town: Lindenveld) -> Story:
    """The letters are out; Emre has not answered his yet."""
    facts, bram = read("lots")["mirror"], town.who["officer"]
    yield -33, 10
    process = begin(town, facts)
    yield -29, 9
    actions.publish(process=process, by=bram)
    yield -26, 21
    promise(town, process, facts["promise"], town.council)
    yield -25, 10
    body = make_body(name="de spiegelraad", kind="panel", place=town.place, seats={"citizen": 24}, by=bram)
    drawing = put_up(town, process, "mirror", facts["opened"], facts["closes"], facts["closes"] + 7, body=body)
    yield -23, 10
    freeze.freeze(lot=drawing.lot, by=bram)
    drawing.lot.refresh_from_db()
    yield -20, 14
    invite(drawing)
    stand_in(drawing, town.who["letter"], district="Centrum", geslacht="man")
    for row in facts["outreach"]:
        Outreach.objects.create(lot=drawing.lot, begins=town.day(facts["opened"]), **row)
    rows = answers(drawing, None, [])
    spoken_for = Invitation.objects.get(lot=drawing.lot, person=town.who["letter"]).pk
    yield from _answered(drawing, [row for row in rows if row[0].pk != spoken_for], (-11, -8, -6, -3, -1, None))


def _answered(drawing: Drawing, rows: Sequence[tuple[Invitation, Any]], days: Sequence[int | None]) -> Story:
    """A part of the answers on each of these days; on a day that is none, they are still to come."""
    part = -(-len(rows) // len(days))
    for place, day in enumerate(days):
        if day is not None:
            yield day, 17
            answer(drawing, rows[place * part : (place + 1) * part])


def _waiting(drawing: Drawing, kind: str) -> Work:
    return Work.objects.filter(step=drawing.lot.pk, kind=kind).latest("made_at")


def _marijke_first(town: Lindenveld, members: Iterable[Membership]) -> list[Person]:
    known = town.who["member"]
    return [known, *(one.person for one in members if one.person_id != known.pk)]
