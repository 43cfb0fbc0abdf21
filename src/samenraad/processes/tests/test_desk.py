"""The desk: what waits for me, and only for me."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from samenraad.cards import Todo
from samenraad.people.models import Role
from samenraad.processes import actions, queries
from samenraad.processes.models import Meeting
from samenraad.processes.queries.desk import urgency

WEDNESDAY = date(2026, 5, 13)


@pytest.mark.parametrize(
    ("due", "state"),
    [
        (date(2026, 5, 12), "late"),
        (date(2026, 5, 13), "now"),
        (date(2026, 5, 17), "waiting"),  # Sunday, still this week
        (date(2026, 5, 18), "waiting"),
        (date(2026, 5, 25), "planned"),
        (None, "planned"),
    ],
)
def test_each_day_has_its_word(due, state):
    assert urgency(Todo("Bel", "/", "Bel", due=due), WEDNESDAY)[0] == state


def test_the_weeks_have_different_words():
    words = [urgency(Todo("x", "/", "x", due=WEDNESDAY + timedelta(days=n)), WEDNESDAY)[1] for n in (-1, 0, 2, 6, 20)]
    assert len(set(words)) == 5


def test_who_is_no_staff_goes_to_their_own_page_and_who_is_nobody_signs_in(as_, aisha, db):
    assert as_(aisha).get(reverse("processes:desk")).url == "/my/"
    assert "/account/login/" in as_(None).get(reverse("processes:desk")).url


def test_a_desk_without_work_says_so(as_, chantal):
    assert queries.desk(chantal).waiting == []
    assert as_(chantal).get(reverse("processes:desk")).status_code == 200


def test_a_draft_and_a_missing_promise_wait_for_their_organiser(town, bram, dirk):
    draft = actions.create(title="Nieuw plein", place=town.place, by=bram)
    assert [line.todo.where for line in queries.desk(bram).waiting] == ["Nieuw plein"]
    Role.objects.create(person=dirk, word="officer", scope="process:999")
    assert queries.desk(dirk).waiting == []
    Role.objects.create(person=dirk, word="officer", scope=draft.thread)
    del dirk._roles
    assert len(queries.desk(dirk).waiting) == 1


def test_a_step_that_closed_waits_to_be_rounded_off(process, bram):
    now = timezone.now()
    step = actions.add_step(
        process=process, kind="ideas", title="Ideeën", by=bram,
        opens=now - timedelta(days=40), closes=now - timedelta(days=20),
    )  # fmt: skip
    (line,) = [line for line in queries.desk(bram).waiting if "Ideeën" in line.todo.what]
    assert line.todo.detail
    actions.conclude(step=step, by=bram)
    assert not [line for line in queries.desk(bram).waiting if "Ideeën" in line.todo.what]


def test_work_is_sorted_by_day_and_what_has_no_day_comes_last(process, step, town, bram):
    actions.create(title="Zonder dag", place=town.place, by=bram)
    meeting = Meeting(process=process, title="Avond", starts=timezone.now() - timedelta(days=2))
    actions.expect(meeting=actions.plan_meeting(meeting=meeting, by=bram), called="Gast", by=bram)
    dues = [line.todo.due for line in queries.desk(bram).waiting]
    assert dues == sorted(dues, key=lambda due: due or date.max)
    assert dues[0] == timezone.localdate() + timedelta(days=5)
    assert dues[-1] is None


def test_the_list_shows_the_processes_one_organises(as_, bram, chantal, process):
    assert "Groener centrum" in as_(bram).get(reverse("processes:list")).content.decode()
    assert as_(chantal).get(reverse("processes:list")).status_code == 404


def test_the_desk_costs_no_more_with_more_processes(as_, bram, town, django_assert_max_num_queries):
    for number in range(15):
        actions.create(title=f"Traject {number}", place=town.place, by=bram)
    browser = as_(bram)
    browser.get(reverse("processes:desk"))
    with django_assert_max_num_queries(45):
        browser.get(reverse("processes:desk"))
