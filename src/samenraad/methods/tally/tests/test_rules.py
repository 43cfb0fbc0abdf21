"""Every rule beside a second implementation, on thousands of small votes with ties, equals and short ballots."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from samenraad.methods import tally
from samenraad.methods.tally.tests import oracle

SEED = "Three hats and a goose"
QUICK, MANY = 40, 500


def ballots_of(options, profile):
    return tally.Ranked.of(options, profile)


def votes(many, start=1):
    chance = random.Random(start)
    for number in range(many):
        options, profile = oracle.random_profile(chance, most_options=5 if number % 8 else 6)
        yield options, profile, ballots_of(options, profile)


def check_one_by_one(options, profile, ballots, drawn):
    assert tally.plurality(ballots, SEED).column("votes") == oracle.plurality(options, profile)
    assert tally.borda(ballots, SEED).column("points") == oracle.borda(options, profile)
    assert set(tally.borda(ballots, SEED).winners) == oracle.best(oracle.borda(options, profile))
    assert tally.modified_borda(ballots, SEED).column("points") == oracle.modified_borda(options, profile)
    assert set(tally.condorcet(ballots, SEED).winners) == oracle.condorcet(options, profile)


def check_pairwise(options, profile, ballots, drawn, kind):
    assert set(tally.schulze(ballots, SEED, strength=kind).winners) == oracle.schulze(options, profile, kind)
    worst = oracle.worst_defeats(options, profile, kind)
    found = tally.minimax(ballots, SEED, strength=kind)
    assert set(found.winners) == {o for o in options if worst[o][0] == min(w[0] for w in worst.values())}
    assert found.winner == min(options, key=lambda o: (worst[o], drawn.index(o)))
    pairs = tally.ranked_pairs(ballots, SEED, strength=kind)
    assert pairs.winner == oracle.ranked_pairs_drawn(options, profile, drawn, kind)
    all_ways = oracle.ranked_pairs(options, profile, kind)
    assert all_ways is None or (set(pairs.winners) == all_ways and pairs.complete)


def check_rounds(options, profile, ballots, drawn):
    for equal in ("exhausted", "split", "invalid"):
        found = tally.irv(ballots, SEED, equal=equal)
        assert {found.winner} == oracle.irv(options, profile, equal, drawn)
        assert set(found.winners) == oracle.irv(options, profile, equal)
    for seats in range(1, len(options) + 1):
        for digits in (None, 2):
            found = tally.stv(ballots, SEED, seats=seats, digits=digits)
            elected, quota = oracle.stv(options, profile, seats, drawn, digits=digits)
            assert (list(found.elected), found.details["quota"]) == (elected, quota)


def check(many, start):
    for options, profile, ballots in votes(many, start):
        drawn = tally.drawn_order(options, SEED)
        check_one_by_one(options, profile, ballots, drawn)
        for kind in ("winning", "margins"):
            check_pairwise(options, profile, ballots, drawn, kind)
        check_rounds(options, profile, ballots, drawn)


def test_every_rule_agrees_with_a_second_implementation():
    check(QUICK, 1)


@pytest.mark.slow
def test_every_rule_agrees_with_a_second_implementation_on_thousands_of_votes():
    check(MANY, 2)


def check_grades(many, start):
    chance = random.Random(start)
    for _vote in range(many):
        options, scale = list("abcd"[: chance.randint(1, 4)]), list("vwxyz"[: chance.randint(2, 5)])
        given = [
            ([chance.choice([*scale, None]) for _option in options], chance.randint(1, 4))
            for _ballot in range(chance.randint(1, 7))
        ]
        ballots = tally.Graded.of(options, scale, given)
        lists = {
            o: [scale.index(g[i]) if g[i] else None for g, v in given for _n in range(v)] for i, o in enumerate(options)
        }
        worst = {o: oracle.median_list([g or 0 for g in grades]) for o, grades in lists.items()}
        judged = tally.majority_judgment(ballots, SEED)
        assert set(judged.winners) == oracle.best(worst)
        assert judged.column("place") == {o: 1 + sum(w > worst[o] for w in worst.values()) for o in options}
        scored = tally.score(ballots, SEED)
        assert scored.column("sum") == {o: sum(g for g in grades if g) for o, grades in lists.items()}
        only = {o: [g for g in grades if g is not None] for o, grades in lists.items()}
        means = {o: Fraction(sum(g), len(g)) if g else None for o, g in only.items()}
        assert scored.column("mean") == means
        counted = {o: mean for o, mean in means.items() if mean is not None}
        high = oracle.best(counted) if counted else set()
        assert set(tally.score(ballots, SEED, blank="excluded").winners) == high


def test_grades_agree_with_taking_the_middle_one_away_again_and_again():
    check_grades(300, 3)


@pytest.mark.slow
def test_grades_agree_on_thousands_of_votes():
    check_grades(5_000, 4)


def test_the_gauge_never_contradicts_the_majority_judgment():
    """Balinski and Laraki 2007: the (median, gauge) order decides as removal does, when it decides."""
    chance = random.Random(5)
    for _vote in range(300):
        given = [([chance.choice("xyz"), chance.choice("xyz")], chance.randint(1, 9)) for _ballot in range(5)]
        result = tally.majority_judgment(tally.Graded.of("ab", "xyz", given), SEED)
        (grade_a, above_a, below_a, sign_a, place_a), (grade_b, above_b, below_b, sign_b, place_b) = result.table
        a = (grade_a, sign_a == "+", above_a if sign_a == "+" else -below_a)
        b = (grade_b, sign_b == "+", above_b if sign_b == "+" else -below_b)
        if a != b:
            assert (place_a < place_b) == (a > b)
