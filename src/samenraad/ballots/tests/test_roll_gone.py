"""On its day the roll is destroyed: the numbers stay, and the list that was public."""

from datetime import timedelta

import pytest
from django.utils import timezone

from samenraad.ballots.actions import roll_gone
from samenraad.ballots.models import Load, Vote
from samenraad.ballots.queries import roll as queries
from samenraad.ballots.roll.models import Entry
from samenraad.ballots.room import card
from samenraad.ballots.rules.tree import root_of
from samenraad.ballots.testing import make_vote, vote_with
from samenraad.ballots.tests.rolling import frozen_with_letters, letters_of, people
from samenraad.ledger.models import Entry as Note
from samenraad.post.models import Message
from samenraad.refusals import Refusal


@pytest.fixture
def counted(process, bram):
    vote = frozen_with_letters(make_vote(process, bram), bram, people(120, ("Oud-Linden", "De Kamp")))
    for letter in letters_of(vote)[:25]:
        vote_with(vote, letter.extra["code"])
    now = timezone.now()
    Vote.objects.filter(pk=vote.pk).update(sealed_at=now, counted_at=now, seed="66")
    return Vote.objects.select_related("step__process").get(pk=vote.pk)


def test_the_roll_goes_ninety_days_after_the_count_and_not_before(counted):
    today = timezone.localdate()
    assert roll_gone.destroy_due(today + timedelta(days=89)) == 0
    assert Entry.objects.count() == 120
    assert roll_gone.destroy_due(today + timedelta(days=90)) == 1
    assert roll_gone.destroy_due(today + timedelta(days=91)) == 0
    assert not Entry.objects.exists()


def test_the_numbers_and_the_public_list_stay(counted):
    before, lines = queries.figures(counted), list(queries.roll_lines(counted))
    gone = roll_gone.destroy(vote=counted, by=None)
    assert queries.figures(gone) == before
    assert (before.online, before.unused) == (25, 95)
    assert list(queries.roll_lines(gone)) == lines
    assert root_of([bytes.fromhex(leaf) for leaf in lines]).hex() == gone.roll_root
    assert not queries.halfway(gone).exists()


def test_the_clock_throws_the_public_list_of_a_destroyed_roll_away_never(counted):
    lines = list(queries.roll_lines(counted))
    gone = roll_gone.destroy(vote=counted, by=None)
    card.tick(timezone.localdate() + timedelta(days=30))
    assert list(queries.roll_lines(gone)) == lines


def test_the_addresses_on_the_letters_go_with_it(counted):
    roll_gone.destroy(vote=counted, by=None)
    assert Message.objects.count() == 120
    assert not any(letter.address or letter.body or letter.extra for letter in Message.objects.all())
    assert "Touwbaan" not in str(list(Note.objects.values_list("facts", flat=True)))


def test_who_was_cut_off_in_between_keeps_the_numbers(counted, monkeypatch):
    before = queries.figures(counted)
    with monkeypatch.context() as broken:
        broken.setattr(roll_gone, "swept", lambda *_all: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            roll_gone.destroy(vote=counted, by=None)
    assert queries.figures(roll_gone.destroy(vote=counted, by=None)) == before
    assert Load.objects.filter(kind=Load.Kind.PUBLIC).count() == 1


def test_before_the_count_nothing_is_destroyed_and_afterwards_no_day_is_chosen(counted, bram):
    gone = roll_gone.destroy(vote=counted, by=None)
    with pytest.raises(Refusal, match=r"ballots\.roll_gone"):
        roll_gone.keep_days(vote=gone, days=5, by=bram)
    counted.counted_at = None
    with pytest.raises(Refusal, match=r"ballots\.not_counted"):
        roll_gone.destroy(vote=counted, by=None)
