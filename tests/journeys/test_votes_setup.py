"""A vote is set up: from its kind to rules that are fixed, and what a resident then reads."""

from __future__ import annotations

from typing import Any

import pytest

from samenraad.ballots.models import Vote
from samenraad.ballots.testing import on_the_roll
from samenraad.instruments.preferendum.models import Option
from samenraad.processes import actions
from samenraad.processes.models import Proposal
from tests.journeys.steps import moment, only, write
from tests.journeys.walk import Walk

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ideas(step: Any, aisha: Any, dirk: Any) -> list[Proposal]:
    """Three ideas, of which two have a supporter."""
    part = actions.take_part(step=step, person=aisha)
    texts = {"Bomen op het Marktplein": "Dan is er schaduw.", "Bankjes": "Met rugleuning.", "Een fontein": "Koel."}
    made = [
        actions.propose(step=step, contribution=part, title=title, text=text, by=aisha) for title, text in texts.items()
    ]
    for proposal in made[:2]:
        actions.support(proposal=proposal, person=dirk)
    return made


def add_the_step(walk: Walk, slug: str) -> Vote:
    """A step with dates, and what kind of vote it is."""
    walk.visit(f"/desk/process/{slug}/steps/new/preferendum/").see("Een nieuwe stap")
    write(walk, "Hoe noemen inwoners het?", "Stem over het plein")
    walk.fill("Vanaf wanneer", moment(-1)).fill("Tot wanneer?", moment(14)).click("Voeg deze stap toe")
    walk.visit(f"/preferendum/{actions_step().pk}/desk/").see("Wat voor stemming?")
    walk.click("Kies: Preferendum: beoordeel voorstellen").see("De weg van deze stemming", "Wat nog ontbreekt")
    walk.read("Er zijn 0 opties, en er zijn er minstens 3 nodig.", "Schrijf op wat de raad toezegt")
    return only(Vote)  # type: ignore[no-any-return]


def actions_step() -> Any:
    from samenraad.processes.models import Step

    return only(Step, kind="preferendum")


def write_options(walk: Walk) -> None:
    walk.click("Ga verder: Opties").see("De opties", "Op het stembiljet", "Uit een andere stap")
    walk.click("Schrijf een optie").click("Bewaar").read("Er klopt nog één ding niet")
    for title in ("Het plein autovrij", "Een speelplek", "De markt op zondag"):
        walk.fill("Titel", title).fill("Wat het inhoudt", f"Alles over {title.lower()}.")
        write(walk, "Wat pleit ervoor?", "Het is stiller.\nKinderen kunnen er spelen.")
        write(walk, "Wat pleit ertegen?", "Je moet verder lopen.")
        walk.click("Bewaar").read("De optie staat op het stembiljet.")
        walk.click("Schrijf een optie")
    walk.click("Terug naar de opties")


def carry_ideas(walk: Walk) -> None:
    """What has a supporter comes along, word for word."""
    walk.fill("Met steun van minstens zoveel mensen", "1").click("Bekijk ze: Ideeën ophalen")
    walk.see("Van “Ideeën ophalen” naar het stembiljet").miss("Een fontein")
    walk.click("Zet ze op het stembiljet").read("2 teksten zijn woord voor woord overgenomen.", "ongewijzigd")


def make_rules(walk: Walk) -> None:
    walk.click("Terug naar het bureau").click("Ga verder: Regels").see("De regels", "Wanneer is het duidelijk?")
    walk.fill("Opkomst die verwacht wordt", "30")
    write(walk, "Wat de raad toezegt met de uitslag te doen", "De raad volgt de uitslag als 30 procent stemt.")
    walk.click("Bewaar").read("De regels zijn bewaard.", "Alleen de lijst van wie mag stemmen.")
    walk.click("De woorden van de schaal").see("De woorden van de schaal").click("Gebruik zes woorden").click("Bewaar")
    walk.click("Waaraan zien we dat een doel is bereikt?").choose("Waaraan zien we het?", "genoeg mensen stemmen")
    walk.click("Bewaar").read("Bewaard. Het staat in de regels.")


def fix(walk: Walk, vote: Vote) -> None:
    on_the_roll(vote, {"Oud-Linden": 60, "De Kamp": 55})
    walk.visit(f"/preferendum/{vote.step_id}/desk/").click("Bekijk het stembiljet").see("Het stembiljet, zoals kiezers")
    walk.read("af te wijzen").click("Terug naar het bureau")
    walk.click("Kijk het na en leg het vast").see("Leg regels en lijst vast").read("De raad volgt de uitslag")
    walk.click("Leg regels en lijst vast").see("De regels van de stemming")


def test_from_a_kind_to_rules_that_are_fixed(walk: Walk, bram: Any, process: Any, ideas: Any, open_walk: Any) -> None:
    walk.become(bram)
    vote = add_the_step(walk, process.slug)
    write_options(walk)
    carry_ideas(walk)
    make_rules(walk)
    page = f"/preferendum/{vote.step_id}/"
    stranger: Walk = open_walk(width=360)
    stranger.visit(page).read("Dit wordt voorbereid, en kan nog veranderen.").miss("Stem met je code")
    fix(walk, vote)

    carried = Option.objects.get(proposal__carried_from=ideas[0])
    assert carried.proposal.sha256 == ideas[0].sha256
    stranger.visit(page).see("Nu: stemmen", "Waarover je stemt", "De regels", "Zonder de website")
    stranger.read("Het plein autovrij", "Kinderen kunnen er spelen.", "Bomen op het Marktplein", "ongewijzigd")
    stranger.read("115 mensen in Lindenveld", "30 %", "uitstekend", "ziet niemand hoe het gaat")
    stranger.click("uit “Ideeën ophalen”, nummer 1").see("Bomen op het Marktplein")
    stranger.visit(page).click("Lees de regels").see("De regels van de stemming").click("Stem over het plein")
    stranger.click("Alle opties op papier").see("Hoe maken we het centrum groener?")
    walk.visit(f"/preferendum/{vote.step_id}/desk/options/").see("De opties liggen vast").miss("Schrijf een optie")


def test_without_javascript_it_goes_as_well(plain_walk: Walk, bram: Any, process: Any, ideas: Any) -> None:
    walk = plain_walk.become(bram)
    vote = add_the_step(walk, process.slug)
    write_options(walk)
    carry_ideas(walk)
    walk.click("Van het stembiljet af: 3. De markt op zondag").click("Van het stembiljet af")
    walk.read("Dit is nog niet ingevuld.").fill("Waarom gaat het eruit?", "De marktlieden willen het niet.")
    walk.click("Van het stembiljet af").read("De optie is van het stembiljet af.", "eruit gehaald")
    make_rules(walk)
    fix(walk, vote)
    walk.become(None).visit(f"/preferendum/{vote.step_id}/").read("Stem met je code")
    walk.click("Wat van het stembiljet af ging, en waarom").read("De marktlieden willen het niet.")
