"""A rare neighbourhood on a slip would bind the slips of a ballot together."""

from collections import Counter
from secrets import token_hex

import pytest
from django.db import IntegrityError, transaction

from samenraad.ballots.actions.areas import blend
from samenraad.ballots.actions.batches import empty
from samenraad.ballots.actions.freezing import freeze
from samenraad.ballots.actions.sealing import seal
from samenraad.ballots.box.models import Slip
from samenraad.ballots.papers import paper_of
from samenraad.ballots.queries.counted import counted
from samenraad.ballots.rules.slips import torn
from samenraad.ballots.scripted import cast_many, roll_of
from samenraad.ballots.testing import end, make_vote, vote_with


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


def test_the_name_of_a_neighbourhood_does_not_hold_a_ballot_together(process, bram):
    """Of the ballots that go into the box together few are from Noord: by batch and name their slips were ballots. So
    names change places, in each batch and once more when the box is sealed; no figure changes."""
    vote = make_vote(process, bram)
    codes = roll_of(vote, [("Noord", 60), ("Zuid", 400)])
    vote = freeze(vote=vote, by=bram)
    noord, zuid, ballots = iter(codes["Noord"]), iter(codes["Zuid"]), []
    for place in range(250):
        choices, seed = {"grades": {"1": place % 2}, "priorities": ["1"]}, token_hex(32)
        vote_with(vote, next(zuid) if place % 10 else next(noord), choices, seed)
        paper = paper_of(vote.step)
        ballots.append(torn(vote.key, paper.answers(paper.clean(choices)), seed).commitments)
        if place == 150:
            empty(vote=vote)
    empty(vote=vote, last=True)
    before = counted(vote)
    for _each in ("while it is open", "sealed"):
        of_noord = _of_noord(ballots)
        assert sum(of_noord.values()) == 7 * 25
        assert max(of_noord.values()) < 7
        assert len(of_noord) > 60
        seal(vote=end(vote), by=bram)
    assert counted(vote) == before


def _of_noord(ballots):
    """Of each ballot that has any, how many of its slips say Noord."""
    noord = set(Slip.objects.filter(area="Noord").values_list("commitment", flat=True))
    return Counter({place: n for place, ballot in enumerate(ballots) if (n := len(noord & set(ballot)))})


def test_nothing_else_of_a_slip_can_be_altered(closed):
    closed({"West": 20})
    with pytest.raises(IntegrityError), transaction.atomic(using="box"):
        Slip.objects.update(value="3")
    with pytest.raises(IntegrityError), transaction.atomic(using="box"):
        Slip.objects.update(area="Zuid")
