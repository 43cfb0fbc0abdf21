"""How close a vote was, against trying every change of few ballots."""

from __future__ import annotations

import random
from itertools import combinations_with_replacement, permutations, product

from samenraad.methods import tally
from samenraad.methods.tally.explain.margin import margin

SEED = "goose"


def fewest_by_trying(options, singles, rule, other_ballots, most=3):
    """How few ballots, changed in any way, give another winner; None when it takes more than `most`."""
    winner = rule(options, singles)
    for many in range(1, most + 1):
        for places in combinations_with_replacement(range(len(singles)), many):
            if len(set(places)) < many:
                continue
            for new in product(other_ballots, repeat=many):
                changed = list(singles)
                for place, ballot in zip(places, new, strict=True):
                    changed[place] = ballot
                if rule(options, changed) != winner:
                    return many
    return None


def check(kind, rule, all_ballots, votes):
    for _number in range(votes):
        chance = random.Random(_number)
        singles = [chance.choice(all_ballots) for _voter in range(chance.randint(2, 5))]

        def run(options, ballots):
            return rule(kind.of(options, [(b, 1) for b in ballots]), SEED).winner

        ballots = kind.of("abc", [(b, 1) for b in singles])
        result = rule(ballots, SEED)
        if result.winner is None:
            continue
        found = margin(ballots, result, lambda b: rule(b, SEED))
        tried = fewest_by_trying("abc", singles, run, all_ballots, 2)
        if tried is not None:
            assert found.at_least <= tried, (singles, found)
            if found.exact:
                assert tried == found.at_least, (singles, found)
        else:
            assert found.at_most is None or found.at_most > 2, (singles, found)


def test_plurality_is_exact():
    check(tally.Marked, tally.plurality, ["a", "b", "c"], 30)


def test_approval_is_exact():
    check(tally.Marked, tally.approval, ["", "a", "b", "c", "ab", "ac", "bc", "abc"], 12)


def test_the_bounds_of_other_rules_hold():
    ballots = ["".join(one) for many in (1, 3) for one in permutations("abc", many)]
    for rule in (tally.borda, tally.schulze, tally.irv):
        check(tally.Ranked, rule, ballots, 6)


def test_a_result_without_winner_has_no_margin():
    ballots = tally.Ranked.of("abc", [("abc", 1), ("bca", 1), ("cab", 1)])
    assert margin(ballots, tally.condorcet(ballots, SEED), lambda b: tally.condorcet(b, SEED)) is None
