"""What may not change an outcome does not, and what should does. Cases from papers, by hand."""

from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
import pytest

from samenraad.methods import tally
from samenraad.methods.tally.explain.abstention import abstention, without_each
from samenraad.methods.tally.tests import oracle
from samenraad.refusals import Refusal

SEED = "Three hats and a goose"
RULES = (
    tally.plurality,
    tally.borda,
    tally.modified_borda,
    tally.condorcet,
    tally.schulze,
    tally.ranked_pairs,
    tally.minimax,
    tally.irv,
    lambda ballots, seed: tally.stv(ballots, seed, seats=min(2, len(ballots.options))),
)


def votes(many, start=11):
    chance = random.Random(start)
    for _number in range(many):
        yield oracle.random_profile(chance, most_options=4)


@pytest.mark.parametrize("rule", RULES)
def test_the_order_of_ballots_and_of_options_changes_nothing(rule):
    chance = random.Random(2)
    for options, profile in votes(40):
        once = rule(tally.Ranked.of(options, profile), SEED)
        mixed, shuffled = chance.sample(options, len(options)), chance.sample(profile, len(profile))
        again = rule(tally.Ranked.of(mixed, shuffled), SEED)
        assert dict(zip(again.options, again.table, strict=True)) == dict(zip(once.options, once.table, strict=True))
        assert (again.winner, again.winners, again.elected, again.sentences()) == (
            once.winner, once.winners, once.elected, once.sentences(),
        )  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
def test_other_names_give_the_same_winners_under_those_names(rule):
    """Only the lot may fall otherwise, so what is compared is who is level before it."""
    for options, profile in votes(40):
        named = {option: f"Plan {option.upper()}" for option in options}
        renamed = [([[named[o] for o in group] for group in groups], v) for groups, v in profile]
        once = rule(tally.Ranked.of(options, profile), SEED)
        again = rule(tally.Ranked.of(named.values(), renamed), SEED)
        if once.rule != "stv":
            assert {named[o] for o in once.winners} == set(again.winners)


@pytest.mark.parametrize("rule", RULES)
def test_every_ballot_twice_or_one_by_one_gives_the_same_winners(rule):
    """Splitting a neighbourhood's count in two, or into single voters, changes nothing."""
    for options, profile in votes(40):
        single = [(groups, 1) for groups, voters in profile for _voter in range(voters)]
        once = rule(tally.Ranked.of(options, profile), SEED)
        again = rule(tally.Ranked.of(options, single), SEED)
        assert (once.table, once.winner, once.elected) == (again.table, again.winner, again.elected)


PAIRWISE = (tally.borda, tally.condorcet, tally.schulze, tally.minimax)


@pytest.mark.parametrize("rule", PAIRWISE)
def test_a_ranking_and_its_reverse_together_change_nothing(rule):
    """They cancel out in every pair: by margins and in points nothing moves."""
    kind = {"strength": "margins"} if rule in (tally.schulze, tally.minimax) else {}
    for options, profile in votes(40):
        full = [[option] for option in options]
        more = [*profile, (full, 3), (full[::-1], 3)]
        once, again = (rule(tally.Ranked.of(options, p), SEED, **kind) for p in (profile, more))
        assert once.winners == again.winners


@pytest.mark.parametrize(
    "rule", [tally.plurality, tally.borda, tally.condorcet, tally.schulze, tally.ranked_pairs, tally.minimax]
)
def test_raising_the_winner_on_a_ballot_never_harms_it(rule):
    """Monotonicity, for the rules that have it; irv and stv have not."""
    for options, profile in votes(60):
        winners = rule(tally.Ranked.of(options, profile), SEED).winners
        for winner in winners:
            groups, voters = profile[0]
            raised = [[winner], *([o for o in group if o != winner] for group in groups if group != [winner])]
            better = [([group for group in raised if group], voters), *profile[1:]]
            if len(winners) == 1:
                assert winner in rule(tally.Ranked.of(options, better), SEED).winners


