"""Putting texts on the table: the clock starts from the promise, and everybody is owed word."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from samenraad.followup.actions import explain_delay, hand_over
from samenraad.followup.models import Feedback, Handover
from samenraad.ledger.models import Entry
from samenraad.people.models import Body
from samenraad.processes import actions as processes
from samenraad.refusals import Refusal


def test_the_clock_starts_from_the_promise(process, ideas, bram):
    found = hand_over(process=process, proposals=ideas(3), by=bram)
    promise = process.promises.get()
    assert (found.body, found.promise) == (promise.body, promise)
    assert found.due - found.handed_on == timedelta(days=promise.term_days)
    assert [item.number for item in found.items.all()] == [1, 2, 3]
    entry = Entry.objects.get(act="handover.made")
    assert (entry.facts["count"], entry.facts["due"]) == (3, found.due.isoformat())


def test_rows_are_numbered_in_the_order_given(process, ideas, bram):
    first, _second, third = ideas(3)
    found = hand_over(process=process, proposals=[third, first, third], by=bram)
    assert [(item.number, item.proposal) for item in found.items.all()] == [(1, third), (2, first)]


def test_a_hand_over_may_lie_in_the_past_not_in_the_future(process, ideas, bram):
    today = timezone.localdate()
    with pytest.raises(Refusal, match=r"handover\.in_future"):
        hand_over(process=process, proposals=ideas(1), by=bram, on=today + timedelta(days=1))
    assert hand_over(process=process, proposals=ideas(1), by=bram, on=date(2026, 1, 5)).handed_on == date(2026, 1, 5)


def test_without_a_promise_nothing_is_handed_over(process, ideas, bram, council):
    chosen = ideas(1)
    process.promises.all().delete()
    with pytest.raises(Refusal, match=r"handover\.no_promise"):
        hand_over(process=process, proposals=chosen, by=bram)
    processes.override_gate(process=process, number=3, reason="De raad wilde niets vooraf beloven.", by=bram)
    with pytest.raises(Refusal, match=r"handover\.no_body"):
        hand_over(process=process, proposals=chosen, by=bram)
    found = hand_over(process=process, proposals=chosen, by=bram, body=council)
    assert (found.due - found.handed_on).days == 56  # the term of the law


def test_another_body_can_be_asked(process, ideas, bram):
    board = Body.objects.create(name="het college", kind="executive")
    assert hand_over(process=process, proposals=ideas(1), by=bram, body=board).body == board


def test_only_public_texts_of_this_process_and_at_least_one(process, ideas, bram, aisha, place):
    first, second = ideas(2)
    with pytest.raises(Refusal, match=r"proposal\.nothing_chosen"):
        hand_over(process=process, proposals=[], by=bram)
    processes.withdraw(proposal=first, by=aisha)
    with pytest.raises(Refusal, match=r"proposal\.not_public"):
        hand_over(process=process, proposals=[first, second], by=bram)
    other = processes.create(title="Iets anders", place=place, by=bram)
    other.published_at = timezone.now()
    other.save()
    processes.override_gate(process=other, number=3, reason="Hier is niets vooraf beloofd.", by=bram)
    with pytest.raises(Refusal, match=r"handover\.not_here"):
        hand_over(process=other, proposals=[second], by=bram, body=Body.objects.first())
    assert not Handover.objects.exists()


def test_a_text_lies_on_one_table_at_a_time(handover, process, bram):
    texts = [item.proposal for item in handover.items.all()]
    with pytest.raises(Refusal, match=r"handover\.already_there"):
        hand_over(process=process, proposals=texts[:1], by=bram)


def test_what_lies_on_the_table_may_not_change(handover, ideas, bram, aisha):
    text = handover.items.first().proposal
    other = ideas(1)[0]
    for move in (
        lambda: processes.merge(proposals=[text], into=other, by=bram),
        lambda: processes.merge(proposals=[other], into=text, by=bram),
        lambda: processes.split(proposal=text, parts=[("A", ""), ("B", "")], by=bram, reason="Het zijn er twee."),
    ):
        with pytest.raises(Refusal, match=r"proposal\.already_answered"):
            move()


def test_everybody_behind_a_text_is_owed_word_of_it(process, step, idea, dirk, emre, bram):
    processes.support(proposal=idea, person=dirk)
    processes.support(proposal=idea, person=emre, channel="paper", entered_by=bram)
    found = hand_over(process=process, proposals=[idea], by=bram)
    rows = Feedback.objects.filter(occasion="handed")
    assert {row.contribution.person.name.split()[0] for row in rows} == {"Aisha", "Dirk", "Emre"}
    assert {row.about for row in rows} == {f"item:{found.items.get().pk}"}
    assert set(rows.values_list("channel", flat=True)) == {"web", "paper"}


def test_the_body_can_say_in_public_why_it_takes_longer(handover, chantal):
    until = handover.due + timedelta(days=10)
    found = explain_delay(handover=handover, text="We wachten op de offerte.", until=until, by=chantal)
    assert (found.delay_reason, found.delay_until, found.due) == ("We wachten op de offerte.", until, handover.due)
    with pytest.raises(Refusal, match=r"answers\.say_why"):
        explain_delay(handover=handover, text=" ", by=chantal)
