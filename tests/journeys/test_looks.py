"""The page of all patterns, as it is seen: wide and narrow, light and dark, in both languages."""

from __future__ import annotations

import pytest

from tests.journeys.walk import Walk

pytestmark = pytest.mark.django_db(transaction=True)


def test_all_patterns_can_be_used_by_everybody(walk: Walk) -> None:
    walk.visit("/ui/").see("Patronen", "Formulieren", "Twee klokken", "De lus van een traject")
    walk.click("Als tabel")
    walk.speak("en").visit("/ui/").see("Patterns", "Two clocks")


def test_the_patterns_in_the_dark(walk: Walk) -> None:
    walk.page.emulate_media(color_scheme="dark")
    walk.visit("/ui/").see("Patronen")


def test_all_patterns_without_scripts(plain_walk: Walk) -> None:
    plain_walk.visit("/ui/").see("Patronen", "Het verhaal")


def test_the_words_round_the_loop_do_not_touch(open_walk) -> None:  # type: ignore[no-untyped-def]
    """Measured with the letters of this machine, which are wide."""
    walk = open_walk(width=1280).visit("/ui/")
    overlaps = walk.page.evaluate(
        """() => [...document.querySelectorAll(".loop-figure svg")].flatMap(svg => {
            const boxes = [...svg.querySelectorAll("text:not(.count)")].map(t => [t.textContent, t.getBBox()]);
            return boxes.flatMap(([a, p], i) => boxes.slice(i + 1)
                .filter(([b, q]) => p.x < q.x + q.width && q.x < p.x + p.width
                                 && p.y < q.y + q.height && q.y < p.y + p.height)
                .map(([b]) => a + " / " + b));
        })"""
    )
    assert overlaps == []


@pytest.mark.parametrize("width", [320, 500, 768, 1000])
def test_nothing_needs_sideways_scrolling(open_walk, width: int) -> None:  # type: ignore[no-untyped-def]
    open_walk(width=width).visit("/ui/")


def test_the_summary_of_errors_takes_the_focus_and_leads_to_the_field(walk: Walk) -> None:
    walk.visit("/ui/")
    walk.page.get_by_role("alert").get_by_role("link").first.click()
    assert walk.page.evaluate("document.activeElement.name") == "street"


def test_a_keyboard_sees_where_it_is(walk: Walk) -> None:
    walk.visit("/ui/")
    walk.page.keyboard.press("Tab")
    assert walk.page.evaluate("document.activeElement.className") == "skip"
    assert walk.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    walk.page.keyboard.press("Enter")
    assert walk.page.evaluate("document.activeElement.id") == "content"
