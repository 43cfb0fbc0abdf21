"""Phone calls: each button once, also when pressed twice."""

from __future__ import annotations

import pytest

from samenraad.ledger.models import Entry
from samenraad.post.actions import not_reached, told, wrong_number
from samenraad.post.models import Message
from samenraad.post.queries import calls
from samenraad.refusals import Refusal

State = Message.State


@pytest.fixture
def call(emre, write) -> Message:
    emre.phone, emre.prefers = "06 12 34 56 78", "phone"
    emre.save()
    return write(emre, scope="process:3")


def test_told_is_told_once(call, bram):
    assert told(message=call, by=bram).state == State.SENT
    told(message=call, by=bram)
    assert Entry.objects.get().facts == {"how": "told"}
    assert not calls().exists()


def test_not_reached_counts_once_per_attempt(call, bram):
    not_reached(message=call, seen=0, by=bram)
    not_reached(message=call, seen=0, by=bram)  # the same click again
    call.refresh_from_db()
    assert (call.attempts, call.state) == (1, State.WAITING)
    not_reached(message=call, seen=1, by=bram)
    call.refresh_from_db()
    assert call.attempts == 2


def test_who_was_tried_most_often_comes_last(call, emre, write, bram):
    other = write(emre)
    not_reached(message=call, seen=0, by=bram)
    assert list(calls()) == [other, call]


def test_a_wrong_number_is_a_message_not_delivered(call, bram):
    failed = wrong_number(message=call, by=bram)
    wrong_number(message=call, by=bram)
    assert (failed.state, failed.trouble) == (State.FAILED, "verkeerd nummer")
    assert Entry.objects.count() == 1


def test_what_is_settled_stays_settled(call, bram):
    wrong_number(message=call, by=bram)
    for act in (lambda: told(message=call, by=bram), lambda: not_reached(message=call, seen=0, by=bram)):
        with pytest.raises(Refusal):
            act()
    call.refresh_from_db()
    assert call.state == State.FAILED


def test_a_letter_is_no_call(emre, write, bram):
    with pytest.raises(Refusal) as refusal:
        told(message=write(emre), by=bram)
    assert refusal.value.code == "post.no_call"
