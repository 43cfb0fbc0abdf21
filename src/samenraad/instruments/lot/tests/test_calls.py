"""The pages of the call list, the seats and the sessions: who may see them, what they say, and how they scale."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from samenraad.instruments.lot.actions import seats
from samenraad.instruments.lot.instrument import card
from samenraad.instruments.lot.models import Departure, Dimension, Invitation, Value
from samenraad.instruments.lot.queries.replacing import proposals
from samenraad.instruments.lot.queries.seats import roll
from samenraad.people.actions import change_seats
from samenraad.people.models import Membership, Person
from samenraad.processes.actions import plan_meeting
from samenraad.processes.models import Attendance, Meeting
from samenraad.questionnaires.models import Answer, AnswerSet, Question, Questionnaire
from samenraad.testing import at_once


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def drawn(lot, seated):
    return seated(lot)


@pytest.fixture
def big(lot, seated):
    """A panel of 150, of 400 people who said yes."""
    change_seats(body=lot.step.body, seats={"citizen": 150})
    lot.seats, lot.substitutes = 150, 4
    lot.save()
    Value.objects.filter(dimension__lot=lot).update(least=10, most=140)
    return seated(lot, 400)


@pytest.fixture
def meeting(lot, bram):
    starts = timezone.now() - timedelta(days=1)
    return plan_meeting(meeting=Meeting(process=lot.step.process, step=lot.step, title={"nl": "Sessie 1"},
                                        starts=starts, ends=starts + timedelta(hours=6)), by=bram)  # fmt: skip


def url(name, lot, *args):
    return reverse(f"lot:{name}", args=[lot.pk, *args])


@pytest.mark.parametrize("name", ["seats", "calls", "call_sheet", "calls_csv"])
def test_names_and_numbers_are_for_the_organiser_only(drawn, lot, as_, bram, dirk, name):
    assert as_(bram).get(url(name, lot)).status_code == 200
    assert as_(dirk).get(url(name, lot)).status_code == 404


def test_before_the_draw_the_pages_say_so(lot, as_, bram):
    for name in ("seats", "calls", "call_sheet", "members"):
        assert as_(bram).get(url(name, lot)).status_code == 200


def test_the_list_says_the_number_or_that_a_letter_goes_and_what_somebody_needs(drawn, lot, as_, bram, process):
    first = roll(lot).sitting[0].membership.person
    Person.objects.filter(pk=first.pk).update(phone="06 12 34 56 78")
    _needs(lot, process, first)
    page = as_(bram).get(url("calls", lot)).content.decode()
    assert "06" in page
    assert "geen nummer: brief" in page
    assert "Kinderopvang" in page
    assert "Kinderopvang" in as_(bram).get(url("call_sheet", lot)).content.decode()
    assert "Kinderopvang" in b"".join(as_(bram).get(url("calls_csv", lot))).decode()


def _needs(lot, process, person):
    question = Question.objects.create(
        key="needs", kind="several", text={"nl": "Wat heb je nodig?"},
        options=[{"key": "childcare", "text": {"nl": "Kinderopvang"}}],
    )  # fmt: skip
    questionnaire = Questionnaire.objects.create(process=process, title={"nl": "Vragen"})
    given = AnswerSet.objects.create(questionnaire=questionnaire, person=person, handed_in_at=timezone.now())
    Answer.objects.create(answer_set=given, question=question, value=["childcare"])
    Invitation.objects.filter(lot=lot, person=person).update(answers=given)


def test_needs_are_no_groups_and_groups_are_no_needs(drawn, lot, as_, bram, process):
    person = roll(lot).sitting[0].membership.person
    _needs(lot, process, person)
    Dimension.objects.create(lot=lot, key="needs", label={"nl": "x"}, source="question", has_quotas=False,
                             question=Question.objects.get(key="needs"))  # fmt: skip
    assert "Kinderopvang" not in as_(bram).get(url("calls", lot)).content.decode()


def test_a_call_is_noted_by_clicking_and_the_next_stands_ready(drawn, lot, as_, bram):
    member = roll(lot).sitting[0].membership
    browser = as_(bram)
    answer = browser.post(url("call", lot, member.pk), {"outcome": "confirmed", "remark": ""})
    assert answer.url == url("calls", lot)
    assert f"/calls/{member.pk}/" not in browser.get(answer.url).content.decode()
    assert browser.post(url("call", lot, member.pk), {"outcome": "nonsense"}).status_code == 200


def test_a_seat_is_left_and_filled_by_clicking(drawn, lot, as_, bram):
    member, browser = roll(lot).sitting[0].membership, as_(bram)
    assert browser.get(url("leave", lot, member.pk)).status_code == 200
    browser.post(url("leave", lot, member.pk), {"reason": "Verhuist"})
    page = browser.get(url("seats", lot)).content.decode()
    assert "Verhuist" in page
    number = proposals(roll(lot))[0].number
    for _click in range(2):
        assert browser.post(url("call_up", lot, member.pk), {"number": number}).url == url("seats", lot)
    assert len(roll(lot).sitting) == 12
    assert browser.get(url("call_up", lot, member.pk)).status_code == 405


def test_leaving_is_undone_by_clicking(drawn, lot, as_, bram):
    member = roll(lot).sitting[0].membership
    as_(bram).post(url("leave", lot, member.pk), {})
    as_(bram).post(url("undo_leave", lot, member.pk))
    assert len(roll(lot).sitting) == 12


def test_a_substitute_steps_back_by_clicking(drawn, lot, as_, bram):
    substitute = roll(lot).substitutes[0].membership
    as_(bram).post(url("step_back", lot, substitute.pk))
    assert len(roll(lot).substitutes) == 3


def test_somebody_of_another_lot_is_not_found(drawn, lot, as_, bram, aisha):
    other = Membership.objects.create(body=lot.step.body, person=aisha, state="member", seat_class="expert")
    for name in ("call", "leave"):
        assert as_(bram).get(url(name, lot, other.pk)).status_code == 404


def test_ticking_who_was_there(drawn, lot, as_, bram, meeting):
    people = [one.membership.person_id for one in roll(lot).sitting]
    answer = as_(bram).post(url("session", lot, meeting.pk), {"there": people[2:], "excused": people[:1]})
    assert answer.url == url("seats", lot)
    assert Attendance.objects.filter(meeting=meeting, present=True).count() == 10
    page = as_(bram).get(url("calls", lot) + "?show=absent").content.decode()
    silent, excused = (Membership.objects.get(person=person).pk for person in (people[1], people[0]))
    assert f"/calls/{silent}/" in page
    assert f"/calls/{excused}/" not in page


def test_a_stranger_cannot_be_ticked_and_a_session_to_come_is_refused(drawn, lot, as_, bram, dirk, meeting):
    as_(bram).post(url("session", lot, meeting.pk), {"there": [dirk.pk, "x" * 20, "9" * 30]})
    assert not Attendance.objects.filter(person=dirk).exists()
    Meeting.objects.filter(pk=meeting.pk).update(
        starts=timezone.now() + timedelta(days=1), ends=timezone.now() + timedelta(days=2)
    )
    assert as_(bram).post(url("session", lot, meeting.pk), {}).status_code == 200


def test_what_waits_stands_on_the_desk_with_its_count(drawn, lot, bram):
    seats.leave(membership=roll(lot).sitting[0].membership, by=bram)
    lines = [one.what for one in card.step_todo(lot.step, timezone.localdate())]
    assert "11 of 11 still to be called" in lines
    assert "1 seat became free" in lines


def test_terms_of_a_standing_body_end_and_wait_for_a_new_lot(drawn, lot, as_, bram):
    lot.term_months = 18
    lot.save()
    since = timezone.localdate() - timedelta(days=17 * 30)
    Membership.objects.filter(body=lot.step.body).update(since=since)
    todo = next(one for one in card.step_todo(lot.step, timezone.localdate()) if "term" in one.what)
    assert todo.due > timezone.localdate()
    assert todo.url == reverse("processes:copy", args=[lot.step.process.slug])
    assert "tot " in as_(bram).get(url("calls", lot)).content.decode()


def test_small_numbers_are_not_shown_to_everybody(drawn, lot, as_):
    page = as_(None).get(url("members", lot)).content.decode()
    assert "weinig" in page
    assert "Bewoner" not in page


def test_a_panel_of_150_takes_a_bounded_number_of_queries(big, lot, as_, bram, django_assert_max_num_queries):
    for one in roll(lot).sitting[:12]:
        seats.leave(membership=one.membership, by=bram)
    browser = as_(bram)
    for name, most in (("calls", 35), ("calls_csv", 35), ("seats", 50), ("members", 25)):
        with django_assert_max_num_queries(most):
            answer = browser.get(url(name, lot) + "?show=all")
            assert b"".join(answer) if answer.streaming else answer.content


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_officers_calling_up_at_once_seat_one_person(drawn, lot, bram):
    seats.leave(membership=roll(lot).sitting[0].membership, by=bram)
    departure, number = Departure.objects.get(), proposals(roll(lot))[0].number

    came = at_once(*[lambda: seats.call_up(departure=departure, number=number, by=bram).replaced_by_id] * 2)
    assert set(came) == {Departure.objects.get().replaced_by_id}
    assert len(roll(lot).sitting) == 12
