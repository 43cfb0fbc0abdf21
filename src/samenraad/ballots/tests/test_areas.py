"""A rare neighbourhood on a slip would bind the slips of a ballot together."""

import pytest
from django.db import IntegrityError, transaction

from samenraad.ballots.actions.areas import blend
from samenraad.ballots.actions.freezing import freeze
from samenraad.ballots.actions.sealing import seal
from samenraad.ballots.box.models import Slip
from samenraad.ballots.scripted import cast_many, roll_of
from samenraad.ballots.testing import end, make_vote


@pytest.fixture
def closed(process, bram):
    """`closed({"Noord": 3})`: a vote that is over, with so many ballots per neighbourhood of sixty people."""

    def make(ballots):
        vote = make_vote(process, bram)
        codes = roll_of(vote, [(area, 60) for area in ballots])
        vote = freeze(vote=vote, by=bram)
        cast_many(vote, [(code, {}) for area, number in ballots.items() for code in codes[area][:number]])
        return seal(vote=end(vote), by=bram)

    return make


def names(vote):
    return set(Slip.objects.filter(vote=vote.key).values_list("area", flat=True))


def test_a_neighbourhood_with_a_single_ballot_has_no_name_and_takes_another_along(closed):
    """Noord had 1 ballot: alone without a name it would be as rare as before, so the next smallest joins."""
    assert names(closed({"Noord": 1, "Zuid": 25, "West": 40})) == {"", "West"}


def test_neighbourhoods_with_enough_ballots_keep_their_names(closed):
    assert names(closed({"Zuid": 20, "West": 40})) == {"Zuid", "West"}


def test_several_small_ones_together_are_enough(closed):
    vote = closed({"Noord": 12, "Oost": 9, "West": 40})
    assert names(vote) == {"", "West"}
    assert blend(vote=vote) == []


def test_nothing_else_of_a_slip_can_be_altered(closed):
    closed({"West": 20})
    with pytest.raises(IntegrityError), transaction.atomic(using="box"):
        Slip.objects.update(value="3")
    with pytest.raises(IntegrityError), transaction.atomic(using="box"):
        Slip.objects.update(area="Zuid")
