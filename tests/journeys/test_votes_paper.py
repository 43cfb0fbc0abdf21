"""J13, the vote: Emre has no e-mail address, no account and no computer. He calls; his ballot goes the way of paper,
and counts like every other one."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from samenraad.ballots.box.models import Ticket, Waiting
from samenraad.ballots.models import Vote
from samenraad.ballots.rules.codes import grouped
from samenraad.ballots.rules.sheets import new_number
from samenraad.ballots.testing import end, open_vote, vote_with
from samenraad.people.models import Person, Role
from samenraad.processes.actions.work import do
from samenraad.processes.models import Work
from samenraad.testing import somebody
from tests.journeys.walk import Walk

pytestmark = pytest.mark.django_db(transaction=True)
#: a folder for pictures of every page, when somebody wants to look
PICTURES = os.environ.get("PICTURES", "")


@pytest.fixture
def opened(process: Any, bram: Person) -> SimpleNamespace:
    return open_vote(process, bram, areas={"Oud-Linden": 60, "De Kamp": 55})


@pytest.fixture
def clerks(process: Any) -> list[Person]:
    made = [somebody(f"{name} Bakker") for name in ("Guus", "Hanna", "Ilse")]
    for person in made:
        Role.objects.create(person=person, word="secretary", scope=process.thread)
    return made


def url(name: str, vote: Vote, *more: str) -> str:
    return reverse(f"ballots:{name}", args=[vote.key, *more])


def picture(walk: Walk, name: str) -> None:
    if PICTURES:
        size = walk.page.viewport_size
        walk.page.screenshot(path=Path(PICTURES) / f"{name}-{size['width'] if size else ''}.png", full_page=True)


def type_stub(walk: Walk, vote: Vote, code: str, how: str = "op papier") -> None:
    walk.visit(url("stubs", vote)).choose("Hoe het biljet binnenkwam", how)
    walk.fill("Code op de strook", code)
    walk.field("Code op de strook").focus()
    walk.enter()


def type_sheet(walk: Walk, vote: Vote, number: str, first: str = "4") -> None:
    walk.visit(url("sheets", vote)).fill("Nummer van het biljet", grouped(number))
    walk.choose("Buurt die op het biljet staat", "De Kamp")
    for place, key in enumerate([first, "0", "", "2", "1"], 1):
        walk.page.locator(f"#b-{place}").fill(key)
    walk.page.locator("#b-priorities").fill("1 5")
    walk.page.locator("#b-priorities").focus()
    walk.enter()


def by_phone(walk: Walk, opened: SimpleNamespace, clerks: list[Person]) -> None:
    vote, number = opened.vote, new_number(opened.vote.key)
    walk.become(clerks[0]).visit(url("paper", vote)).see("Stembiljetten printen")
    picture(walk, "paper")
    type_stub(walk, vote, opened.codes[0], "met hulp aan de telefoon")
    assert walk.page.locator(".big").inner_text() == "Ja"
    picture(walk, "stub-yes")
    walk.fill("Code op de strook", opened.codes[0]).field("Code op de strook").focus()
    assert walk.enter().page.locator(".big").inner_text() == "Nee"
    picture(walk, "stub-no")
    type_sheet(walk, vote, number)
    walk.see("Eén keer getypt")
    picture(walk, "sheet-once")
    type_sheet(walk.become(clerks[1]), vote, number)
    walk.see("In de stembus")
    picture(walk, "sheet-in")
    assert Waiting.objects.get().tracker == number
    assert Ticket.objects.get().channel == "phone"


def test_emre_votes_by_phone_and_two_clerks_type_his_sheet(walk: Walk, opened: Any, clerks: Any, emre: Person) -> None:
    assert not emre.email
    by_phone(walk, opened, clerks)


def test_it_all_works_without_javascript(plain_walk: Walk, opened: Any, clerks: Any, emre: Person) -> None:
    by_phone(plain_walk, opened, clerks)


def test_a_third_decides_and_the_books_are_public_after_the_seal(
    walk: Walk, opened: Any, clerks: Any, bram: Person
) -> None:
    vote, number = opened.vote, new_number(opened.vote.key)
    for code in opened.codes[1:5]:
        vote_with(vote, code)
    type_stub(walk.become(clerks[0]), vote, opened.codes[0])
    type_sheet(walk, vote, number)
    type_sheet(walk.become(clerks[1]), vote, number, first="3")
    walk.see("Jullie lazen het anders")
    walk.become(clerks[2]).visit(url("sheets", vote)).click("Bekijk het").see("Twee mensen lazen het anders")
    picture(walk, "third")
    walk.tick("wat de eerste typte").click("Dit staat op het biljet")
    assert Waiting.objects.filter(tracker=number).exists()
    walk.become(None).visit(url("books", vote)).see("De boeken zijn nog dicht")
    end(vote)
    walk.become(bram).visit(url("books_desk", vote))
    picture(walk, "books-desk")
    walk.click("Verzegel de stembus").see("Wat er gaat gebeuren")
    picture(walk, "seal")
    walk.click("Verzegel de stembus nu")
    do(Work.objects.get())
    walk.visit(url("books_desk", vote)).see("De stembus is verzegeld")
    walk.become(None).visit(url("books", vote)).see("De boeken kloppen")
    picture(walk, "books")
