"""J1: the participation officer, from an empty page to a process in which people can take part."""

from __future__ import annotations

from typing import Any

import pytest

from samenraad.processes.models import Process, Step
from tests.journeys.steps import moment, only, write
from tests.journeys.walk import Walk

pytestmark = pytest.mark.django_db(transaction=True)


def begin(walk: Walk) -> None:
    """Title and question: the first two of the nine pages."""
    walk.visit("/desk/").click("Trajecten").click("Begin een nieuw traject").see("Begin een nieuw traject")
    write(walk, "Korte naam", "Het nieuwe plein").click("Bewaar en ga verder").see("Vraag")
    write(walk, "De vraag", "Hoe wordt het plein een plek waar je wilt blijven?")
    walk.click("Bewaar en ga verder").see("Doelen")


def plan(walk: Walk) -> None:
    """Goal, room, level of influence, who."""
    write(walk, "Wat we willen bereiken", "In de zomer is er schaduw")
    walk.choose("Beleidsfase", "voorbereiding").click("Voeg dit doel toe").click("Ga verder").see("Open en vast")
    walk.page.get_by_label("open", exact=True).check()
    write(walk, "Waar het over gaat", "Waar de bomen komen").click("Voeg deze regel toe")
    walk.page.get_by_label("ligt vast", exact=True).check()
    write(walk, "Waar het over gaat", "De markt blijft op zaterdag").click("Voeg deze regel toe")
    walk.read("Bij wat vastligt")  # a fixed thing names its source: nothing typed is lost, and the page says what to do
    walk.fill("Bron", "Raadsbesluit 2024-11").click("Voeg deze regel toe").click("Ga verder").see("Invloed")
    walk.click("Bewaar en ga verder").see("Wie doet wat")
    walk.fill("Wie vroeg erom?", "412 inwoners, met een petitie").fill("Wie betaalt het?", "de gemeente")
    walk.fill("Wie organiseert het?", "de gemeente").click("Bewaar en ga verder").see("Toezegging")


def promise(walk: Walk) -> None:
    write(walk, "De toezegging", "De raad antwoordt op elk idee apart, met redenen.")
    walk.choose("Wie zegt het toe en antwoordt?", "de gemeenteraad van Lindenveld")
    walk.fill("Binnen hoeveel dagen", "70")
    write(walk, "Waaraan moet een voorstel voldoen", "past binnen het budget\nmag volgens de wet")
    walk.click("Bewaar en kijk het na")


def test_an_instrument_comes_after_the_goal(walk: Walk, bram: Any, town: Any) -> None:
    """R169: whoever starts with the instrument is led to the first question that is still open."""
    walk.become(bram)
    begin(walk)
    walk.visit(f"/desk/process/{only(Process).slug}/steps/new/ideas/").see("Doelen")
    walk.read("Eerst het doel en de ruimte, dan pas de werkvorm.")


def test_from_an_empty_page_to_a_process_in_which_people_take_part(
    walk: Walk, bram: Any, town: Any, council: Any, open_walk: Any
) -> None:
    walk.become(bram)
    begin(walk)
    plan(walk)
    slug = only(Process).slug
    stranger = open_walk(width=360).visit(f"/process/{slug}/", status=404)
    walk.visit(f"/process/{slug}/").read("Dit is nog niet openbaar.")  # the preview says who can see it

    walk.visit(f"/desk/process/{slug}/publish/").click("Maak het openbaar").see("Zes poorten")
    stranger.visit(f"/process/{slug}/").see("Hoe wordt het plein een plek waar je wilt blijven?", "Dit ligt vast")

    walk.visit(f"/desk/process/{slug}/promise/")
    promise(walk)
    walk.see("Versie 1 van de toezegging openbaar maken?").click("Maak de toezegging openbaar").see("Zes poorten")

    walk.click("Voeg een stap toe").see("Kies hoe mensen meedoen").click("Kies: Ideeën")
    write(walk, "Hoe noemen inwoners het?", "Ideeën voor het plein")
    walk.fill("Vanaf wanneer", moment(-1)).fill("Tot wanneer?", moment(14)).click("Voeg deze stap toe")
    assert only(Step).is_open

    stranger.visit(f"/process/{slug}/").read("nog 14 dagen", "past binnen het budget")
    stranger.visit("/").see("Hoe wordt het plein een plek waar je wilt blijven?")