def test_irv_can_punish_a_winner_for_getting_more_votes():
    """By hand: a wins; ten voters of b c a who now put a first make c win, because now b goes out and not c."""
    before = [("abc", 39), ("bca", 35), ("cab", 26)]
    after = [("abc", 49), ("bca", 25), ("cab", 26)]
    assert tally.irv(tally.Ranked.of("abc", before), SEED).winner == "a"
    assert tally.irv(tally.Ranked.of("abc", after), SEED).winner == "c"


# from papers


def test_schulze_2011_example_1():
    """M. Schulze, Social Choice and Welfare 36 (2011), section 3.1: 21 voters, the unique winner is d."""
    cast = [("acdb", 8), ("badc", 2), ("cdba", 4), ("dbac", 4), ("dcba", 3)]
    result = tally.schulze(tally.Ranked.of("abcd", cast), SEED)
    assert result.details["pairs"] == ((0, 8, 14, 10), (13, 0, 6, 2), (7, 15, 0, 12), (11, 19, 9, 0))
    assert result.details["paths"] == ((0, 14, 14, 12), (13, 0, 13, 12), (13, 15, 0, 12), (13, 19, 13, 0))
    assert result.winners == ("d",)


def test_balinski_and_laraki_2007_majority_values():
    """The lower median first; take it away, and again: {good, good, fair} reads good, fair, good."""
    assert oracle.median_list([2, 2, 1]) == [2, 1, 2]
    ballots = tally.Graded.of("ab", ["fair", "good"], [(["good", "good"], 2), (["fair", "good"], 1)])
    result = tally.majority_judgment(ballots, SEED)
    assert (result.winner, result.winners) == ("b", ("b",))


def test_condorcets_circle_has_no_winner_and_says_so():
    ballots = tally.Ranked.of("abc", [("abc", 23), ("bca", 19), ("cab", 18)])
    result = tally.condorcet(ballots, SEED)
    assert (result.winner, result.winners) == (None, ())
    assert result.sentences()[-1] == "No option beats every other one, so this rule names no winner."
    assert result.sentences("nl")[-1].startswith("Geen enkele optie wint van alle andere.")


def test_the_blanks_of_score_are_a_named_choice():
    """By hand: a has 2, 2 and nothing; b has 1, 1, 2."""
    ballots = tally.Graded.of("ab", "012", [(["2", "1"], 2), ([None, "2"], 1)])
    assert set(tally.score(ballots, SEED).winners) == {"a", "b"}
    assert tally.score(ballots, SEED).winner == "a"  # the median decides
    assert tally.score(ballots, SEED, blank="excluded").winners == ("a",)
    assert tally.score(ballots, SEED, blank="excluded", floor=Fraction(9, 10)).winners == ("b",)
    with pytest.raises(Refusal, match=r"tally\.blank"):
        tally.score(ballots, SEED, blank="lowest")


