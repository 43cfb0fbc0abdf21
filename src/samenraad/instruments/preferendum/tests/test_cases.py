"""Votes that were held, replayed: docs/instruments/preferendum-cases.md."""

import json
from collections import Counter
from fractions import Fraction

import pytest

from samenraad.ballots.actions.counting import count as count_vote
from samenraad.ballots.actions.counting import enter_seed
from samenraad.ballots.actions.sealing import seal
from samenraad.ballots.roll.models import Entry, Turned
from samenraad.ballots.rules.codes import new_code
from samenraad.ballots.testing import end, open_vote, vote_with
from samenraad.instruments.preferendum.rules.counting import count
from samenraad.instruments.preferendum.tests.recounting import rules_for
from samenraad.refusals import Refusal

#: M. Rosema's evaluation: on the roll, valid, and the turnout that was expected; the rest is derived from 77 %
ENTITLED, VALID, EXPECTED = 18_923, 6_055, "3/10"
PLAN_B, OTHERS = 4_662, (697, 696)

#: De Sillestraat, 2017: codes, votes that came in, without a valid code, and the published outcome
CODES, CAME_IN, INVALID, OUTCOME = 295, 144, 4, (64, 72)


def test_duiven_reached_what_it_expected_and_chose_plan_b():
    """R276: 32.0 % came where 30 % was expected; 77.0 % chose plan B."""
    rules = rules_for("choose", "plurality", 3, entitled=ENTITLED, expected=EXPECTED, approval="")
    slips = Counter({("choice", "1", ""): OTHERS[0], ("choice", "2", ""): PLAN_B, ("choice", "3", ""): OTHERS[1]})
    result = count(slips, VALID, rules, "goose")
    turnout = result["quorums"]["turnout"]
    assert (turnout["met"], turnout["needed"]) == (True, 5_677)
    assert round(float(Fraction(turnout["share"])), 3) == 0.320
    assert result["winner"] == "2"
    assert round(float(Fraction(result["options"]["2"]["share"])), 3) == 0.770


def test_duiven_had_less_than_a_quarter_of_everybody_for_plan_b():
    """A turnout and an approval quorum can say different things of the same vote."""
    rules = rules_for("choose", "plurality", 3, entitled=ENTITLED, expected=EXPECTED, approval="1/4")
    slips = Counter({("choice", "1", ""): OTHERS[0], ("choice", "2", ""): PLAN_B, ("choice", "3", ""): OTHERS[1]})
    assert count(slips, VALID, rules, "goose")["quorums"]["approval"]["2"]["met"] is False


def arrivals(codes, first):
    """All that came in: one vote of each of 136 codes, second votes on two codes, two more on a third, four without a
    code that exists. The last vote of every code together gives the published outcome; `first` is what the three codes
    said the first time, which was not published."""
    last = ["1"] * OUTCOME[0] + ["2"] * OUTCOME[1]
    again = {codes[0]: 1, codes[1]: 1, codes[-1]: 2}
    votes = [(code, first if code in again else choice) for code, choice in zip(codes, last, strict=True)]
    votes += [(code, dict(zip(codes, last, strict=True))[code]) for code, times in again.items() for _n in range(times)]
    return votes + [(new_code(), "1") for _n in range(INVALID)]


@pytest.mark.parametrize("first", ["1", "2"])
def test_sillestraat_has_as_many_valid_votes_when_the_first_counts_and_the_same_outcome(process, bram, first):
    """There the last vote on a code counted; here the first one does, and the others are refused and counted."""
    opened = open_vote(process, bram, {"": CODES}, titles=("Plan 1", "Plan 2"), ballot="choose", rule="plurality")
    came = arrivals(opened.codes[: sum(OUTCOME)], first)
    refused = Counter(_refused(opened.vote, code, choice) for code, choice in came)
    assert len(came) == CAME_IN
    assert refused == {"": 136, "ballots.used": 4, "ballots.unknown_code": INVALID}
    assert Turned.objects.get().count == 4
    assert Entry.objects.exclude(state=Entry.State.UNUSED).count() == 136
    result = _result(opened.vote, bram)
    votes = [result["options"][option]["votes"] for option in ("1", "2")]
    assert votes == {"1": [65, 71], "2": [62, 74]}[first]
    assert (sum(votes), result["winner"]) == (136, "2")
    assert round(float(Fraction(result["quorums"]["turnout"]["share"])), 2) == 0.46


def test_whatever_three_codes_said_first_cannot_turn_sillestraat():
    """Three ballots move the difference by six at most; it was eight."""
    assert OUTCOME[1] - OUTCOME[0] > 2 * 3


def _refused(vote, code, choice):
    try:
        vote_with(vote, code, {"choice": choice})
    except Refusal as refusal:
        return refusal.code
    return ""


def _result(vote, bram):
    sealed = seal(vote=end(vote), by=bram)
    seeded = enter_seed(vote=sealed, seed="4 1 6 2", how="dice", by=bram)
    return json.loads(count_vote(vote=seeded, by=bram).result)
