"""The promises of the shelf: what every room and every kind of instrument keeps, those of tomorrow too."""

from __future__ import annotations

import json
from datetime import timedelta
from importlib import import_module
from math import isfinite
from typing import Any

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import resolve, reverse
from django.utils import timezone, translation

from samenraad.ledger.models import Entry
from samenraad.people.models import Person
from samenraad.processes import actions
from samenraad.processes.models import Contribution, Process, Proposal, Step
from samenraad.processes.shelf import Instrument, Room, instrument_folders, shelf

KINDS = instrument_folders()
pytestmark = pytest.mark.django_db


@pytest.fixture(params=KINDS)
def card(request: pytest.FixtureRequest) -> Instrument:
    return shelf().instrument(request.param)


@pytest.fixture
def empty(card: Instrument, process: Process, bram: Person) -> Step:
    """An open step of this kind in which nobody took part yet."""
    now = timezone.now()
    return actions.add_step(
        process=process, kind=card.kind, title="Een stap", by=bram,
        opens=now - timedelta(days=1), closes=now + timedelta(days=9),
    )  # fmt: skip


@pytest.fixture
def used(empty: Step, aisha: Person, dirk: Person) -> Step:
    """The same with a text of Aisha's, which Dirk supports."""
    part = actions.take_part(step=empty, person=aisha)
    text = actions.propose(step=empty, contribution=part, title="Meer bomen", text="Voor de schaduw.", by=aisha)
    actions.support(proposal=text, person=dirk)
    return empty


def numbers(card: Instrument, step: Step) -> list[tuple[str, float]]:
    return [(str(figure.name), figure.value) for figure in card.figures(step)]


def printed(tables: Any) -> str:
    return json.dumps([[list(map(str, row)) for row in table.rows] for table in tables])


def test_the_card_says_what_it_is(card):
    assert card.kind in KINDS
    assert card.sources, "which requirement, law or paper asks for it?"
    for language in ("nl", "en"):
        with translation.override(language):
            assert str(card.name)
            assert str(card.promise).endswith(".")
    with translation.override("nl"):
        dutch = str(card.promise)
    with translation.override("en"):
        assert dutch != str(card.promise)


def test_it_says_what_it_is_fit_for(card):
    assert card.fit.rungs
    assert card.fit.policy_phases
    assert card.fit.group_size[0] <= card.fit.group_size[1]


def test_its_page_answers(card, empty, client):
    response = client.get(card.url(empty))
    assert response.status_code == 200
    assert "Een stap" in response.content.decode()
    assert resolve(card.url(empty)).namespace == card.kind


@pytest.mark.parametrize(("opens", "closes"), [(3, 9), (-9, -3), (None, None)])
def test_its_page_answers_before_and_after(card, empty, client, opens, closes):
    now = timezone.now()
    empty.opens = now + timedelta(days=opens) if opens else None
    empty.closes = now + timedelta(days=closes) if closes else None
    empty.save()
    assert client.get(card.url(empty)).status_code == 200


def test_its_desk_answers_for_the_officer_only(card, empty, as_, bram, dirk):
    assert as_(bram).get(card.desk_url(empty)).status_code == 200
    if card.desk_url(empty) != card.url(empty):
        assert as_(dirk).get(card.desk_url(empty)).status_code in (403, 404)


def test_nobody_sees_a_step_of_a_process_that_is_not_public(card, empty, client):
    Process.objects.filter(pk=empty.process_id).update(published_at=None)
    assert client.get(card.url(empty)).status_code == 404


def test_the_figures_of_an_empty_step_are_numbers(card, empty):
    for name, value in numbers(card, empty):
        assert name
        assert isinstance(value, int | float)
        assert isfinite(value), name


def test_the_export_of_an_empty_step_has_a_header(card, empty):
    tables = card.step_tables(empty)
    assert tables
    for table in tables:
        assert table.name
        assert table.header
        assert len(set(table.header)) == len(table.header)
        for row in table.rows:
            assert len(row) == len(table.header)


def test_the_rows_of_an_export_fit_its_header(card, used):
    for table in card.step_tables(used):
        for row in table.rows:
            assert len(row) == len(table.header)


