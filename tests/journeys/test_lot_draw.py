"""The public draw, side by side: the officer throws in the council room, residents follow at home."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from samenraad.instruments.lot.models import Draw
from samenraad.instruments.lot.tests.conftest import invited, lot, step  # noqa: F401
from samenraad.instruments.lot.tests.drawing import ready
from samenraad.processes.actions import work as working
from samenraad.processes.models import Work
from tests.journeys.steps import only
from tests.journeys.walk import Walk

pytestmark = pytest.mark.django_db(transaction=True)


def opened_letter(walk: Walk, person: Any) -> Walk:
    """In a session of their own: the officer stays signed in beside it."""
    browser = Client()
    session = browser.session
    session["person"] = person.pk
    session.save()
    walk.page.context.add_cookies([{"name": "sessionid", "value": session.session_key, "url": walk.base}])
    return walk


def the_worker_makes_it() -> None:
    working.do(only(Work, kind="lot.lottery"))


def test_the_officer_throws_and_residents_see_it(open_walk: Any, lot: Any, invited: Any, bram: Any) -> None:  # noqa: F811
    ready(lot)
    people = invited(40, reply="yes")
    page = f"/lot/{lot.pk}/draw/"
    officer: Walk = open_walk(width=1280).become(bram)
    officer.visit(f"/lot/{lot.pk}/desk/draw/").see("De loting voorbereiden", "Passen de grenzen?")
    officer.click("Sluit de lijst en maak de panels").read("Je kunt deze pagina verlaten")
    the_worker_makes_it()
    officer.visit(f"/lot/{lot.pk}/desk/draw/").see("De panels zijn klaar")
    officer.click("Maak de panels openbaar").see("De panels openbaar maken?").click("Maak de panels openbaar")
    officer.see("40 mensen zeiden ja. 12 mogen meedoen. Drie dobbelstenen beslissen.")

    # at home: on a phone without JavaScript, with the lot number; and with JavaScript, with the letter
    phone: Walk = open_walk(width=360, javascript=False)
    phone.visit(f"{page}?still").read("nog niet gegooid")
    phone.fill("Je lotnummer", "ZZZ-ZZZ").click("Bekijk mijn panels").read("We vinden dit nummer niet")
    phone.fill("Je lotnummer", str(people[0])).click("Bekijk mijn panels").read("van de 1.000")
    home = opened_letter(open_walk(width=360), people[1].person)
    home.visit(page).read("Je lotnummer", "Deze pagina volgt vanzelf")

    # in the room
    for place, digit in enumerate("407", 1):
        officer.fill(f"Steen {place}", digit, exact=True).fill(f"Wie gooide steen {place}?", f"leerling {place}")
    officer.click("Kijk het nog één keer na").see("Is dit wat iedereen zag?").read("panel 407")
    assert only(Draw).number is None
    officer.click("Ja, dit is de loting").read("panel 407", "gegooid door leerling 2")
    draw = only(Draw)
    drawn = set(json.loads(draw.transcript)["panel"])
    whose = {row[0]: row[1] for row in draw.keys}

    # and everybody sees the same
    home.page.get_by_text("panel 407").locator("visible=true").first.wait_for(timeout=20_000)
    home.check()
    mine = "Je bent geloot" if whose[people[1].number] in drawn else "Je bent niet geloot"
    home.read(mine)
    assert "panel 407" in home.page.locator("#draw-said").inner_text()
    phone.visit(page).read("panel 407")
    phone.read("Je bent geloot" if whose[people[0].number] in drawn else "Je bent niet geloot")
    home.click("Controleer dat je erin staat").read(whose[people[1].number])

    officer.click("Laat de getuigen tekenen").fill("Wie zag het?", "Hilde Maes, deurwaarder")
    officer.tick("Zij vinden het goed").click("Bewaar").read("Hilde Maes")

    phone.click("Reken het hier na").see("Controleer het zelf").click("Reken het nu na").see("In orde: panel 407")
    home.visit(f"/lot/{lot.pk}/draw/panels/").fill("Nummer van een panel", "407").click("Laat zien").see("Panel 407")


@pytest.mark.parametrize("width", [320, 1280])
def test_what_comes_stands_there_before_anything_is_public(open_walk: Any, lot: Any, width: int) -> None:  # noqa: F811
    open_walk(width=width).visit(f"/lot/{lot.pk}/draw/").see("Wat er gebeurt, en wanneer")


def test_a_lottery_with_phrases_is_walked_too(walk: Walk, lot: Any, invited: Any, bram: Any) -> None:  # noqa: F811
    ready(lot, chance="phrase")
    invited(30, reply="yes")
    walk.become(bram).visit(f"/lot/{lot.pk}/desk/draw/").click("Sluit de lijst en maak de panels")
    the_worker_makes_it()
    walk.visit(f"/lot/{lot.pk}/desk/draw/publish/").click("Maak de panels openbaar")
    walk.fill("Zin 1", "De linde bloeit", exact=True).click("Kijk het nog één keer na").read("Zin 2")
    walk.fill("Zin 1", "De linde bloeit", exact=True).fill("Zin 2", "Morgen regent het", exact=True)
    walk.click("Kijk het nog één keer na").miss("Dit is panel").click("Ja, dit is de loting").read("De linde bloeit")
    assert only(Draw).number is not None
