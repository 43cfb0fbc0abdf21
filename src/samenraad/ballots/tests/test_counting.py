"""First the seed, then the count; once, and on the board."""

import json
from hashlib import sha256

import pytest

from samenraad.ballots.actions.counting import count, enter_seed
from samenraad.ballots.actions.sealing import seal
from samenraad.ballots.box.models import Line
from samenraad.ballots.models import Vote
from samenraad.ballots.testing import end, make_vote, open_vote, vote_with
from samenraad.ledger.models import Entry
from samenraad.refusals import Refusal
from samenraad.testing import at_once

CHOICES = {"grades": {"1": 3, "2": "none"}, "priorities": ["1"]}
HOW = "thrown by three councillors"


def over(opened, bram, ballots=22):
    for code in opened.codes[:ballots]:
        vote_with(opened.vote, code, CHOICES)
    return seal(vote=end(opened.vote), by=bram)


def test_the_seed_stands_on_the_board_before_the_count(opened, bram):
    sealed = over(opened, bram)
    seeded = enter_seed(vote=sealed, seed=" 4  1 6\n2 ", how=HOW, by=bram)
    counted = count(vote=seeded, by=bram)
    lines = [json.loads(line.text) for line in Line.objects.order_by("number")]
    assert [line["kind"] for line in lines] == ["open", "batch", "close", "seed", "result"]
    assert (lines[3]["seed"], lines[3]["how"]) == ("4 1 6 2", HOW)
    assert lines[4]["sha256"] == sha256(counted.result.encode()).hexdigest()
    assert json.loads(counted.result)["options"]["1"]["grades"] == [0, 0, 0, 22]


def test_the_same_seed_twice_is_one_seed_and_another_one_is_refused(opened, bram):
    enter_seed(vote=opened.vote, seed="4 1 6 2", how=HOW, by=bram)
    enter_seed(vote=opened.vote, seed="4 1 6 2", how=HOW, by=bram)
    with pytest.raises(Refusal, match=r"ballots\.seed_stands"):
        enter_seed(vote=opened.vote, seed="1 1 1 1", how=HOW, by=bram)
    assert Line.objects.filter(kind="seed").count() == Entry.objects.filter(act="ballots.seeded").count() == 1


def test_a_seed_needs_words_a_story_and_fixed_rules(opened, process, bram):
    for seed, how in (("", HOW), ("  ", HOW), ("4 1", " ")):
        with pytest.raises(Refusal, match=r"ballots\.no_seed"):
            enter_seed(vote=opened.vote, seed=seed, how=how, by=bram)
    with pytest.raises(Refusal, match=r"ballots\.not_frozen"):
        enter_seed(vote=make_vote(process, bram), seed="4 1", how=HOW, by=bram)


def test_nothing_is_counted_before_the_box_is_sealed_or_without_a_seed(opened, bram):
    with pytest.raises(Refusal, match=r"ballots\.not_sealed"):
        count(vote=enter_seed(vote=opened.vote, seed="4 1", how=HOW, by=bram), by=bram)
    Vote.objects.update(seed="")
    with pytest.raises(Refusal, match=r"ballots\.seed_first"):
        count(vote=over(opened, bram), by=bram)


def test_counting_twice_is_counting_once(opened, bram):
    seeded = enter_seed(vote=over(opened, bram), seed="4 1", how=HOW, by=bram)
    first = count(vote=seeded, by=bram)
    assert count(vote=seeded, by=bram).counted_at == count(vote=first, by=bram).counted_at == first.counted_at
    assert Line.objects.filter(kind="result").count() == Entry.objects.filter(act="ballots.counted").count() == 1


def test_who_was_cut_off_after_the_board_finds_the_line_there(opened, bram):
    seeded = enter_seed(vote=over(opened, bram), seed="4 1", how=HOW, by=bram)
    Vote.objects.update(seed="", seed_how="")
    assert enter_seed(vote=seeded, seed="4 1", how="otherwise told", by=bram).seed_how == HOW
    first = count(vote=seeded, by=bram)
    Vote.objects.update(result="", counted_at=None)
    assert count(vote=Vote.objects.get(), by=bram).result == first.result
    assert Line.objects.filter(kind__in=["seed", "result"]).count() == 2


def test_an_empty_box_gives_an_empty_result(opened, bram):
    seeded = enter_seed(vote=over(opened, bram, 0), seed="4 1", how=HOW, by=bram)
    result = json.loads(count(vote=seeded, by=bram).result)
    assert (result["ballots"], result["winner"], result["shared"]) == (0, None, [])


@pytest.mark.django_db(transaction=True)
def test_two_who_count_at_once_count_once(process, bram):
    opened = open_vote(process, bram)
    seeded = enter_seed(vote=over(opened, bram, 3), seed="4 1", how=HOW, by=bram)
    at_once(*[lambda: count(vote=Vote.objects.get(pk=seeded.pk), by=bram) for _n in range(4)], workers=4)
    assert Line.objects.filter(kind="result").count() == 1
