"""Two at the same moment: on one code, over two channels, and while the box is closed."""

from collections import Counter
from secrets import token_hex

import pytest
from django.conf import settings
from django.db import connections, transaction

from samenraad.ballots.actions import casting
from samenraad.ballots.actions.batches import empty
from samenraad.ballots.actions.sealing import close, seal, settle
from samenraad.ballots.box.models import Line, Slip, Ticket, Tracker, Waiting
from samenraad.ballots.models import Vote
from samenraad.ballots.queries.books import books
from samenraad.ballots.roll.models import Entry, Turned
from samenraad.ballots.rules import board, codes
from samenraad.ballots.testing import end, vote_with
from samenraad.refusals import Refusal
from samenraad.testing import at_once

pytestmark = pytest.mark.django_db(transaction=True)
CHOICES = {"grades": {"1": 3, "2": "none"}, "priorities": ["1"]}


def stub(vote, code):
    """A stub of paper comes in at the first desk."""
    return casting.accept(vote=vote, code=code, ballot=None, channel="paper")


def block(vote, code):
    """A letter was lost: only a code that nobody used can be blocked."""
    digest = codes.on_the_roll(code, vote.key, settings.ROLL_KEY)
    return Entry.objects.filter(digest=digest, state=Entry.State.UNUSED).update(state=Entry.State.BLOCKED)


def board_of(vote):
    """The lines of the board; each holds the digest of the one before it."""
    lines = list(Line.objects.filter(vote=vote.key).order_by("number"))
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    before = board.FIRST
    for line in lines:
        assert f'"prev":"{before}"' in line.text
        before = board.digest_of(line.text)
        assert line.digest == before
    return lines


@pytest.mark.parametrize("code", range(4))
def test_web_and_paper_at_once_on_one_code_are_one_ballot(opened, code):
    vote, code = opened.vote, opened.codes[code]
    outcome = at_once(*[lambda: vote_with(vote, code, CHOICES), lambda: stub(vote, code)] * 3)
    assert Ticket.objects.count() == 1
    came_in = Ticket.objects.get().channel
    assert Waiting.objects.count() == (came_in == "web")
    assert outcome.count(True) == (came_in != "web"), "one stub was taken in, if it was first"
    marked = Entry.objects.exclude(state=Entry.State.UNUSED).get()
    assert marked.state == (Entry.State.ONLINE if came_in == "web" else Entry.State.PAPER)
    assert books(vote).unsure == 0


@pytest.mark.parametrize("number", range(4))
def test_a_code_that_is_blocked_while_somebody_votes_gives_a_ballot_or_is_blocked(opened, number):
    vote, code = opened.vote, opened.codes[number]
    cast, blocked = at_once(lambda: vote_with(vote, code, CHOICES), lambda: block(vote, code))
    assert (cast == "ballots.blocked") == bool(blocked)
    found = books(vote)
    assert (found.online, found.in_box_online, found.blocked) == ((0, 0, 1) if blocked else (1, 1, 0))


def test_the_same_ballot_sent_twice_at_once_has_one_receipt(opened):
    seed = token_hex(32)
    receipts = at_once(*[lambda: vote_with(opened.vote, opened.codes[0], CHOICES, seed)] * 6)
    assert len(set(receipts)) == 1
    assert not Turned.objects.exists(), "who pressed twice did not vote twice"


