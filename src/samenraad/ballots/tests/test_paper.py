"""Paper is on equal footing: one resident, one ballot, at whatever desk; and two people type every sheet."""

from datetime import timedelta
from secrets import token_hex

import pytest
from django.utils import timezone

from samenraad.ballots.actions import casting
from samenraad.ballots.actions.sealing import seal
from samenraad.ballots.actions.sheets import decide, type_in
from samenraad.ballots.actions.stubs import take_in
from samenraad.ballots.actions.ticking import tick
from samenraad.ballots.box.models import Sheet, Ticket, Waiting
from samenraad.ballots.models import Press, Vote
from samenraad.ballots.queries.books import books, published
from samenraad.ballots.queries.sheets import pile, today
from samenraad.ballots.roll.models import Entry, Turned
from samenraad.ballots.rules.codes import ALPHABET, grouped
from samenraad.ballots.rules.sheets import Typed, is_a_number, new_number, seals_itself_at
from samenraad.ballots.testing import end, open_vote, vote_with
from samenraad.refusals import Refusal
from samenraad.testing import at_once, somebody

CHOICES = {"grades": {"1": 3, "2": "none"}, "priorities": ["1"]}
OTHER = {"grades": {"1": 2, "2": "none"}, "priorities": ["1"]}
State = Entry.State


@pytest.fixture
def clerks(db):
    return [somebody(f"{name} Bakker") for name in ("Guus", "Hanna", "Ilse")]


def stub(vote, code, once="", **more):
    return take_in(vote=vote, code=code, once=once or token_hex(16), **more)


def read(number, vote, by, choices=CHOICES, area="", **more):
    return type_in(vote=vote, number=number, typed=Typed(area, choices), by=by, **more)


# the number of a sheet


def test_one_wrong_letter_and_two_that_changed_places_are_always_noticed():
    number = new_number("k7f42q9pxw")
    assert is_a_number("k7f42q9pxw", grouped(number).lower())
    for place, right in enumerate(number):
        for wrong in set(ALPHABET) - {right}:
            assert not is_a_number("k7f42q9pxw", number[:place] + wrong + number[place + 1 :])
    for one in range(20):
        for other in range(one + 1, 20):
            swapped = list(number)
            swapped[one], swapped[other] = number[other], number[one]
            assert "".join(swapped) == number or not is_a_number("k7f42q9pxw", "".join(swapped))


@pytest.mark.parametrize("typed", ["", "I" * 20, "2" * 19, "2" * 21, "É" * 20])
def test_what_is_no_sheet_number_is_refused(opened, clerks, typed):
    with pytest.raises(Refusal, match=r"ballots\.sheet_number"):
        read(typed, opened.vote, clerks[0])


# the first desk


def test_a_stub_marks_the_roll_and_leaves_a_ticket_without_a_ballot(opened):
    assert stub(opened.vote, opened.codes[0], channel="phone")
    assert Entry.objects.get(state=State.PAPER).vote == Ticket.objects.get(channel="phone").vote == opened.vote.key
    assert not Waiting.objects.exists()
    assert today(opened.vote).taken == 1


def test_paper_after_the_web_is_refused_and_counted_and_the_web_ballot_stands(opened):
    vote_with(opened.vote, opened.codes[0], CHOICES)
    assert not stub(opened.vote, opened.codes[0])
    assert (Turned.objects.get().channel, Turned.objects.get().count) == ("paper", 1)
    assert Entry.objects.get(state=State.ONLINE)
    assert Waiting.objects.count() == Ticket.objects.count() == 1


def test_the_web_after_paper_is_refused_and_counted(opened):
    assert stub(opened.vote, opened.codes[0])
    with pytest.raises(Refusal, match=r"ballots\.used"):
        vote_with(opened.vote, opened.codes[0], CHOICES)
    assert Turned.objects.get().channel == "web"
    assert not Waiting.objects.exists()


def test_enter_pressed_twice_gives_the_same_answer_and_is_counted_once(opened):
    assert stub(opened.vote, opened.codes[0], "one") is stub(opened.vote, opened.codes[0], "one") is True
    assert stub(opened.vote, opened.codes[0], "two") is stub(opened.vote, opened.codes[0], "two") is False
    assert Turned.objects.get().count == 1
    assert (today(opened.vote).taken, today(opened.vote).refused) == (1, 1)


