"""Long work: one of a kind at a time, told how far it is, started again when its worker was killed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from samenraad.instruments.lot import tasks
from samenraad.instruments.lot.actions import work as working
from samenraad.instruments.lot.models import Work
from samenraad.instruments.lot.views import work as views
from samenraad.refusals import Refusal
from samenraad.texts import explain

pytestmark = pytest.mark.django_db
HERE = __name__
seen: list[str] = []


def good(work, report):
    seen.append(work.about)
    report("halfway", 0.5)


def refused(work, report):
    raise Refusal("lot.no_seats")


def broken(work, report):
    raise ZeroDivisionError


@pytest.fixture(autouse=True)
def _jobs(monkeypatch):
    seen.clear()
    monkeypatch.setattr(views, "THEN", dict.fromkeys(views.THEN, ("lot:desk", False)))
    monkeypatch.setattr(
        tasks, "JOBS", {"check": f"{HERE}:good", "import": f"{HERE}:refused", "letters": f"{HERE}:broken"}
    )


def start(lot, bram, kind="check"):
    return working.start(lot=lot, kind=kind, about="extract:1", by=bram)


def test_the_same_work_is_not_begun_twice(lot, bram):
    first = start(lot, bram)
    assert start(lot, bram) == first
    working.do(first)
    assert start(lot, bram) != first


def test_work_is_done_once(lot, bram):
    work = start(lot, bram)
    assert working.do(work).state == Work.State.DONE
    assert working.do(work) is None
    assert seen == ["extract:1"]


def test_a_refusal_is_told_in_words(lot, bram, as_):
    work = working.do(start(lot, bram, "import"))
    page = as_(bram).get(f"/lot/{lot.pk}/job/{work.pk}/").content.decode()
    assert work.state == Work.State.FAILED
    assert explain(Refusal("lot.no_seats")) in page


def test_a_defect_ends_it_without_showing_its_insides(lot, bram):
    work = working.do(start(lot, bram, "letters"))
    assert (work.state, work.code) == (Work.State.FAILED, "lot.work_broke")


def test_work_of_a_killed_worker_is_done_again(lot, bram):
    work = start(lot, bram)
    Work.objects.filter(pk=work.pk).update(state="running", beat_at=timezone.now() - timedelta(minutes=4))
    assert working.start_again() == 1
    assert working.start_again() == 0
    assert working.do(work).state == Work.State.DONE


def test_work_that_is_alive_is_left_alone(lot, bram):
    work = start(lot, bram)
    Work.objects.filter(pk=work.pk).update(state="running", beat_at=timezone.now())
    assert working.start_again() == 0


def test_work_that_never_came_in_the_queue_is_put_there(lot, bram):
    work = start(lot, bram)
    assert working.start_again() == 0
    Work.objects.filter(pk=work.pk).update(made_at=timezone.now() - timedelta(minutes=31))
    assert working.start_again() == 1
    assert working.start_again() == 0
    assert working.do(work).state == Work.State.DONE
    assert working.start_again() == 0


def test_every_kind_of_work_has_its_job_and_a_page_after_it():
    from importlib import import_module, reload

    jobs = reload(tasks).JOBS
    assert set(jobs) == set(views.THEN) == set(Work.Kind.values)
    for place in jobs.values():
        module, name = place.split(":")
        assert callable(getattr(import_module(module), name))


def test_only_the_organiser_sees_it(lot, bram, as_, dirk):
    work = start(lot, bram)
    address = f"/lot/{lot.pk}/job/{work.pk}/"
    assert as_(dirk).get(address).status_code == 404
