"""The page of a process: what everybody reads, and when."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from samenraad.cards import Moment
from samenraad.ledger.actions import note
from samenraad.processes import actions, queries
from samenraad.processes.models import Meeting, Process, RoomItem, Step
from samenraad.ui.lemniscate import GATES, MEASURES


def page_of(browser, process, name="processes:show", *more):
    return browser.get(reverse(name, args=[process.slug, *more]))


def text_of(response):
    return response.content.decode()


@pytest.fixture
def draft(town, bram):
    return actions.create(title="Nieuw plein", question="Wat komt er op het plein?", place=town.place, by=bram)


def days(number):
    return timezone.now() + timedelta(days=number)


def test_a_reader_sees_question_action_room_promise_and_story(client, process, step):
    html = text_of(page_of(client, process))
    for words in (
        "Hoe maken we het centrum groener?", "Waar de bomen komen", "De markt blijft op zaterdag",
        "Raadsbesluit 2024-11", "De raad antwoordt op elk voorstel, met redenen.", "past binnen het budget",
    ):  # fmt: skip
        assert words in html
    assert reverse("ideas:show", args=[step.pk]) in html
    assert 'class="loop"' in html


def test_what_is_not_public_does_not_exist_but_its_organisers_see_a_preview(as_, draft, aisha, bram):
    assert page_of(as_(None), draft).status_code == 404
    assert page_of(as_(aisha), draft).status_code == 404
    assert 'data-state="waiting"' in text_of(page_of(as_(bram), draft))


@pytest.mark.parametrize("name", ["processes:show", "processes:story", "processes:promises"])
def test_every_public_page_stays_under_twenty_queries(
    name, as_, aisha, process, step, idea, bram, django_assert_max_num_queries
):
    for number in range(12):
        actions.add_step(process=process, kind="ideas", title=f"Stap {number}", by=bram, opens=days(number - 3))
        RoomItem.objects.create(process=process, kind="open", text=f"Punt {number}")
        actions.plan_meeting(meeting=Meeting(process=process, title=f"Avond {number}", starts=days(number)), by=bram)
        actions.change(process=process, by=bram, reason="Dit is een goede reden.", contact_name=f"Bram {number}")
    browser = as_(aisha)
    page_of(browser, process, name)
    with django_assert_max_num_queries(20):
        assert page_of(browser, process, name).status_code == 200


def test_a_text_in_another_language_is_marked(client, process):
    client.cookies["language"] = "en"
    Process.objects.filter(pk=process.pk).update(question={"nl": "Hoe maken we het centrum groener?"})
    client.cookies["django_language"] = "en"
    html = text_of(page_of(client, process))
    assert '<span lang="nl">Hoe maken we het centrum groener?</span>' in html


def test_what_was_decided_before_the_start_shows_a_banner_and_forces_to_inform(client, process):
    RoomItem.objects.create(
        process=process, kind="fixed", text="Het contract is getekend", source="Contract", settles_question=True,
        decided_on=timezone.localdate() - timedelta(days=200),
    )  # fmt: skip
    page = queries.page(process)
    assert page.influence.rung == "inform"
    assert page.influence.announced
    assert page.influence.why_only_inform in text_of(page_of(client, process))


def test_a_rung_that_is_honest_shows_no_banner(process):
    assert not queries.page(process).influence.forced


def test_a_gate_passed_unmet_stands_on_the_page_with_its_reason(client, process, bram):
    actions.override_gate(process=process, number=6, reason="De evaluatie volgt na de zomer, zegt de raad.", by=bram)
    assert "De evaluatie volgt na de zomer, zegt de raad." in text_of(page_of(client, process))


def test_the_story_stands_in_the_order_of_time(process, step, bram):
    actions.change(process=process, by=bram, reason="Inwoners vroegen erom.", summary="Anders")
    story = queries.page(process).story
    gates = [entry.gate for entry in story if entry.gate]
    assert gates == [1, 2, 3, 5, 6]
    assert [entry.state for entry in story] == sorted((e.state for e in story), key=["done", "now", "later"].index)
    changed = next(entry for entry in story if entry.text == "Inwoners vroegen erom.")
    assert changed.state == "done"


def test_single_texts_are_told_in_the_whole_story_only(client, process, step, idea, bram):
    note("proposal.split", idea, thread=process, who=bram, number=1, numbers=[2, 3])
    assert not any("2, 3" in str(entry.title) for entry in queries.page(process).story)
    assert "2, 3" in text_of(page_of(client, process, "processes:story"))


def test_meetings_to_come_stand_on_the_page_and_closed_ones_do_not(client, process, bram):
    for title, public in (("Open avond", True), ("Overleg", False)):
        actions.plan_meeting(
            meeting=Meeting(process=process, title=title, starts=days(3), is_public=public, address="Zaal 1"), by=bram
        )
    html = text_of(page_of(client, process))
    assert "Open avond" in html
    assert "Overleg" not in html


def test_a_process_whose_question_changed_says_so_beside_the_promise(process, bram):
    assert queries.page(process).promise.outdated == ()
    actions.change(process=process, by=bram, reason="De wijk hoort er ook bij.", question="Hoe maken we alles groener?")
    assert queries.page(Process.objects.get(pk=process.pk)).promise.outdated


PASSED = {1, 2, 3}


def place_of(process, known=(), passed=frozenset(PASSED)):
    return queries.here(queries.filled(process), passed, known, timezone.now())[0]


def test_an_open_step_is_where_we_are(process, step):
    here = place_of(process)
    assert (here.step, here.state) == (step, "now")
    assert here.until == step.closes


def test_a_gate_that_is_not_passed_is_where_we_are(draft):
    assert place_of(draft, passed=frozenset()).at == GATES[1]
    assert place_of(draft, passed=frozenset({1, 2})).at == GATES[3]


def test_between_two_steps_the_next_one_is_being_prepared(process, bram):
    actions.add_step(process=process, kind="ideas", title="Toen", by=bram, opens=days(-9), closes=days(-2))
    coming = actions.add_step(process=process, kind="ideas", title="Straks", by=bram, opens=days(4))
    here = place_of(process)
    assert here.next_step == coming
    assert 39 < here.at < 65


def test_after_the_last_step_the_hand_over_is_prepared_and_then_the_answer_is_due(process, bram):
    actions.add_step(process=process, kind="ideas", title="Toen", by=bram, opens=days(-9), closes=days(-2))
    assert 65 < place_of(process).at < 75
    due = timezone.localdate() + timedelta(days=9)
    waiting = Moment("De raad antwoordt", "now", place="answer", until=due)
    assert place_of(process, [waiting]).moment == waiting


def test_what_is_late_comes_before_what_goes_well(process):
    late = Moment("Maatregelen", "late", place="measures", until=date(2026, 1, 1))
    fine = Moment("Maatregelen", "now", place="measures", until=date(2025, 1, 1))
    here = place_of(process, [fine, late])
    assert (here.at, here.state, here.moment) == (MEASURES, "late", late)


def test_the_loop_says_in_words_what_it_draws(process, step):
    loop = queries.page(process).loop
    assert str(step.title) in loop.description
    assert [mark.kind for mark in loop.marks].count("here") == 1
    assert [mark.passed for mark in loop.marks if mark.kind == "gate"] == [True, True, True, False, False]


def test_a_complete_process_is_drawn_to_the_end(process):
    Process.objects.filter(pk=process.pk).update(closed_at=timezone.now())
    page = queries.page(Process.objects.get(pk=process.pk))
    assert page.loop.done_to == 100
    assert not any(mark.kind in {"here", "late"} for mark in page.loop.marks)


def test_the_one_action_follows_what_goes_on(process, step):
    assert queries.page(process).action.url == reverse("ideas:show", args=[step.pk])
    Step.objects.filter(pk=step.pk).update(opens=days(2), closes=days(9))
    waiting = queries.page(Process.objects.get(pk=process.pk)).action
    assert (waiting.url, waiting.opens.date()) == ("", days(2).date())


def test_a_forged_address_is_not_found(client, db):
    assert client.get("/process/bestaat-niet/").status_code == 404
    assert client.get("/process/bestaat-niet/promise/1.json").status_code == 404
