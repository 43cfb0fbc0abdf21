"""A letter got lost: another code, in public, and never two ballots."""

import json

import pytest

from samenraad.ballots.actions import casting, codes_lost
from samenraad.ballots.actions.freezing import freeze
from samenraad.ballots.actions.stubs import take_in
from samenraad.ballots.box.models import Line, Ticket, Waiting
from samenraad.ballots.queries import roll as queries
from samenraad.ballots.queries.books import books
from samenraad.ballots.roll.models import Entry
from samenraad.ballots.rules.board import roll_leaf
from samenraad.ballots.testing import end, make_vote, vote_with
from samenraad.ballots.tests.rolling import letters_of, people, read_in
from samenraad.refusals import Refusal
from samenraad.testing import at_once

State = Entry.State
NUMBER = "A0000003"


@pytest.fixture
def vote(process, bram):
    made = make_vote(process, bram)
    read_in(made, bram, people(60))
    return freeze(vote=made, by=bram)


def code_of(vote, number=NUMBER):
    """The code in somebody's letter, as only the test can know it."""
    from samenraad.ballots.actions.letters import begin
    from samenraad.ballots.tests.rolling import done

    if vote.envelopes.exists():
        done(begin(vote=vote, by=None))
    name = f"Inwoner {int(number[1:])}"
    return next(one.extra["code"] for one in letters_of(vote) if one.address["name"] == name)


def code_lines(vote):
    return [json.loads(line.text) for line in Line.objects.filter(vote=vote.key, kind="code").order_by("number")]


def test_the_lost_code_is_blocked_and_the_new_one_works(vote, bram):
    lost = code_of(vote)
    area, code = codes_lost.replace(vote=vote, number=NUMBER, seen=1, by=bram)
    with pytest.raises(Refusal, match=r"ballots\.blocked"):
        vote_with(vote, lost)
    assert vote_with(vote, code)
    assert area == ""  # of 30 people: it went together with the others
    assert books(vote).blocked == 1


def test_the_board_says_which_marks_went_and_came_and_nothing_about_whom(vote, bram):
    lost = Entry.objects.get(digest=codes_lost.given(vote, NUMBER)[0].digest)
    codes_lost.replace(vote=vote, number=NUMBER, seen=1, by=bram)
    fresh = Entry.objects.get(later=True)
    [told] = code_lines(vote)
    assert told["blocked"] == roll_leaf(vote.key, lost.digest)
    assert told["added"] == roll_leaf(vote.key, fresh.digest)
    assert set(told) == {"n", "vote", "prev", "kind", "day", "blocked", "added"}
    assert set(queries.roll_lines(vote)) >= {told["blocked"], told["added"]}
    assert queries.figures(vote).codes == vote.entitled == 60


def test_a_code_on_which_a_ballot_came_in_is_not_replaced(vote, bram):
    vote_with(vote, code_of(vote))
    with pytest.raises(Refusal, match=r"ballots\.lost_used"):
        codes_lost.replace(vote=vote, number=NUMBER, seen=1, by=bram)
    with pytest.raises(Refusal, match=r"ballots\.lost_used"):
        codes_lost.replace_code(vote=vote, code=code_of(vote), by=bram)
    assert not code_lines(vote)


def test_who_presses_twice_gets_one_new_code(vote, bram):
    codes_lost.replace(vote=vote, number=NUMBER, seen=1, by=bram)
    with pytest.raises(Refusal, match=r"ballots\.replaced_meanwhile"):
        codes_lost.replace(vote=vote, number=NUMBER, seen=1, by=bram)
    codes_lost.replace(vote=vote, number=NUMBER, seen=2, by=bram)
    assert Entry.objects.filter(later=True).count() == len(code_lines(vote)) == 2
    assert Entry.objects.filter(state=State.BLOCKED).count() == 2


def test_a_number_that_is_not_on_the_list_is_refused(vote, bram):
    for number in ("A9999999", "", "   "):
        with pytest.raises(Refusal, match=r"ballots\.unknown_number"):
            codes_lost.replace(vote=vote, number=number, seen=0, by=bram)


def test_before_the_roll_is_fixed_and_after_the_vote_nothing_is_replaced(process, vote, bram):
    with pytest.raises(Refusal, match=r"ballots\.closed"):
        codes_lost.replace(vote=end(vote), number=NUMBER, seen=1, by=bram)
    vote.frozen_at = None
    with pytest.raises(Refusal, match=r"ballots\.not_frozen"):
        codes_lost.replace(vote=vote, number=NUMBER, seen=1, by=bram)


