"""A lot to begin with: twelve seats, three dimensions, and people who can be invited and answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from samenraad.instruments.lot.models import Dimension, Invitation, Lot, Value
from samenraad.people.models import Body, Channel, Person
from samenraad.processes import actions as processes
from samenraad.processes.models import Process, Step

#: dimension -> group -> (people in the town, at least, at most)
GROUPS = {
    "age": {"16-29": (2200, 2, 4), "30-64": (5000, 5, 7), "65+": (2800, 3, 4)},
    "district": {"north": (4000, 4, 6), "south": (6000, 6, 8)},
    "education": {"practical": (6200, 6, 8), "theoretical": (3800, 4, 6)},
}


@pytest.fixture
def step(process: Process, bram: Person) -> Step:
    """Of a process with a public promise; answers come in from yesterday until in nine days."""
    now = timezone.now()
    body = Body.objects.create(name="Klimaatpanel", kind="panel", seats={"citizen": 12})
    return processes.add_step(
        process=process, kind="lot", title="Loting Klimaatpanel", by=bram, body=body,
        opens=now - timedelta(days=1), closes=now + timedelta(days=9),
    )  # fmt: skip


@pytest.fixture
def lot(step: Step) -> Lot:
    """A plan with groups, not frozen yet."""
    lot = Lot.objects.create(step=step, seats=12, signed="Yvonne ter Horst, burgemeester", phone="0800 12 34")
    for place, (key, values) in enumerate(GROUPS.items()):
        dimension = Dimension.objects.create(lot=lot, key=key, label={"nl": key, "en": key}, position=place)
        for row, (value, (people, least, most)) in enumerate(values.items()):
            Value.objects.create(
                dimension=dimension, key=value, label={"nl": value, "en": value},
                people=people, least=least, most=most, position=row,
            )  # fmt: skip
    return lot


@pytest.fixture
def invited(lot: Lot) -> Callable[..., list[Invitation]]:
    """So many people with a letter, spread over all groups in turn. With `reply` they have answered."""

    def make(number: int, **fields: Any) -> list[Invitation]:
        start = Invitation.objects.filter(lot=lot).count()
        made = []
        for row in range(start, start + number):
            person = Person.objects.create(
                name=f"Bewoner {row}", street=f"Dorpsstraat {row}", postcode="1234 AB", city="Lindenveld"
            )
            features = {key: list(values)[row // (2 * place + 1) % len(values)]
                        for place, (key, values) in enumerate(GROUPS.items())}  # fmt: skip
            answered = {"replied_at": timezone.now(), "channel": Channel.WEB} if fields.get("reply") else {}
            made.append(
                Invitation.objects.create(
                    lot=lot, person=person, key=str(row), **{"features": features, **answered, **fields}
                )
            )
        return made

    return make


@pytest.fixture
def seated(invited: Callable[..., list[Invitation]], bram: Person) -> Callable[..., Any]:
    """`seated(lot)`: forty people said yes, a panel within the limits was drawn, four stand by. With `plan` the
    substitutes are chosen as they really are; `before` gets who was drawn, just before they are seated."""
    from samenraad.instruments.lot.actions import seats, substitutes
    from samenraad.instruments.lot.jobs import Kind
    from samenraad.instruments.lot.models import Draw
    from samenraad.instruments.lot.queries.pool import pool, quotas
    from samenraad.methods.sortition.substitution.replacement import replace
    from samenraad.processes.actions import work
    from samenraad.processes.models import Contribution, Work

    def draw(lot: Lot, people: int = 40, before: Callable[..., None] | None = None, *, plan: bool = False) -> Any:
        yes = invited(people, reply="yes")
        for place, one in enumerate(yes):
            one.number = f"K{place:05}"  # so that the same people are drawn each time
            one.contribution = Contribution.objects.create(step=lot.step, person=one.person)
        Invitation.objects.bulk_update(yes, ["number", "contribution"])
        everybody = pool(lot)
        frozen = [[one.id, dict(one.features), one.household or ""] for one in everybody.candidates]
        Draw.objects.create(
            lot=lot, salt="5a" * 16, pool=frozen, rules='{"panels": 1000}', lottery="x", seal="5e" * 32, seed="4 2 6",
            chances="code,panels,stamp\n" + "".join(f"c{one.id},67,s\n" for one in everybody.candidates),
            keys=[[one.id, f"c{one.id}", "secret", "row"] for one in everybody.candidates], number=213,
            transcript="x", made_at=timezone.now(), published_at=timezone.now(), drawn_at=timezone.now(),
        )  # fmt: skip
        panel = replace(everybody, quotas(lot), [], [], list(everybody.by_id), seed="1", seats=lot.seats or 12).panel
        drawn = [one for one in yes if one.number in panel]
        if before:
            before(drawn)
            drawn = list(Invitation.objects.filter(pk__in=[one.pk for one in drawn]).select_related("person"))
        made = seats.seat_panel(lot=lot, drawn=drawn, by=bram)
        if plan:
            work.do(Work.objects.get(step=lot.pk, kind=Kind.SUBSTITUTES))
        else:
            Work.objects.filter(step=lot.pk).update(state=Work.State.DONE)
            rest = [one.id for one in everybody.candidates if one.id not in panel]
            substitutes.appoint(lot=lot, order=rest[:4], by=bram)
        return made

    return draw


@pytest.fixture
def asked(lot: Lot, bram: Person) -> Lot:
    """Two pages of questions to who says yes: one must be answered, one may."""
    from samenraad.questionnaires import actions as questionnaires
    from samenraad.questionnaires.models import Question

    made = questionnaires.start(process=lot.step.process, title="Over jou", by=bram)
    words = [("practical", "Praktisch", "Practical"), ("theoretical", "Theoretisch", "Theoretical")]
    options = [{"key": key, "text": {"nl": nl, "en": en}} for key, nl, en in words]
    schooling = Question(
        key="schooling", kind="one", text={"nl": "Welke opleiding heb je?", "en": "What is your education?"}
    )
    need = Question(key="need", kind="text", text={"nl": "Wat heb je nodig om te komen?", "en": "What do you need?"})
    questionnaires.save_question(question=schooling, options=options)
    questionnaires.save_question(question=need)
    questionnaires.add(questionnaire=made, question=schooling, required=True)
    heading = {"nl": "Wat je nodig hebt", "en": "What you need"}
    questionnaires.add(questionnaire=made, question=need, heading=heading)
    lot.questionnaire = questionnaires.publish(questionnaire=made, by=bram)
    lot.save()
    return lot