def test_who_was_cut_off_on_one_channel_and_comes_by_the_other_is_taken_in_once(opened, monkeypatch):
    """The roll says online, the box took paper: the roll follows the box."""
    with monkeypatch.context() as broken:
        broken.setattr(casting, "put", lambda **_all: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            vote_with(opened.vote, opened.codes[0], CHOICES)
    assert stub(opened.vote, opened.codes[0])
    found = books(opened.vote)
    assert (found.online, found.paper, found.in_box_paper) == (0, 1, 1)
    with pytest.raises(Refusal, match=r"ballots\.used"):
        vote_with(opened.vote, opened.codes[0], CHOICES)


def test_a_ballot_that_comes_in_while_the_box_closes_is_in_it_or_is_refused(opened, bram):
    """The page was sent in time; the box was closed meanwhile. A receipt is for a ballot that is counted."""
    vote, cast = opened.vote, list(opened.codes[:50])
    over = end(Vote.objects.get(pk=vote.pk))
    acts = [lambda code=code: vote_with(vote, code, CHOICES) for code in cast]
    acts.insert(20, lambda: seal(vote=over, by=bram) and "sealed")
    outcome = Counter(at_once(*acts, workers=8))
    assert outcome.pop("sealed") == 1
    outcome.pop("ballots.closed", 0)
    assert set(outcome) == set(Tracker.objects.values_list("tracker", flat=True)), "a receipt is on the board"
    assert not Waiting.objects.exists()
    assert Slip.objects.count() == 7 * len(outcome)
    assert books(vote).in_box_online == len(outcome)


def test_a_closed_box_takes_nothing_not_even_a_stub(opened):
    close(opened.vote.key)
    for act in (vote_with, stub):
        with pytest.raises(Refusal, match=r"ballots\.closed"):
            act(opened.vote, opened.codes[0])
    assert not Ticket.objects.exists()


def test_two_ticks_at_once_put_each_ballot_on_the_board_once(opened):
    for code in opened.codes:
        vote_with(opened.vote, code, CHOICES)
    gone = at_once(*[lambda: empty(vote=opened.vote)] * 4, lambda: settle(vote=opened.vote) and 0)
    assert sum(gone) == len(opened.codes) - Waiting.objects.count()
    assert 20 <= Waiting.objects.count() < 40
    assert Tracker.objects.count() == sum(gone)
    assert Slip.objects.count() == 7 * sum(gone)
    board_of(opened.vote)


def test_two_who_seal_at_once_close_the_board_once(opened, bram):
    for code in opened.codes[:45]:
        vote_with(opened.vote, code, CHOICES)
    over = end(opened.vote)
    at_once(*[lambda: seal(vote=Vote.objects.select_related("step__process").get(pk=over.pk), by=bram)] * 3)
    lines = board_of(over)
    assert [line.kind for line in lines].count("close") == 1
    assert lines[-1].kind == "close"
    assert Tracker.objects.count() == 45
    assert books(over).agree


@pytest.mark.parametrize("broken", ["rewrite", "books", "note"])
def test_sealing_that_was_cut_off_goes_on_where_it_was(opened, bram, monkeypatch, broken):
    """Before the tables were written anew, after it, and between the last line of the board and our own note of it."""
    from samenraad.ballots.actions import sealing, wiping

    for code in opened.codes[:25]:
        vote_with(opened.vote, code, CHOICES)
    over = end(opened.vote)
    with monkeypatch.context() as cut:
        cut.setattr(wiping if broken == "rewrite" else sealing, broken, lambda *_all, **_more: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            seal(vote=over, by=bram)
    assert Vote.objects.get(pk=over.pk).sealed_at is None
    assert seal(vote=Vote.objects.select_related("step__process").get(pk=over.pk), by=bram).sealed_at
    assert [line.kind for line in board_of(over)].count("close") == 1
    assert (Tracker.objects.count(), Slip.objects.count(), books(over).agree) == (25, 175, True)


def test_somebody_who_reads_for_long_does_not_stop_the_voters(opened, monkeypatch):
    """Then no order can be wiped out: the tick gives up, says so, and tries again the next minute."""
    from samenraad.ballots.actions import wiping

    monkeypatch.setattr(wiping, "PATIENCE", "200ms")
    for code in opened.codes:
        vote_with(opened.vote, code, CHOICES)
    reader = connections["box"].copy("reader")
    with reader.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT COUNT(*) FROM box_waiting")
        cursor.fetchall()
        assert empty(vote=opened.vote) >= 20
        assert not settle(vote=opened.vote)
        cursor.execute("ROLLBACK")
    reader.close()
    assert settle(vote=opened.vote)
    assert not settle(vote=opened.vote), "once an hour"


def test_somebody_who_reads_for_long_does_not_stop_the_voters_of_another_vote_while_one_is_sealed(
    opened, bram, monkeypatch
):
    """Who seals gives up after a while, because everybody waits behind it; the next tick seals."""
    from samenraad.ballots.actions import wiping

    monkeypatch.setattr(wiping, "LONGER", "200ms")
    for code in opened.codes:
        vote_with(opened.vote, code, CHOICES)
    over, reader = end(opened.vote), connections["box"].copy("reader")
    with reader.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT COUNT(*) FROM box_ticket")
        cursor.fetchall()
        with pytest.raises(Refusal, match=r"ballots\.busy"):
            seal(vote=over, by=bram)
        cursor.execute("ROLLBACK")
    reader.close()
    assert seal(vote=over, by=bram).sealed_at
    assert books(over).agree


def test_a_second_ballot_leaves_no_failed_statement_behind(opened):
    """A database writes a statement that failed into its log, with the hour: then the log would say when who voted."""
    vote, code = opened.vote, opened.codes[0]
    vote_with(vote, code, CHOICES)
    digest = codes.ticket(code, vote.key, settings.BOX_KEY)
    with transaction.atomic(using="box"):
        assert not casting.put(vote=vote, digest=digest, ballot=None, area="")
        assert Ticket.objects.count() == 1, "the transaction goes on"