def test_another_stub_typed_on_an_older_page_gets_an_answer_of_its_own(opened):
    """A browser that went back sends the same random word with the next code."""
    vote_with(opened.vote, opened.codes[1], CHOICES)
    assert stub(opened.vote, opened.codes[0], "one")
    assert not stub(opened.vote, opened.codes[1], "one")
    assert stub(opened.vote, opened.codes[2], "one")
    assert Entry.objects.filter(state=State.PAPER).count() == Ticket.objects.filter(channel="paper").count() == 2


@pytest.mark.parametrize("once", ["one", "another"])
def test_who_is_killed_between_roll_and_box_presses_again(opened, monkeypatch, once):
    with monkeypatch.context() as broken:
        broken.setattr(casting, "put", lambda **_all: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            stub(opened.vote, opened.codes[0], "one")
    assert books(opened.vote).stubs_unsure == 1
    assert not books(opened.vote).agree
    assert stub(opened.vote, opened.codes[0], once)
    assert books(opened.vote).stubs_unsure == 0
    assert not Turned.objects.exists()


def test_who_is_killed_before_the_answer_presses_again_and_is_not_turned_away(opened, monkeypatch):
    real = casting.put

    def cut_off(**all_):
        real(**all_)
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr(casting, "put", cut_off)
        with pytest.raises(ZeroDivisionError):
            stub(opened.vote, opened.codes[0], "one")
    assert stub(opened.vote, opened.codes[0], "one")
    assert not stub(opened.vote, opened.codes[0], "a later one")


def test_an_unknown_or_replaced_code_is_refused_and_nothing_changes(opened):
    with pytest.raises(Refusal, match=r"ballots\.unknown_code"):
        stub(opened.vote, "2222-2222-2222-2222")
    Entry.objects.update(state=State.BLOCKED)
    with pytest.raises(Refusal, match=r"ballots\.blocked"):
        stub(opened.vote, opened.codes[0])
    assert not Ticket.objects.exists()
    assert not Press.objects.exists()


def test_of_the_desk_only_today_is_kept(opened):
    stub(opened.vote, opened.codes[0])
    Press.objects.update(day=timezone.localdate() - timedelta(days=1))
    stub(opened.vote, opened.codes[1])
    assert Press.objects.count() == today(opened.vote).taken == 1


# the second desk


def test_two_people_who_read_the_same_bring_the_ballot_into_the_box_under_its_number(opened, clerks):
    stub(opened.vote, opened.codes[0])
    number = new_number(opened.vote.key)
    assert read(grouped(number), opened.vote, clerks[0]).state == "once"
    assert read(number, opened.vote, clerks[1]).state == "accepted"
    assert Waiting.objects.get().tracker == number
    assert books(opened.vote).agree


def test_until_it_is_accepted_what_was_typed_is_sealed_and_then_it_is_gone(opened, clerks):
    stub(opened.vote, opened.codes[0])
    number = new_number(opened.vote.key)
    read(number, opened.vote, clerks[0])
    assert "grades" not in str(Sheet.objects.values())
    assert len(Sheet.objects.get().first) > 500
    read(number, opened.vote, clerks[1], once="press")
    sheet = Sheet.objects.get()
    assert (sheet.first, sheet.second) == ({}, {})
    assert sheet.third == {"once": "press", "by": clerks[1].pk}


def test_nobody_types_a_sheet_twice_but_a_double_press_is_one(opened, clerks):
    number = new_number(opened.vote.key)
    read(number, opened.vote, clerks[0])
    assert read(number, opened.vote, clerks[0]).state == "once"
    with pytest.raises(Refusal, match=r"ballots\.sheet_yours"):
        read(number, opened.vote, clerks[0], OTHER)


@pytest.mark.parametrize("other", [{"choices": OTHER}, {"area": "Kamp"}])
def test_what_differs_goes_to_a_third_who_is_neither_of_the_two(opened, clerks, other):
    stub(opened.vote, opened.codes[0])
    number = new_number(opened.vote.key)
    read(number, opened.vote, clerks[0])
    assert read(number, opened.vote, clerks[1], **other).state == "different"
    assert pile(opened.vote, clerks[2]).different == 1
    for typist in clerks[:2]:
        with pytest.raises(Refusal, match=r"ballots\.sheet_yours"):
            decide(vote=opened.vote, number=number, typed=Typed("", CHOICES), by=typist)
    with pytest.raises(Refusal, match=r"ballots\.sheet_differs"):
        read(number, opened.vote, clerks[2])
    done = decide(vote=opened.vote, number=number, typed=Typed("", CHOICES), by=clerks[2], once="press")
    again = decide(vote=opened.vote, number=number, typed=Typed("", CHOICES), by=clerks[2], once="press")
    assert done.state == again.state == "accepted"
    assert Waiting.objects.count() == 1


def test_a_sheet_number_counts_once(opened, clerks):
    for code in opened.codes[:2]:
        stub(opened.vote, code)
    number = new_number(opened.vote.key)
    read(number, opened.vote, clerks[0])
    read(number, opened.vote, clerks[1], once="press")
    assert read(number, opened.vote, clerks[1], once="press").state == "accepted"
    for typist in clerks:
        with pytest.raises(Refusal, match=r"ballots\.sheet_twice"):
            read(number, opened.vote, typist, once="other press")
    assert Waiting.objects.count() == 1


def test_no_more_sheets_than_stubs(opened, clerks):
    number = new_number(opened.vote.key)
    read(number, opened.vote, clerks[0])
    with pytest.raises(Refusal, match=r"ballots\.more_sheets"):
        read(number, opened.vote, clerks[1])
    assert Sheet.objects.get().state == "once"
    stub(opened.vote, opened.codes[0])
    assert read(number, opened.vote, clerks[1]).state == "accepted"


def test_a_sheet_that_cannot_be_read_is_a_blank_ballot_when_two_people_say_so(opened, clerks):
    stub(opened.vote, opened.codes[0])
    number = new_number(opened.vote.key)
    blank = {"grades": {}, "priorities": []}
    type_in(vote=opened.vote, number=number, typed=Typed("", blank, spoilt=True), by=clerks[0])
    assert read(number, opened.vote, clerks[1], blank).state == "different"


# sealing waits for paper


def test_paper_of_the_last_day_comes_in_until_the_box_is_sealed(opened, clerks, bram):
    vote = end(opened.vote)
    assert stub(vote, opened.codes[0])
    number = new_number(vote.key)
    read(number, vote, clerks[0])
    read(number, vote, clerks[1])
    sealed = seal(vote=vote, by=bram)
    for act in (lambda: stub(sealed, opened.codes[1]), lambda: read(new_number(vote.key), sealed, clerks[0])):
        with pytest.raises(Refusal, match=r"ballots\.no_paper"):
            act()
    assert published(sealed).agree
    assert published(sealed).about == {**{f"grade:{n}": 1 for n in range(1, 6)}, "priority": 2}


def test_without_paper_the_box_seals_itself_at_once(opened):
    vote_with(opened.vote, opened.codes[0], CHOICES)
    end(opened.vote)
    tick()
    assert Vote.objects.get().sealed_at


def test_the_box_waits_for_the_letter_box_and_longer_for_a_sheet_that_is_missing(opened):
    Vote.objects.update(paper=True)
    type(opened.step).objects.update(opens=timezone.now() - timedelta(days=20))
    vote = end(opened.vote)
    tick()
    assert Vote.objects.get().sealed_at is None
    closed = vote.step.closes
    assert seals_itself_at(closed, paper=False, missing=False) == closed
    assert seals_itself_at(closed, paper=True, missing=False) == closed + timedelta(days=3)
    assert seals_itself_at(closed, paper=True, missing=True) == closed + timedelta(days=7)
    stub(vote, opened.codes[0])
    type(vote.step).objects.update(closes=timezone.now() - timedelta(days=6, hours=23))
    tick()
    assert Vote.objects.get().sealed_at is None
    type(vote.step).objects.update(closes=timezone.now() - timedelta(days=7))
    tick()
    assert Vote.objects.get().sealed_at
    assert published(vote).sheets_missing == 1
    assert not published(vote).agree


# at once


@pytest.mark.django_db(transaction=True)
def test_at_two_desks_at_once_one_stub_comes_in_and_one_is_turned_away(process, bram):
    opened = open_vote(process, bram)
    outcome = at_once(*[lambda: stub(opened.vote, opened.codes[0]) for _n in range(2)])
    assert sorted(outcome) == [False, True]
    assert (Ticket.objects.count(), Turned.objects.get().count) == (1, 1)
    assert books(opened.vote).stubs_unsure == 0


@pytest.mark.django_db(transaction=True)
def test_the_same_press_twice_at_once_is_one(process, bram):
    opened = open_vote(process, bram)
    assert at_once(*[lambda: stub(opened.vote, opened.codes[0], "one") for _n in range(2)]) == [True, True]
    assert not Turned.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_people_who_type_a_sheet_at_once_are_first_and_second(process, bram, clerks):
    opened = open_vote(process, bram)
    stub(opened.vote, opened.codes[0])
    number = new_number(opened.vote.key)
    states = at_once(*[lambda by=by: read(number, opened.vote, by).state for by in clerks[:2]])
    assert sorted(states) == ["accepted", "once"]
    assert Waiting.objects.count() == 1
