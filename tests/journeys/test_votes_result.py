"""From the last ballot to the council: the seed, the count, the result, and handing it over."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from samenraad.ballots.actions.counting import enter_seed
from samenraad.instruments.preferendum.actions.counting import begin
from samenraad.instruments.preferendum.rules.generator import preferendum as invented
from samenraad.instruments.preferendum.tests.voted import HOW, SEED, counted, sealed
from samenraad.processes.actions.work import do
from tests.journeys.walk import Walk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.slow]
TITLES = (
    "Autovrije Dorpsstraat op zaterdag", "Honderd bomen langs de ring", "Nachtbus", "Meer bankjes", "Speelplek",
    "Langere openingstijden van de bibliotheek", "Markt op zondag", "Fietsenstalling",
)  # fmt: skip
RANKED = [{"ranking": ["1", "2", "3"]}] * 14 + [{"ranking": ["2", "3", "1"]}] * 13 + [{"ranking": ["3", "2"]}] * 12


def rated(process: Any, bram: Any) -> Any:
    ballots = [one.choices for one in invented(240, 8, 4, 2, "journey")]
    return counted(process, bram, ballots, {"Noord": 260, "Zuid": 220}, titles=TITLES, expected_percent=30)


def photo(walk: Walk, name: str) -> None:
    """Only when asked: PHOTOS=folder."""
    if folder := os.environ.get("PHOTOS"):
        width = walk.page.viewport_size["width"]
        walk.page.screenshot(path=str(Path(folder) / f"{name}-{width}.png"), full_page=True)


def test_everybody_reads_the_result_of_a_preferendum(walk: Walk, process: Any, bram: Any) -> None:
    vote = rated(process, bram)
    walk.visit(reverse("preferendum:result", args=[vote.step_id])).see("Wie er stemden").read(
        "Gedeelde prioriteit", "Mensen zijn verdeeld"
    )
    photo(walk, "rate")
    walk.speak("en").visit(reverse("preferendum:result", args=[vote.step_id])).see("Who voted").read(
        "People are divided"
    )


def test_everybody_reads_the_result_of_plans_in_order(walk: Walk, process: Any, bram: Any) -> None:
    vote = counted(process, bram, RANKED, titles=TITLES[:3], ballot="rank", rule="schulze")
    walk.visit(reverse("preferendum:result", args=[vote.step_id])).see("Eén tegen één", "Had een andere telregel")
    photo(walk, "rank")


def test_the_officer_goes_from_seed_to_council_without_scripts(plain_walk: Walk, process: Any, bram: Any) -> None:
    vote = sealed(process, bram, RANKED, titles=TITLES[:3], ballot="rank", rule="schulze")
    walk = plain_walk.become(bram).visit(reverse("preferendum:count", args=[vote.step_id])).see("Bepaal het lot")
    photo(walk, "seed")
    walk.fill("Het lot", SEED).fill("Nog een keer het lot", SEED).fill("Hoe is het bepaald?", HOW)
    walk.click("Zet het op het openbare bord").read(SEED)
    photo(walk, "count")
    enter_seed(vote=vote, seed=SEED, how=HOW, by=bram)
    do(begin(vote=type(vote).objects.get(pk=vote.pk), by=bram))
    walk.visit(reverse("preferendum:result", args=[vote.step_id])).click("Overhandig de uitkomst aan de raad")
    photo(walk, "hand_over")
    walk.click("Overhandig").read("Overhandigd")


def test_the_result_needs_no_sideways_scrolling_on_a_small_screen(open_walk: Any, process: Any, bram: Any) -> None:
    vote = rated(process, bram)
    walk = open_walk(width=320).visit(reverse("preferendum:result", args=[vote.step_id]))
    assert walk.page.evaluate("document.documentElement.scrollWidth") <= 320