def test_a_code_marked_as_used_without_a_ballot_can_be_replaced_by_who_knows_it(vote, bram, monkeypatch):
    """Somebody was cut off between roll and box. By the number nobody knows whether a ballot came; by the code the box
    can be asked."""
    lost = code_of(vote)
    with monkeypatch.context() as broken:
        broken.setattr(casting, "put", lambda **_all: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            vote_with(vote, lost)
    assert books(vote).unsure == 1
    with pytest.raises(Refusal, match=r"ballots\.lost_used"):
        codes_lost.replace(vote=vote, number=NUMBER, seen=1, by=bram)
    fresh = codes_lost.replace_code(vote=vote, code=lost, by=bram)
    assert vote_with(vote, fresh)
    assert books(vote).agree
    assert (books(vote).unsure, books(vote).in_box_paper) == (0, 0)


def test_who_votes_while_a_code_is_half_replaced_is_refused_and_the_books_stay_right(vote, bram, monkeypatch):
    """Who replaced it was cut off after the box was shut for it. By the number it can be done after all."""
    lost = code_of(vote)
    with monkeypatch.context() as broken:
        broken.setattr(codes_lost, "_exchange", lambda *_all: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            codes_lost.replace_code(vote=vote, code=lost, by=bram)
    with pytest.raises(Refusal, match=r"ballots\.blocked"):
        vote_with(vote, lost)
    with pytest.raises(Refusal, match=r"ballots\.blocked"):
        take_in(vote=vote, code=lost, once="one")
    assert books(vote).agree
    assert not books(vote).turned
    _area, fresh = codes_lost.replace(vote=vote, number=NUMBER, seen=1, by=bram)
    assert vote_with(vote, fresh)


def test_a_ballot_that_was_under_way_finds_its_ticket_taken(vote, bram):
    """It looked at the roll before the code was replaced, and comes to the box after it."""
    lost = code_of(vote)
    Entry.objects.filter(digest=codes_lost.digest_of(vote, lost)).update(state=State.ONLINE)
    codes_lost.replace_code(vote=vote, code=lost, by=bram)
    ticket = casting.codes.ticket(lost, vote.key, casting.settings.BOX_KEY)
    assert not casting.put(vote=vote, digest=ticket, ballot=None, area="")
    assert Entry.objects.get(digest=codes_lost.digest_of(vote, lost)).state == State.BLOCKED


def test_who_was_cut_off_before_the_board_knew_is_told_there_later(vote, bram, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(codes_lost.boards, "append", lambda **_all: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            codes_lost.replace(vote=vote, number=NUMBER, seen=1, by=bram)
    assert not code_lines(vote)
    assert codes_lost.tell(vote=vote) == 1
    assert codes_lost.tell(vote=vote) == 0
    assert [{"blocked", "added"} <= set(line) for line in code_lines(vote)] == [True]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_ballot_and_a_replacement_at_once_are_one_of_the_two(process, bram):
    """Whoever is first: a ballot and the old code, or no ballot and a new code. Never both."""
    made = make_vote(process, bram)
    read_in(made, bram, people(60))
    vote = freeze(vote=made, by=bram)
    for one in range(20):
        number = f"A{one:07}"
        lost = code_of(vote, number)
        by_number = lambda number=number: codes_lost.replace(vote=vote, number=number, seen=1, by=bram)  # noqa: E731
        by_code = lambda lost=lost: codes_lost.replace_code(vote=vote, code=lost, by=bram)  # noqa: E731
        acts = [lambda lost=lost: vote_with(vote, lost), by_code if one % 2 else by_number]
        ballot, fresh = at_once(*acts)
        refused = "ballots." in str(fresh), "ballots." in str(ballot)
        assert refused in [(True, False), (False, True)], (ballot, fresh)
        assert codes_lost.given(vote, number)[0].state == (State.ONLINE if refused[0] else State.UNUSED)
    found = books(vote)
    assert found.unsure == 0
    assert Waiting.objects.count() == Ticket.objects.filter(vote=vote.key).count() == found.online


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_desks_at_once_give_out_one_code(process, bram):
    made = make_vote(process, bram)
    read_in(made, bram, people(60))
    vote = freeze(vote=made, by=bram)
    for one in range(10):
        number = f"A{one:07}"
        act = lambda number=number: codes_lost.replace(vote=vote, number=number, seen=1, by=bram)  # noqa: E731
        found = at_once(act, act)
        assert found.count("ballots.replaced_meanwhile") == 1
    assert Entry.objects.filter(later=True).count() == 10
    assert len(code_lines(vote)) == 10
