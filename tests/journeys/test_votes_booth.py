"""J10: with the code of a letter one rates proposals, marks what matters most, looks once more, votes, and has a
receipt; the code is then worth nothing more. On a phone, without JavaScript, and with axe after every click."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from samenraad.ballots.actions.casting import unlocked
from samenraad.ballots.box.models import Waiting
from samenraad.ballots.rules.codes import grouped
from samenraad.ballots.testing import open_vote
from samenraad.people.models import Person
from samenraad.processes.models import Contribution
from tests.journeys.steps import only
from tests.journeys.walk import Walk

pytestmark = pytest.mark.django_db(transaction=True)

TITLES = [
    "Veertig bomen op het Marktplein", "De Lange Nering autoluw tussen 11 en 18 uur",
    "Bankjes om de 100 meter, met rugleuning", "Een gratis pendelbus vanaf parkeerplaats De Horst",
    "Een plek voor tieners achter de bibliotheek", "Pakketkluizen in plaats van bestelbusjes",
    "Laden en lossen alleen nog elektrisch", "Een watertrap bij de fontein",
]  # fmt: skip

ROAD = {
    "nl": {
        "name": "Nederlands", "enter": "Stem met de code in je brief", "field": "De stemcode in je brief",
        "go": "Ga verder", "limits": "Wat deze stemming niet is", "begin": "Begin", "rate": "Wat vind je van",
        "for": "Sterk voor", "none": "Ik heb hier geen mening over", "next": "Bewaar en ga verder",
        "most": "Wat telt voor jou het zwaarst?", "wrong": "Dit klopt nog niet", "too_many": "Je koos er 3",
        "check": "Klopt het zo?", "said": "sterk voor", "change": "Wijzig", "cast": "Breng je stem uit",
        "voted": "Je hebt gestemd. Dank je wel!", "reach": "Wil je horen", "informed": "Houd me op de hoogte",
        "told": "Je hoort van ons", "finish": "Afsluiten", "used": "Met deze code is al een stembiljet binnengekomen",
        "wipe": "Wis mijn antwoord",
    },
    "en": {
        "name": "English", "enter": "Vote with the code in your letter", "field": "The voting code in your letter",
        "go": "Go on", "limits": "What this vote is not", "begin": "Begin", "rate": "What do you think of",
        "for": "Strongly agree", "none": "I have no opinion on this", "next": "Save and go on",
        "most": "What matters most to you?", "wrong": "This is not right yet", "too_many": "You chose 3",
        "check": "Is this right?", "said": "strongly agree", "change": "Change", "cast": "Cast your vote",
        "voted": "You have voted. Thank you!", "reach": "Do you want to hear", "informed": "Keep me informed",
        "told": "You will hear from us", "finish": "Finish", "used": "A ballot came in on this code already",
        "wipe": "Wipe out my answer",
    },
}  # fmt: skip


@pytest.fixture
def opened(process: Any, bram: Person) -> Any:
    """An open vote on eight proposals, of which two may be marked."""
    process.question = {
        "nl": "Hoe maken we het centrum groener?", "en": "How do we make the centre greener?",
    }  # fmt: skip
    process.save()
    return open_vote(process, bram, titles=TITLES)


@pytest.mark.parametrize("javascript", [False, True], ids=["plain", "axe"])
@pytest.mark.parametrize("language", ROAD)
def test_from_the_letter_to_the_receipt(
    open_walk: Callable[..., Walk], opened: Any, language: str, javascript: bool
) -> None:
    walk, say = open_walk(width=360, javascript=javascript), ROAD[language]
    walk.visit(f"/vote/c/{opened.codes[0]}/")
    if language != "nl":
        walk.click(say["name"], exact=True)
    walk.see(say["enter"]).click(say["go"], within="main").see(say["limits"])
    walk.click(say["begin"], exact=True).see(say["rate"])
    first = walk.page.locator("fieldset").first
    first.get_by_label(say["for"]).check()
    walk.page.locator("fieldset").nth(1).get_by_label(say["none"]).check()
    walk.click(say["next"]).see(say["rate"])
    walk.page.locator("fieldset").first.get_by_label(say["for"]).check()
    walk.click(say["next"]).see(say["most"])
    for title in TITLES[:3]:
        walk.tick(title)
    walk.click(say["next"]).see(say["wrong"]).read(say["too_many"])
    walk.page.get_by_label(TITLES[2]).uncheck()
    walk.click(say["next"]).see(say["check"]).read(say["said"])
    walk.click(say["cast"]).see(say["voted"]).read(grouped(only(Waiting).tracker))
    assert {cookie["name"] for cookie in walk.page.context.cookies()} <= {"booth", "csrftoken", "django_language"}
    walk.fill(say["reach"], "06 12345678").click(say["informed"]).see(say["told"])
    assert only(Contribution).person.phone == "06 12345678"
    walk.click(say["finish"], exact=True)
    assert "booth" not in {cookie["name"] for cookie in walk.page.context.cookies()}
    walk.visit("/vote/").fill(say["field"], opened.codes[0]).click(say["go"], within="main").read(say["used"])


def test_an_answer_is_changed_and_wiped_out_without_javascript(plain_walk: Walk, opened: Any) -> None:
    walk, say = plain_walk, ROAD["nl"]
    walk.visit("/vote/").fill(say["field"], "geen code").click(say["go"], within="main").read("Dit is geen stemcode")
    walk.fill(say["field"], opened.codes[0].lower()).click(say["go"], within="main").click("Begin", exact=True)
    first = walk.page.locator("fieldset").first
    assert not first.get_by_label(say["wipe"]).is_visible()
    first.get_by_label(say["for"]).check()
    walk.click(say["next"]).click("Terug", exact=True)
    walk.page.locator("fieldset").first.get_by_label(say["wipe"]).check()
    walk.click(say["next"]).click(say["next"]).click(say["next"]).see(say["check"]).miss(say["said"])
    walk.click(say["change"]).see(say["rate"])
    walk.page.locator("fieldset:target").get_by_label(say["for"]).check()
    walk.click(say["next"]).see(say["check"]).read(say["said"])
    walk.click("Stoppen zonder te stemmen").click("Gooi weg en stop")
    assert not Waiting.objects.exists()


def test_one_votes_with_nothing_but_the_keyboard(open_walk: Callable[..., Walk], opened: Any) -> None:
    walk, say = open_walk(width=1280), ROAD["nl"]
    walk.visit("/vote/")
    walk.field(say["field"]).focus()
    walk.page.keyboard.type(opened.codes[0])
    walk.enter().see(say["limits"])
    _tab_to(walk, "Begin")
    walk.enter().see(say["rate"])
    walk.page.locator("fieldset input").first.focus()
    walk.page.keyboard.press("Space")
    walk.enter().see(say["rate"])
    _tab_to(walk, say["next"])
    walk.enter().see(say["most"])
    walk.page.locator("fieldset input").first.focus()
    walk.page.keyboard.press("Space")
    walk.enter().see(say["check"]).read("sterk tegen")
    _tab_to(walk, say["cast"])
    walk.enter().see(say["voted"])
    row = only(Waiting)
    assert '"0"' in unlocked(opened.vote.key, row.sealed)


def _tab_to(walk: Walk, name: str) -> None:
    """Tab until the link or button of this name has the focus."""
    for _press in range(40):
        walk.page.keyboard.press("Tab")
        if name in (walk.page.evaluate("document.activeElement.textContent") or ""):
            return
    raise AssertionError(f"no Tab reaches {name}")


@pytest.mark.parametrize(
    ("settings", "fill"),
    [
        ({"ballot": "choose", "rule": "plurality"}, lambda page: page.get_by_label(TITLES[1]).check()),
        ({"ballot": "approve", "rule": "approval"}, lambda page: page.get_by_label(TITLES[1]).check()),
        ({"ballot": "rank", "rule": "schulze"}, lambda page: page.get_by_label(TITLES[1]).select_option("1")),
    ],
)
def test_the_other_ballots_in_the_browser(
    walk: Walk, process: Any, bram: Person, settings: dict[str, str], fill: Callable[[Any], Any]
) -> None:
    opened = open_vote(process, bram, titles=TITLES[:4], **settings)
    walk.visit(f"/vote/c/{opened.codes[0]}/").click("Ga verder", within="main").click("Begin", exact=True)
    fill(walk.page)
    walk.click("Bewaar en ga verder").see("Klopt het zo?").read(TITLES[1])
    walk.click("Breng je stem uit").see("Je hebt gestemd")


def test_at_a_public_terminal_nothing_stays_on_the_screen(walk: Walk, opened: Any) -> None:
    walk.visit("/vote/?terminal=1").fill("De stemcode in je brief", opened.codes[0]).click("Ga verder", within="main")
    walk.visit(f"/vote/still/?next=/preferendum/{opened.step.pk}/ballot/1/").see("Ben je er nog?")
    walk.click("Ja, ik ga verder").see("Wat vind je van").visit("/vote/check/").click("Breng je stem uit")
    walk.miss("JSON").click("Afsluiten", exact=True).see("Stem met de code in je brief")
    assert walk.path == "/vote/?terminal=1"
    walk.visit("/vote/receipt/").see("Stem met de code in je brief")


@pytest.mark.parametrize("width", [320])
def test_no_page_of_the_booth_scrolls_sideways(open_walk: Callable[..., Walk], opened: Any, width: int) -> None:
    walk = open_walk(width=width, javascript=False)
    walk.visit(f"/vote/c/{opened.codes[0]}/").click("Ga verder", within="main").click("Begin", exact=True)
    walk.click("Bewaar en ga verder").click("Bewaar en ga verder").click("Bewaar en ga verder")
    walk.click("Breng je stem uit").see("Je hebt gestemd")