def test_a_copy_is_an_empty_twin(card, used, bram):
    other = actions.create(title="Volgend jaar", question="Opnieuw?", place=used.process.place, by=bram)
    twin = card.copy(used, other)
    assert (twin.kind, twin.process, str(twin.title)) == (used.kind, other, str(used.title))
    assert twin.pk != used.pk
    assert twin.settings == used.settings
    assert twin.state == Step.State.PLANNED
    assert not Contribution.objects.filter(step=twin).exists()
    assert not Proposal.objects.filter(step=twin).exists()
    assert Proposal.objects.filter(step=used).count() == 1, "the original is untouched"
    assert numbers(card, twin) == [(name, 0) for name, _ in numbers(card, twin)]


def test_a_forgotten_person_is_gone_and_the_totals_stand(card, used, aisha, client):
    Person.objects.filter(pk=aisha.pk).update(show_name=True, phone="06 12345678")
    before = numbers(card, used)
    actions.forget(person=aisha)
    assert numbers(card, used) == before
    everywhere = client.get(card.url(used)).content.decode() + printed(card.step_tables(used))
    for trace in ("El Amrani", "aisha@", "06 12345678"):
        assert trace not in everywhere
    aisha.refresh_from_db()
    assert not json.dumps(card.known(aisha), cls=DjangoJSONEncoder).count("El Amrani")


def test_its_todo_has_dates_or_none_and_leads_to_a_page(card, used, as_, bram):
    for todo in card.step_todo(used, timezone.localdate()):
        assert str(todo.what)
        assert str(todo.action)
        assert as_(bram).get(todo.url).status_code == 200


def test_it_has_a_page_in_the_docs(card, root):
    page = root / "docs" / "instruments" / f"{card.kind}.md"
    assert page.read_text().startswith("# ")


# What every card keeps, of rooms and of instruments.

ROOMS = [card.name or type(card).__module__ for card in shelf()] if KINDS else []


@pytest.fixture(params=range(len(ROOMS)), ids=map(str, ROOMS))
def room(request: pytest.FixtureRequest) -> Room:
    return list(shelf())[request.param]


def test_a_desk_is_made_for_anybody(room, used, aisha, bram, chantal, emre):
    for person in (aisha, bram, chantal, emre):
        for todo in room.todo(person, timezone.localdate()):
            assert str(todo.what)
            assert todo.url.startswith("/")


def test_what_is_known_can_be_downloaded(room, used, aisha):
    json.dumps(room.known(aisha), cls=DjangoJSONEncoder)


def test_every_table_of_a_process_has_its_header(room, used):
    for table in room.tables(used.process):
        assert table.header
        for row in table.rows:
            assert len(row) == len(table.header)


def test_moments_are_asked_for_many_processes_in_few_queries(room, used, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        room.moments([used.process])


def test_a_second_tick_has_nothing_to_do(room, used):
    today = timezone.localdate()
    room.tick(today)
    entries = Entry.objects.count()
    assert not room.tick(today)
    assert Entry.objects.count() == entries


def test_its_long_work_can_be_done_and_leads_to_a_page(room, used):
    """Somebody does it, it has a name in Dutch and in English, and an address where one goes on."""
    for kind, job in room.jobs.items():
        assert kind.startswith(f"{getattr(room, 'kind', '') or room.name}."), "no two cards can mean the same work"
        assert shelf().job(kind) == job
        module, name = job.does.split(":")
        assert callable(getattr(import_module(module), name))
        said = set()
        for language in ("nl", "en"):
            with translation.override(language):
                said.add(str(job.name))
        assert len(said) == 2, kind
        assert reverse(job.then, args=[used.pk, 1] if job.asks else [used.pk])


def test_forgetting_twice_is_forgetting_once(room, used, aisha):
    room.forget(aisha)
    room.forget(aisha)


def test_every_act_has_its_sentence_with_the_facts_it_gets(used):
    """The story of a process is told from the ledger; an act without a sentence would be silent."""
    sentences = {act: str(text) for card in shelf() for act, text in card.story.items()}
    for entry in Entry.objects.all():
        if entry.act in sentences:
            sentences[entry.act].format(**entry.facts)
