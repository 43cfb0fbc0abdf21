"""One resident, one ballot; and who is cut off tries again."""

from secrets import token_hex

import pytest

from samenraad.ballots.actions import casting, freezing
from samenraad.ballots.actions.batches import empty
from samenraad.ballots.actions.sealing import seal
from samenraad.ballots.actions.ticking import tick
from samenraad.ballots.box.models import Line, Slip, Ticket, Tracker, Waiting
from samenraad.ballots.queries.books import books
from samenraad.ballots.roll.models import Entry, Turned
from samenraad.ballots.testing import end, open_vote, vote_with
from samenraad.refusals import Refusal
from samenraad.testing import at_once

CHOICES = {"grades": {"1": 3, "2": "none"}, "priorities": ["1"]}


def test_a_ballot_waits_under_its_receipt_and_its_code_is_used(opened):
    tracker = vote_with(opened.vote, opened.codes[0], CHOICES)
    assert Waiting.objects.get().tracker == tracker
    assert Entry.objects.exclude(state=Entry.State.UNUSED).count() == Ticket.objects.count() == 1


def test_a_second_ballot_on_a_code_is_refused_and_counted(opened):
    vote_with(opened.vote, opened.codes[0], CHOICES)
    with pytest.raises(Refusal, match=r"ballots\.used"):
        vote_with(opened.vote, opened.codes[0])
    assert Waiting.objects.count() == 1
    assert Turned.objects.get().count == 1


def test_who_presses_twice_gets_the_same_receipt_and_is_not_counted_twice(opened):
    seed = token_hex(32)
    first = vote_with(opened.vote, opened.codes[0], CHOICES, seed)
    assert vote_with(opened.vote, opened.codes[0], CHOICES, seed) == first
    assert not Turned.objects.exists()


def test_who_was_cut_off_between_roll_and_box_votes_after_all(opened, monkeypatch):
    """The roll has marked the code and the box has nothing: the retry finishes it."""
    with monkeypatch.context() as broken:
        broken.setattr(casting, "put", lambda **_all: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            vote_with(opened.vote, opened.codes[0], CHOICES)
    assert books(opened.vote).unsure == 1
    vote_with(opened.vote, opened.codes[0], CHOICES)
    assert books(opened.vote).agree
    assert Waiting.objects.count() == 1


def test_a_code_that_is_not_on_the_roll_or_was_replaced_is_refused(opened):
    with pytest.raises(Refusal, match=r"ballots\.unknown_code"):
        vote_with(opened.vote, "2222-2222-2222-2222")
    Entry.objects.update(state=Entry.State.BLOCKED)
    with pytest.raises(Refusal, match=r"ballots\.blocked"):
        vote_with(opened.vote, opened.codes[0])


def test_when_the_vote_is_over_nothing_comes_in(opened):
    with pytest.raises(Refusal, match=r"ballots\.closed"):
        vote_with(end(opened.vote), opened.codes[0])


def test_ballots_go_into_the_box_by_twenty_and_twenty_stay(opened):
    for code in opened.codes[:39]:
        vote_with(opened.vote, code)
    assert empty(vote=opened.vote) == 0
    vote_with(opened.vote, opened.codes[39], CHOICES)
    assert empty(vote=opened.vote) == 20
    assert (Waiting.objects.count(), Tracker.objects.count(), Slip.objects.count()) == (20, 20, 20 * 7)
    assert Line.objects.get(kind="batch").number == 2


def test_sealing_takes_in_all_that_waits_and_the_books_agree(opened, bram):
    for code in opened.codes[:25]:
        vote_with(opened.vote, code, CHOICES)
    sealed = seal(vote=end(opened.vote), by=bram)
    assert seal(vote=sealed, by=bram).sealed_at == sealed.sealed_at
    found = books(sealed)
    assert (found.ballots, found.waiting, found.slips, found.agree) == (25, 0, 25 * 7, True)
    assert Slip.objects.filter(about="priority", value="1").count() == 25
    assert Line.objects.order_by("number").last().kind == "close"


def test_who_froze_a_vote_and_was_cut_off_finds_its_first_line_on_the_board_later(process, bram, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(freezing, "announce", lambda **_all: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            open_vote(process, bram)
    assert not Line.objects.exists()
    tick()
    assert Line.objects.get().kind == "open"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_hundred_ballots_on_one_code_at_once_are_one_ballot(process, bram):
    opened = open_vote(process, bram)
    code = opened.codes[0]
    outcome = at_once(*[lambda: vote_with(opened.vote, code, CHOICES) for _n in range(200)], workers=16)
    assert outcome.count("ballots.used") == 199
    assert Waiting.objects.count() == 1
    assert books(opened.vote).agree
    assert Turned.objects.get().count == 199
