"""The list of voters in the browser: from a file to a letter, and a letter that got lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from samenraad.ballots.actions.freezing import freeze
from samenraad.ballots.models import Vote
from samenraad.ballots.testing import make_vote
from samenraad.ballots.tests.rolling import HEADER, csv_of, letters_of, line, people
from samenraad.post.models import Batch
from samenraad.processes.actions import work as background
from samenraad.processes.models import Work
from tests.journeys.walk import Walk

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def vote(process: Any, bram: Any) -> Vote:
    return make_vote(process, bram)


def worked(walk: Walk) -> Walk:
    """What waits is done; the page that shows how far it is leads on."""
    for work in Work.objects.filter(state=Work.State.WAITING):
        background.do(work)
    walk.page.reload()
    return walk.check()


def at(vote: Vote, name: str, *more: Any) -> str:
    return reverse(f"ballots:{name}", args=[vote.key, *more])


def photo(walk: Walk, name: str) -> None:
    """For who looks at the pages afterwards: only when asked for."""
    import os

    if folder := os.environ.get("PHOTOS"):
        width = walk.page.viewport_size["width"] if walk.page.viewport_size else 0
        walk.page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


def test_an_officer_reads_in_a_list_and_makes_the_letters(walk: Walk, vote: Vote, bram: Any, tmp_path: Path) -> None:
    listed = tmp_path / "kiezers.csv"
    wrong = [line(3), "A9;Zonder straat;;1234 AB;Lindenveld;De Kamp;;"]
    rows = people(130, ("Oud-Linden", "De Kamp")).decode().splitlines()[1:] + wrong
    listed.write_bytes(csv_of([f"{row};x" for row in rows], HEADER + ";geboortedatum"))
    walk.become(bram).speak("nl").visit(at(vote, "roll")).see("Er staat nog niemand op de lijst")
    photo(walk, "roll-empty")
    walk.attach("De lijst van mensen die mogen stemmen", listed).click("Controleer de lijst")
    worked(walk).see("130 mensen kunnen een code krijgen", "2 regels kloppen niet")
    photo(walk, "roll-check")
    walk.tick("Maak codes zonder de regels die niet kloppen").click("Maak 130 codes")
    worked(walk).read("kiezers.csv")
    photo(walk, "roll-done")
    freeze(vote=vote, by=bram)
    walk.visit(at(vote, "roll")).click("Naar de brieven")
    walk.click("Lees de brief").fill("Telefoonnummer voor hulp", "088 765 43 21").fill(
        "Wie de brief ondertekent", "Bram"
    )
    photo(walk, "roll-letter-text")
    walk.click("Bewaar").read("Bewaard.").click("Terug naar de brieven").click("Maak 130 brieven")
    worked(walk).click("Leg de brieven op stapels")
    worked(walk).see("Stapels")
    photo(walk, "roll-letters")
    assert Batch.objects.get().messages.count() == 130


def test_codes_on_cards_and_a_refusal_when_there_are_codes(walk: Walk, vote: Vote, bram: Any) -> None:
    walk.become(bram).speak("nl").visit(at(vote, "roll")).fill("Hoeveel codes?", "Binnenring veel")
    walk.click("Maak codes en download ze").read("Deze regel is niet duidelijk")
    walk.fill("Hoeveel codes?", "Binnenring 120\nBuitenring 175")
    with walk.page.expect_download() as download:
        walk.control("Maak codes en download ze").click()
    assert len(Path(download.value.path()).read_text().splitlines()) == 296
    walk.visit(at(vote, "roll")).read("295").fill("Hoeveel codes?", "10").click("Maak codes en download ze")
    photo(walk, "roll-refused")
    walk.read("Er zijn al codes")


def test_a_lost_letter_is_replaced(walk: Walk, vote: Vote, bram: Any) -> None:
    from samenraad.ballots.tests.rolling import frozen_with_letters

    vote = frozen_with_letters(vote, bram, people(60))
    walk.become(bram).speak("nl").visit(at(vote, "letters")).click("Een brief is kwijt")
    photo(walk, "roll-lost")
    walk.fill("Het nummer van deze persoon", "Z1").click("Zoek", within="main").see("Niemand gevonden")
    photo(walk, "roll-lost-unknown")
    walk.fill("Het nummer van deze persoon", "A0000003").click("Zoek", within="main")
    walk.see("Deze code is niet gebruikt")
    photo(walk, "roll-lost-found")
    walk.click("Blokkeer de oude code")
    photo(walk, "roll-lost-errors")
    walk.page.get_by_label("ik lees hem nu voor").check()
    walk.click("Blokkeer de oude code").see("De nieuwe code")
    photo(walk, "roll-lost-new")
    code = letters_of(vote)[0].extra["code"]
    walk.visit(at(vote, "lost_code")).fill("De code op de brief", code).click("Blokkeer deze code")
    walk.see("De nieuwe code")


def test_the_desk_works_without_javascript(plain_walk: Walk, vote: Vote, bram: Any, tmp_path: Path) -> None:
    listed = tmp_path / "kiezers.csv"
    listed.write_bytes(people(5))
    walk = plain_walk.become(bram).speak("nl").visit(at(vote, "roll"))
    walk.attach("De lijst van mensen die mogen stemmen", listed).click("Controleer de lijst")
    worked(walk).see("5 mensen kunnen een code krijgen").click("Maak 5 codes")
    worked(walk).see("Wie mag stemmen")
