"""Knowing what is known, and forgetting: who it was goes, the totals stand."""

import json

import pytest
from django.urls import reverse

from samenraad.ledger.models import Entry
from samenraad.ledger.rules import verify
from samenraad.people.models import Account, Person
from samenraad.processes import actions, queries
from samenraad.processes.models import Contribution, Proposal, Source
from samenraad.processes.shelf import shelf
from samenraad.refusals import Refusal


def test_forgetting_empties_the_person_and_leaves_every_total(idea, aisha, dirk):
    actions.support(proposal=idea, person=dirk)
    before = (Contribution.objects.count(), Proposal.objects.count(), Source.objects.count())
    actions.forget(person=aisha)
    actions.forget(person=dirk)
    assert (Contribution.objects.count(), Proposal.objects.count(), Source.objects.count()) == before
    idea.refresh_from_db()
    assert (idea.supporters, idea.title) == (1, "Bomen op het Marktplein")
    person = Person.objects.get(pk=aisha.pk)
    assert (person.name, person.email, person.account) == ("", "", None)
    assert not Account.objects.filter(email="aisha@example.org").exists()


def test_the_ledger_tells_that_it_happened_and_not_to_whom(idea, aisha):
    actions.forget(person=aisha)
    entry = Entry.objects.get(act="person.forgotten")
    assert (entry.subject, entry.thread, entry.facts) == ("", "", {})
    assert verify(Entry.objects.order_by("seq")).whole


def test_nobody_is_forgotten_twice(aisha):
    actions.forget(person=aisha)
    with pytest.raises(Refusal, match="forgotten"):
        actions.forget(person=aisha)


def test_when_one_room_cannot_forget_nothing_is_half_forgotten(aisha, monkeypatch):
    def trouble(person):
        raise RuntimeError("disk")

    monkeypatch.setattr(next(card for card in shelf() if card.name == "processes"), "forget", trouble)
    with pytest.raises(RuntimeError):
        actions.forget(person=aisha)
    assert Person.objects.get(pk=aisha.pk).name == "Aisha El Amrani"


def test_the_page_asks_for_a_deliberate_tick_and_signs_out(as_, idea, aisha):
    browser = as_(aisha)
    page = reverse("processes:forget_me")
    assert "1 " in browser.get(page).content.decode()
    assert browser.post(page, {}).status_code == 200
    assert Person.objects.get(pk=aisha.pk).name
    assert browser.post(page, {"sure": "on"}).status_code == 302
    assert not Person.objects.get(pk=aisha.pk).name
    assert browser.get(reverse("processes:my_data")).status_code == 302  # nobody is signed in any more


def test_somebody_with_only_a_letter_code_can_be_forgotten_too(as_, emre):
    as_(emre).post(reverse("processes:forget_me"), {"sure": "on"})
    assert Person.objects.get(pk=emre.pk).forgotten_at


def test_an_officer_forgets_exactly_the_person_who_asks(as_, bram, emre, aisha):
    browser = as_(bram)
    find = reverse("processes:forget_find")
    assert "Touwbaan" not in browser.get(find, {"who": "Emre"}).content.decode()  # not by a part of a name
    assert "Touwbaan" in browser.get(find, {"who": "emre yıldız"}).content.decode()
    browser.post(reverse("processes:forget", args=[emre.pk]), {"sure": "on"})
    assert Person.objects.get(pk=emre.pk).forgotten_at
    assert browser.get(reverse("processes:forget", args=[emre.pk])).status_code == 404
    assert as_(aisha).get(find).status_code == 404


def test_everything_known_is_shown_and_can_be_downloaded(as_, idea, aisha):
    browser = as_(aisha)
    html = browser.get(reverse("processes:my_data")).content.decode()
    assert "Bomen op het Marktplein" in html
    assert "aisha@example.org" in html
    response = browser.get(reverse("processes:my_data_file"))
    assert "Bomen op het Marktplein" in response.content.decode()
    assert json.loads(response.content)


def test_the_tables_of_a_process_name_nobody(idea, process, aisha):
    tables = queries.tables(process)
    assert [table.name for table in tables] == ["steps", "contributions", "proposals", "meetings"]
    for table in tables:
        rows = [list(map(str, row)) for row in table.rows]
        assert all(len(row) == len(table.header) for row in rows)
        assert not any("Aisha" in cell for row in rows for cell in row)


def test_a_hidden_text_stays_out_of_the_tables(idea, process):
    Proposal.objects.update(status="hidden", status_reason="scheldwoorden")
    rows = list(next(table for table in queries.tables(process) if table.name == "proposals").rows)
    assert "Bomen op het Marktplein" not in rows[0]