def test_stv_loses_no_vote_but_in_rounding():
    for options, profile in votes(60):
        for digits in (None, 5, 0):
            result = tally.stv(tally.Ranked.of(options, profile), SEED, seats=1 + len(options) // 2, digits=digits)
            rounds = result.details["rounds"]
            whole = sum(rounds[0]["votes"].values()) + rounds[0]["exhausted"]
            last = sum(rounds[-1]["votes"].values()) + rounds[-1]["exhausted"] + result.details["lost in rounding"]
            assert last == whole
            assert digits is not None or result.details["lost in rounding"] == 0


def test_ties_are_decided_by_the_lot_that_was_drawn_before():
    ballots = tally.Marked.of(["a", "b", "c"], [(["a"], 2), (["b"], 2), (["c"], 1)])
    winners = {seed: tally.plurality(ballots, seed).winner for seed in ("goose", "hats", "three", "dice", "1")}
    assert set(winners.values()) == {"a", "b"}
    for seed, winner in winners.items():
        drawn = tally.drawn_order(["a", "b"], seed)
        assert winner == drawn[0]
    with pytest.raises(Refusal, match=r"sortition\.no_seed"):
        tally.plurality(ballots, " ")


# who stayed at home


def test_samples_are_the_same_for_the_same_seed_whatever_the_order():
    def rule(ballots):
        return tally.schulze(ballots, SEED)

    options, cast = "abc", [("abc", 30), ("bca", 28), ("cab", 25)]
    once = abstention(tally.Ranked.of(options, cast), rule, SEED, share=Fraction(1, 2), samples=40)
    again = abstention(tally.Ranked.of("cba", cast[::-1]), rule, SEED, share=Fraction(1, 2), samples=40)
    assert (once.wins, sum(once.wins.values())) == (again.wins, 40)
    assert len(once.wins) > 1
    assert abstention(tally.Ranked.of(options, cast), rule, "other", share=Fraction(1, 2), samples=40) != once


def test_the_pairs_of_a_sample_are_those_that_counting_it_gives():
    seen = []

    def rule(ballots):
        seen.append(
            (ballots.pairs.tolist(), tally.Ranked(ballots.options, ballots.rows, ballots.counts).pairs.tolist())
        )
        return tally.borda(ballots, SEED)

    options, profile = "abc", [("abc", 5), ("cb", 4), ([["a", "b"]], 3)]
    abstention(tally.Ranked.of(options, profile), rule, SEED, share=Fraction(1, 3), samples=20)
    assert len(seen) == 20
    assert all(quick == slow for quick, slow in seen)


def test_leaving_a_neighbourhood_out_can_change_the_winner():
    rows = np.array([[1, 0], [0, 1]], dtype=np.int16)
    ballots = tally.Marked(("a", "b"), rows, np.array([5, 4]), ("north", "south"), np.array([0, 1]))
    found = without_each(ballots, lambda b: tally.plurality(b, SEED))
    assert (found.winner, found.others) == ("a", {"north": "b"})
    assert found.sentences() == ("Without north: b wins.",)


def test_many_options_that_nobody_wants_take_no_time_and_hide_no_winner():
    """Thirty options level at nothing have more orders than there are atoms; none of them matters."""
    options = [f"option {n:02}" for n in range(32)]
    ballots = tally.Ranked.of(options, [(options[:2], 5), ([options[1]], 5)])
    found = tally.irv(ballots, SEED)
    assert (set(found.winners), found.complete) == ({options[0], options[1]}, True)
    assert set(tally.ranked_pairs(ballots, SEED).winners) == {options[0], options[1]}


def test_a_large_circle_of_equal_pairs_is_followed_as_far_as_can_be_and_that_is_said():
    names = [f"o{n:02}" for n in range(14)]
    circle = [(names[n:] + names[:n], 1) for n in range(14)]
    found = tally.ranked_pairs(tally.Ranked.of(names, circle), SEED)
    assert found.winner in found.winners
    assert set(found.winners) == set(names) or not found.complete


def test_a_tie_in_a_round_looks_back_before_it_looks_at_the_lot():
    """By hand: d goes out, one of its two voters moves to c; b and c have 4 each, but c had 3 before, so c goes."""
    ballots = tally.Ranked.of("abcd", [("a", 6), ("b", 4), ("cb", 3), ("dc", 1), ("d", 1)])
    for seed in ("goose", "hats", "dice 4 0 7"):
        result = tally.irv(ballots, seed)
        assert [one["eliminated"] for one in result.details["rounds"]] == [("d",), ("c",), ()]
        assert (result.winners, result.complete) == (("b",), True)
    said = [line for line in result.sentences() if "earlier round" in line]
    assert len(said) == 1
    assert said[0].endswith("c had the fewest in an earlier round.")


def test_two_seats_by_hand():
    """14 ballots, quota 14 // 3 + 1 = 5. a has 8: its 8 ballots pass on 3/8 each, 6 of them to b (1 + 18/8 = 13/4) and
    2 to nobody (3/4). c has 3, d 2: d goes out, c reaches 5 and has the second seat."""
    ballots = tally.Ranked.of("abcd", [("ab", 6), ("a", 2), ("b", 1), ("cd", 3), ("dc", 2)])
    result = tally.stv(ballots, SEED, seats=2)
    first, second, third, *_rest = result.details["rounds"]
    assert (result.details["quota"], first["votes"]["a"], first["elected"]) == (5, 8, ("a",))
    assert (second["votes"]["b"], second["exhausted"]) == (Fraction(13, 4), Fraction(3, 4))
    assert (second["eliminated"], third["votes"]["c"], result.elected) == (("d",), 5, ("a", "c"))
