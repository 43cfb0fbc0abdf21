"""Two clocks: what falls into the silence before an election is warned for (R107, W9)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from samenraad.cards import Moment
from samenraad.post.models import Medium, Message
from samenraad.processes import actions, clocks, queries
from samenraad.processes.models import Election, Process


def today(days=0):
    return timezone.localdate() + timedelta(days=days)


def now(days):
    return timezone.now() + timedelta(days=days)


@pytest.fixture
def election(town):
    """In forty days; the town is silent from nineteen days from now."""
    return Election.objects.create(country="NL", level="gemeenteraad", day=today(40), silent_days=21)


def test_the_silence_runs_up_to_and_including_the_day_itself(election):
    (quiet,) = clocks.silences()
    assert (quiet.start, quiet.end) == (today(19), today(40))


def test_elections_of_another_country_do_not_count(election):
    Election.objects.update(country="BE")
    assert clocks.silences() == []


@pytest.mark.parametrize(
    ("opens", "closes", "warned"), [(1, 18, False), (1, 19, True), (20, 30, True), (1, 60, True), (41, 60, False)]
)
def test_a_step_that_touches_the_silence_is_warned_for(election, opens, closes, warned):
    assert bool(clocks.period_warnings("Stemmen", now(opens), now(closes), clocks.silences())) == warned


def test_a_step_that_ends_in_silence_and_one_that_runs_through_it_read_differently(election):
    (ends,) = clocks.period_warnings("Stemmen", now(1), now(25), clocks.silences())
    (runs,) = clocks.period_warnings("Stemmen", now(1), now(60), clocks.silences())
    assert ends != runs


def test_an_answer_that_falls_due_in_silence_is_warned_for(election, process):
    due = [Moment("De raad antwoordt", "now", place="answer", until=today(30))]
    fine = [Moment("De raad antwoordt", "now", place="answer", until=today(60))]
    silent = clocks.silences()
    assert len(clocks.warnings(process, due, silent, today())) == 1
    assert clocks.warnings(process, fine, silent, today()) == []


def test_before_the_hand_over_the_answer_is_reckoned_from_the_last_step(process, bram):
    actions.add_step(process=process, kind="ideas", title="Nu", by=bram, opens=now(-3), closes=now(9))
    assert clocks.answer_days(process, []) == [today(9 + 1 + 70)]
    handed = [Moment("Overhandigd", "done", place="handover")]
    assert clocks.answer_days(process, handed) == []


def test_letters_that_wait_while_the_silence_is_near_are_warned_for(election, process, emre):
    Message.objects.create(
        key="x", message_id="x", medium=Medium.LETTER, person=emre, subject="Brief", scope=process.thread
    )
    assert clocks.warnings(process, [], clocks.silences(), today()) == []
    Election.objects.update(day=today(30))
    assert len(clocks.warnings(process, [], clocks.silences(), today())) == 1


def test_a_step_in_silence_asks_for_another_day_or_a_reason(as_, bram, process, election):
    page = reverse("processes:add_step", args=[process.slug, "ideas"])
    opens, closes = (timezone.localtime(now(number)).strftime("%Y-%m-%dT%H:%M") for number in (20, 30))
    filled = {"title_nl": "Kiezen", "opens": opens, "closes": closes}
    response = as_(bram).post(page, filled)
    assert "gemeenteraad" in response.content.decode()
    assert not process.steps.exists()
    as_(bram).post(page, filled | {"reason": "De raad kan niet eerder."})
    assert process.steps.count() == 1
    assert any(entry.text == "De raad kan niet eerder." for entry in queries.page(process).story)


def test_both_clocks_stand_on_the_desk(as_, bram, process, step, election):
    desk = queries.desk(bram)
    assert [str(row.label) for row in desk.rows] == [f"{process}: {step}"]
    assert [quiet.label for quiet in desk.silent] == ["gemeenteraad"]
    html = as_(bram).get(reverse("processes:desk")).content.decode()
    assert "gemeenteraad" in html


def test_loading_the_elections_twice_adds_nothing_and_keeps_what_the_town_changed(db):
    assert actions.load_elections() > 5
    Election.objects.filter(country="NL", day=date(2027, 3, 17)).update(silent_days=30)
    assert actions.load_elections() == 0
    assert Election.objects.get(country="NL", day=date(2027, 3, 17)).silent_days == 30
    flemish = Election.objects.get(country="BE", day=date(2024, 10, 13))
    assert flemish.silent_from == date(2024, 7, 1)  # the Flemish period runs from 1 July


def test_an_officer_of_the_town_keeps_the_calendar(as_, bram, aisha, town):
    page = reverse("processes:add_election")
    assert as_(aisha).get(page).status_code == 404
    filled = {"level": "referendum", "day": "2031-05-07", "silent_days": "21", "source": "raadsbesluit"}
    browser = as_(bram)
    browser.post(page, filled)
    election = Election.objects.get()
    assert election.country == "NL"
    assert browser.post(page, filled).status_code == 200  # it stands there already
    browser.post(reverse("processes:election", args=[election.pk]), filled | {"silent_days": "9"})
    election.refresh_from_db()
    assert election.silent_days == 9
    browser.post(reverse("processes:remove_election", args=[election.pk]))
    assert not Election.objects.exists()


def test_the_calendar_page_offers_what_comes_with_the_software(as_, bram, town):
    browser = as_(bram)
    assert browser.get(reverse("processes:calendar")).status_code == 200
    browser.post(reverse("processes:load_elections"))
    assert Election.objects.filter(country="NL").exists()
    assert browser.get(reverse("processes:calendar")).status_code == 200


def test_a_closed_process_is_not_warned_for(election, process, step):
    Process.objects.filter(pk=process.pk).update(closed_at=timezone.now())
    process.refresh_from_db()
    assert clocks.warnings(process, [], clocks.silences(), today()) == []
