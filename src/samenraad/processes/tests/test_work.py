"""Long work: one of a kind at a time, told how far it is, started again when its worker was killed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from samenraad.cards import Job
from samenraad.processes.actions import work as working
from samenraad.processes.models import Work
from samenraad.processes.queries import underway
from samenraad.processes.room import card
from samenraad.refusals import Refusal
from samenraad.texts import explain

pytestmark = pytest.mark.django_db
HERE = __name__
seen: list[str] = []


def good(work, report):
    seen.append(work.about)
    report("halfway", 0.5)


def refused(work, report):
    raise Refusal("step.dates")


def broken(work, report):
    raise ZeroDivisionError


@pytest.fixture(autouse=True)
def _jobs(monkeypatch):
    seen.clear()
    jobs = {
        "test.good": Job(f"{HERE}:good", "counting", "ideas:show"),
        "test.asks": Job(f"{HERE}:good", "counting one", "ideas:idea", asks=True),
        "test.refused": Job(f"{HERE}:refused", "trying", "ideas:show"),
        "test.broken": Job(f"{HERE}:broken", "dividing", "ideas:show"),
    }
    monkeypatch.setattr(card, "jobs", jobs)


def start(step, bram, kind="test.good", about="idea:1"):
    return working.start(step=step, kind=kind, about=about, by=bram)


def page(work, name="work"):
    return reverse(f"processes:{name}", args=[work.step_id, work.pk])


def test_the_same_work_is_not_begun_twice(step, bram):
    first = start(step, bram)
    assert start(step, bram) == first
    working.do(first)
    assert start(step, bram) != first


def test_two_kinds_are_done_beside_each_other(step, bram):
    first, second = start(step, bram), start(step, bram, "test.asks")
    assert set(underway(step, "test.good", "test.asks")) == {first, second}
    working.do(first)
    assert underway(step, "test.good", "test.asks").get() == second


def test_what_nobody_can_do_is_not_begun(step, bram):
    with pytest.raises(Refusal) as refusal:
        start(step, bram, "test.unheard_of")
    assert refusal.value.code == "work.unknown"
    assert not Work.objects.exists()


def test_work_is_done_once(step, bram):
    work = start(step, bram)
    assert working.do(work).state == Work.State.DONE
    assert working.do(work) is None
    assert seen == ["idea:1"]


def test_it_says_how_far_it_is(step, bram, as_):
    work = start(step, bram)
    Work.objects.filter(pk=work.pk).update(state="running", stage="halfway", share=0.5)
    body = as_(bram).get(page(work)).content.decode()
    assert "Counting" in body
    assert "halfway · 50 procent" in body
    assert page(work, "work_state") in body, "it keeps asking"
    assert 'http-equiv="refresh"' in body, "also without JavaScript"


def test_when_it_ends_the_page_leads_on(step, bram, as_):
    work = working.do(start(step, bram))
    assert as_(bram).get(page(work, "work_state"))["HX-Redirect"] == page(work)
    assert as_(bram).get(page(work)).url == reverse("ideas:show", args=[step.pk])
    assert as_(bram).get(page(work), {"stay": 1}).status_code == 200


def test_it_leads_to_what_the_work_was_about(step, bram, as_):
    work = working.do(start(step, bram, "test.asks", about="idea:7"))
    assert as_(bram).get(page(work)).url == reverse("ideas:idea", args=[step.pk, 7])


def test_a_refusal_is_told_in_words(step, bram, as_):
    work = working.do(start(step, bram, "test.refused"))
    assert work.state == Work.State.FAILED
    assert explain(Refusal("step.dates")) in as_(bram).get(page(work)).content.decode()


def test_a_defect_ends_it_without_showing_its_insides(step, bram, as_):
    work = working.do(start(step, bram, "test.broken"))
    assert (work.state, work.code) == (Work.State.FAILED, "work.broke")
    body = as_(bram).get(page(work)).content.decode()
    assert explain(Refusal("work.broke")) in body
    assert "ZeroDivisionError" not in body


def test_work_of_a_killed_worker_is_done_again(step, bram):
    work = start(step, bram)
    Work.objects.filter(pk=work.pk).update(state="running", beat_at=timezone.now() - timedelta(minutes=4))
    assert working.start_again() == 1
    assert working.start_again() == 0
    assert working.do(work).state == Work.State.DONE


def test_the_clock_starts_it_again(step, bram, capsys):
    work = start(step, bram)
    Work.objects.filter(pk=work.pk).update(state="running", beat_at=timezone.now() - timedelta(minutes=4))
    call_command("tick")
    assert "processes: 1 jobs started again" in capsys.readouterr().out


def test_work_that_is_alive_is_left_alone(step, bram):
    work = start(step, bram)
    Work.objects.filter(pk=work.pk).update(state="running", beat_at=timezone.now())
    assert working.start_again() == 0


def test_work_that_never_came_in_the_queue_is_put_there(step, bram):
    work = start(step, bram)
    assert working.start_again() == 0
    Work.objects.filter(pk=work.pk).update(made_at=timezone.now() - timedelta(minutes=31))
    assert working.start_again() == 1
    assert working.start_again() == 0
    assert working.do(work).state == Work.State.DONE
    assert working.start_again() == 0


def test_work_that_no_card_knows_any_more_is_still_named(step, bram):
    work = Work.objects.create(step=step, kind="test.of_old", by=bram)
    assert work.name == "test.of_old"
    assert working.do(work).code == "work.unknown"


def test_only_the_organiser_sees_it(step, bram, as_, dirk, aisha):
    work = start(step, bram)
    for name in ("work", "work_state"):
        assert as_(bram).get(page(work, name)).status_code == 200
        for person in (dirk, aisha):
            assert as_(person).get(page(work, name)).status_code == 404


def test_it_is_found_in_its_own_step_only(step, bram, as_):
    work = start(step, bram)
    elsewhere = reverse("processes:work", args=[work.step_id + 1, work.pk])
    assert as_(bram).get(elsewhere).status_code == 404
