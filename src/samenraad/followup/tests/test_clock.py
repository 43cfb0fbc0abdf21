"""What time asks for: reminders, the public list of what is late, escalation; each once, also twice at once."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from samenraad.followup import rules
from samenraad.followup.actions import add_measure, assign, give_answer, update_measure
from samenraad.followup.actions.ticking import tick
from samenraad.followup.models import Reminder
from samenraad.followup.queries.overdue import overdue
from samenraad.ledger.models import Entry
from samenraad.people.models import Membership
from samenraad.post.models import Message


def at_noon(day):
    return time_machine.travel(datetime.combine(day, time(12), ZoneInfo("Europe/Amsterdam")), tick=False)


def mails(**which):
    return Message.objects.filter(key__startswith="handover:", **which)


@pytest.fixture
def chair(chantal, council):
    council.email = "griffie@lindenveld.example"
    council.save()
    Membership.objects.filter(person=chantal, body=council).update(chair=True)
    return chantal


@pytest.mark.parametrize(("left", "stage"), [(15, None), (14, 14), (9, 14), (7, 7), (2, 7), (1, 1), (0, 0), (-1, None)])
def test_reminders_come_14_7_and_1_days_before_and_on_the_day(left, stage):
    assert rules.reminder_stage(left) == stage


@pytest.mark.parametrize(("late", "stage"), [(0, None), (1, 0), (7, 0), (8, 1), (15, 2)])
def test_escalation_begins_on_day_1_and_comes_every_week(late, stage):
    assert rules.late_stage(late) == stage


def test_the_overdue_list_is_right_the_day_after_the_deadline(handover):
    """Acceptance check 12."""
    with at_noon(handover.due):
        assert overdue(timezone.localdate()).count == 0
    with at_noon(handover.due + timedelta(days=1)):
        found = overdue(timezone.localdate())
        assert (found.count, found.texts, found.answers) == (1, 3, [handover])


def test_an_answered_hand_over_is_not_late(answered):
    assert overdue(answered.due + timedelta(days=100)).count == 0


def test_a_measure_is_late_until_it_is_done(process, bram, dirk):
    due = timezone.localdate() + timedelta(days=5)
    measure = add_measure(process=process, title="Bomen", owner=dirk, due=due, by=bram)
    assert overdue(due).late_measures == 0
    assert overdue(due + timedelta(days=1)).late_measures == 1
    update_measure(measure=measure, text="Klaar.", state="done", evidence="foto", by=dirk)
    assert overdue(due + timedelta(days=1)).late_measures == 0


def test_the_owner_of_a_blank_row_is_reminded_once_per_stage(handover, dirk, bram):
    for item in handover.items.all():
        assign(item=item, owner=dirk, by=bram)
    for days in (14, 14, 10, 7, 1, 0, 0):
        tick(handover.due - timedelta(days=days))
    assert mails(person=dirk).count() == 4
    assert not mails(person=bram).exists()  # every row has an owner
    assert "nummer 1, 2, 3" in mails(person=dirk).first().body


def test_without_owner_the_officer_is_reminded(handover, bram):
    tick(handover.due - timedelta(days=7))
    assert mails(person=bram).count() == 1


def test_late_answers_escalate_to_owner_chair_and_secretariat_and_then_weekly(handover, dirk, bram, chair):
    """W11: late by one day: counter visible, mails logged."""
    assign(item=handover.items.first(), owner=dirk, by=bram)
    for days in range(1, 16):
        tick(handover.due + timedelta(days=days))
    for person in (dirk, bram, chair):
        assert mails(person=person).count() == 3
    assert mails(person=None, address__email="griffie@lindenveld.example").count() == 3
    assert [entry.facts["days"] for entry in Entry.objects.filter(act="answers.late").order_by("seq")] == [1, 8, 15]
    assert "1 dag te laat" in mails(person=chair).order_by("pk").first().subject


def test_all_written_but_not_public_is_late_too(handover, answer_all, chair):
    answer_all(handover)
    tick(handover.due + timedelta(days=1))
    assert "Alle antwoorden zijn geschreven" in mails(person=chair).get().body


def test_owners_of_measures_are_reminded_before_on_and_after_the_day(process, bram, dirk):
    due = timezone.localdate() + timedelta(days=60)
    measure = add_measure(process=process, title="Bomen", owner=dirk, due=due, by=bram)
    for days in (-14, -7, -1, 0, 1, 8):
        tick(due + timedelta(days=days))
        tick(due + timedelta(days=days))
    assert Message.objects.filter(person=dirk).count() == 6
    update_measure(measure=measure, text="Later.", due=due + timedelta(days=30), why_moved="Nat.", by=dirk)
    tick(due + timedelta(days=23))  # a moved date is reminded of anew
    assert Message.objects.filter(person=dirk).count() == 7


def test_silence_of_three_months_asks_how_it_stands(process, bram, dirk):
    today = timezone.localdate()
    add_measure(process=process, title="Bomen", owner=dirk, due=today + timedelta(days=400), by=bram)
    tick(today + timedelta(days=89))
    assert not Message.objects.filter(person=dirk).exists()
    for days in (90, 91, 120):
        tick(today + timedelta(days=days))
    assert "Hoe staat het met: Bomen?" in Message.objects.get(person=dirk).subject


def test_the_tick_tells_what_is_owed_and_twice_is_once(answered, aisha):
    first = tick(timezone.localdate())
    count, reminders = Message.objects.count(), Reminder.objects.count()
    second = tick(timezone.localdate())
    assert any("terugkoppeling" in line for line in first)
    assert second == []
    assert (Message.objects.count(), Reminder.objects.count()) == (count, reminders)


def test_a_row_that_is_filled_in_is_no_longer_asked_for(handover, dirk, bram, chantal):
    item = handover.items.first()
    assign(item=item, owner=dirk, by=bram)
    give_answer(item=item, decision="adopted", reasons="Ja.", by=dirk)
    tick(handover.due - timedelta(days=7))
    assert not mails(person=dirk).exists()
