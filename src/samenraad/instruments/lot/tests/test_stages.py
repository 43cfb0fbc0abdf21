"""The road of a lot: what is done, what comes now, and why something cannot be done yet."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from samenraad.instruments.lot.models import Draw, Lot, Wave
from samenraad.instruments.lot.queries.course import gate, phases, todo
from samenraad.instruments.lot.queries.stages import stages
from samenraad.processes.models import Promise
from samenraad.processes.shelf import shelf

pytestmark = pytest.mark.django_db


def standing(lot):
    return [stage.state for stage in stages(lot)]


def freeze(lot):
    Lot.objects.filter(pk=lot.pk).update(frozen_at=timezone.now(), digest="ab" * 32)
    lot.refresh_from_db()


def test_a_plan_that_nobody_began_starts_at_its_seats(step):
    lot = Lot.objects.create(step=step)
    assert standing(lot) == ["now", *["planned"] * 7]


def test_with_groups_the_rules_can_freeze(lot):
    assert standing(lot)[:4] == ["adopted", "adopted", "now", "planned"]


def test_without_a_public_promise_nothing_can_freeze_and_it_says_so(lot):
    Promise.objects.all().delete()
    rules = stages(lot)[2]
    assert rules.state == "planned"
    assert "toezegging" in rules.why_not


def test_frozen_rules_open_the_register(lot):
    freeze(lot)
    assert standing(lot)[2:5] == ["adopted", "now", "planned"]


def test_letters_open_the_answers(lot, invited):
    freeze(lot)
    Wave.objects.create(
        lot=lot, number=1, seed="drie hoeden", seed_by="de griffier", drawn_at=timezone.now(),
        digest="1" * 64, promise_digest="2" * 64,
    )  # fmt: skip
    invited(3)
    assert standing(lot)[4:6] == ["adopted", "now"]
    lot.step.closes = timezone.now() - timedelta(hours=1)
    assert standing(lot)[5] == "adopted"


def test_who_said_yes_opens_the_draw(lot, invited):
    invited(1, reply="no")
    assert standing(lot)[6] == "planned"
    invited(1, reply="yes")
    assert "tot" in stages(lot)[6].why_not, "answers are still coming in"
    lot.step.closes = timezone.now() - timedelta(hours=1)
    assert standing(lot)[6] == "now"


def test_a_draw_that_was_held_opens_the_seats_and_the_gate(lot, invited, process):
    invited(3, reply="yes")
    assert gate(process)[0].missing
    Draw.objects.create(
        lot=lot, salt="00" * 16, rules="{}", lottery="0", seal="3" * 64, made_at=timezone.now(),
        published_at=timezone.now(), drawn_at=timezone.now(), number=472, transcript="{}",
    )  # fmt: skip
    assert standing(lot)[6:] == ["adopted", "now"]
    assert not gate(process)[0].missing
    assert gate(process)[0].since == timezone.localdate()


def test_a_process_without_a_lot_has_no_gate_for_it(process):
    assert [one.applies for one in gate(process)] == [False]
    assert 4 in shelf().instrument("lot").speaks_for


def test_what_comes_next_waits_on_the_desk(lot):
    waiting = todo(lot.step, timezone.localdate())
    assert [one.what for one in waiting] == ["Loting Klimaatpanel: Regels, vast en openbaar"]
    assert all(one.url for one in waiting)


def test_a_doubtful_answer_waits_on_the_desk(lot, invited):
    invited(1, reply="yes", test=True)
    assert "twijfelachtig" in todo(lot.step, timezone.localdate())[0].what


def test_closed_doors_say_why(lot):
    assert all(one.open or one.why_not for one in phases(lot.step))


def test_the_road_asks_the_same_few_questions_for_many_people(lot, invited, django_assert_max_num_queries):
    invited(40, reply="yes")
    lot = Lot.objects.select_related("step__process").get(pk=lot.pk)
    with django_assert_max_num_queries(16):
        stages(lot)


def test_everybody_sees_the_page_and_only_the_organiser_the_desk(lot, invited, client, as_, bram, dirk):
    invited(2)
    assert client.get(f"/lot/{lot.pk}/").status_code == 200
    assert as_(dirk).get(f"/lot/{lot.pk}/desk/").status_code == 404
    assert "De weg van deze loting" in as_(bram).get(f"/lot/{lot.pk}/desk/").content.decode()


def test_who_opened_their_letter_is_led_to_their_answer(lot, invited, as_):
    (one,) = invited(1)
    assert "Antwoord op je brief" in as_(one.person).get(f"/lot/{lot.pk}/").content.decode()
