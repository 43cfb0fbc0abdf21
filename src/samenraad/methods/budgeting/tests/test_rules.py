"""Who wins: by hand, against a second implementation in fractions, and what must hold for every instance."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from samenraad.methods.budgeting import Ballot, Instance, Settings, count
from samenraad.methods.budgeting.count import winners
from samenraad.methods.budgeting.tests import reference
from samenraad.methods.budgeting.tests.instances import OUD_WOENSEL_WINNERS, oud_woensel, tiny, town
from samenraad.refusals import Refusal

ADD1 = Settings(completion="add1")
seeds = some.integers(0, 10**9)


def rules(instance):
    """Settings of the product, and the same from the reference."""
    share = Fraction(instance.budget) / instance.voters
    yield Settings(), lambda: reference.equal_shares(instance, share)
    yield Settings(utility="votes"), lambda: reference.equal_shares(instance, share, "votes")
    yield Settings(share="down"), lambda: reference.equal_shares(instance, share.__floor__())
    yield ADD1, lambda: reference.add1(instance, "exhaustive")
    yield ADD1.with_(stop="overspend"), lambda: reference.add1(instance, "overspend")
    yield ADD1.with_(stop="overspend", step="jump"), lambda: reference.add1(instance, "overspend")
    yield (
        ADD1.with_(increment=Fraction(1, 7), step="jump"),
        lambda: reference.add1(instance, "exhaustive", Fraction(1, 7)),
    )
    yield (
        Settings(completion="add1u"),
        lambda: reference.greedy(instance, already=reference.add1(instance, "exhaustive")),
    )
    yield Settings(rule="greedy"), lambda: reference.greedy(instance)
    yield Settings(rule="greedy", fit="stop"), lambda: reference.greedy(instance, stop=True)
    yield Settings(rule="greedy", score="cost-votes"), lambda: reference.greedy(instance, "cost-votes")
    yield (
        Settings(rule="greedy", score="votes-per-cost"),
        lambda: reference.greedy(instance, "votes-per-cost"),
    )
    yield Settings(rule="phragmen"), lambda: reference.phragmen(instance)


def compare(seed):
    instance = tiny(seed)
    for chosen, expected in rules(instance):
        assert list(winners(instance, chosen)) == expected(), (seed, chosen)
    rated = tiny(seed, points=True)
    share = Fraction(rated.budget) / rated.voters
    assert list(winners(rated, Settings(utility="points"))) == reference.equal_shares(rated, share, "points"), seed
    assert list(winners(rated, Settings(rule="greedy", score="points"))) == reference.greedy(rated, "points"), seed


@pytest.mark.parametrize("block", range(5))
def test_every_rule_equals_the_reference_in_fractions(block):
    for seed in range(20 * block, 20 * block + 20):
        compare(seed)


@pytest.mark.slow
def test_equal_shares_equal_the_reference_on_ten_thousand_small_instances():
    for seed in range(10_000):
        instance = tiny(seed, points=seed % 3 == 0)
        utility = ("points", "cost", "votes")[seed % 3]
        share = Fraction(instance.budget) / instance.voters
        expected = reference.equal_shares(instance, share, utility)
        assert list(winners(instance, Settings(utility=utility))) == expected, seed


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_equal_shares_equal_the_reference_on_towns(seed):
    instance = town(120, 25, seed)
    share = Fraction(instance.budget) / instance.voters
    assert list(winners(instance, Settings())) == reference.equal_shares(instance, share)
    assert list(winners(instance, Settings(utility="votes"))) == reference.equal_shares(instance, share, "votes")
    assert list(winners(instance, Settings(rule="phragmen"))) == reference.phragmen(instance)


def test_oud_woensel_2021_by_greedy():
    outcome = count(oud_woensel(), Settings(rule="greedy"))
    assert set(outcome.winners) == set(OUD_WOENSEL_WINNERS)
    assert (outcome.spent, outcome.left, len(outcome.losers)) == (48_600, 1_400, 29)


def test_equal_shares_by_hand():
    """Share 10. fair: 6 voters pay 25/3 each, effective 6 = park, and cheaper. club: 4 voters pay 10 each."""
    made = Instance.of({"park": 60, "fair": 50, "club": 40}, 100, [["park", "fair"]] * 6 + [["club"]] * 4)
    outcome = count(made)
    assert outcome.winners == ("fair", "club")
    fair, club = outcome.rounds
    assert (fair.effective, fair.payers, fair.all_they_had) == (6, ((6, Fraction(25, 3)),), 0)
    assert (club.effective, club.payers, club.all_they_had) == (4, ((4, Fraction(10)),), 4)
    assert outcome.money_left == {"park": Fraction(10)}


def test_who_has_less_pays_all_and_counts_for_less():
    """Share 6. a takes 6 of three voters; b costs 9: the one with 4 left pays 4 and the other 5, so 9/5 votes."""
    made = Instance.of({"a": 6, "b": 9}, 30, [["a"], ["a"], ["a", "b"], ["b"], []])
    outcome = count(made)
    assert outcome.winners == ("a", "b")
    assert outcome.rounds[1].payers == ((1, Fraction(5)), (1, Fraction(4)))
    assert outcome.rounds[1].effective == Fraction(9, 5)
    assert outcome.rounds[1].all_they_had == 1


def test_greedy_skips_or_stops():
    made = Instance.of({"a": 5, "b": 4, "c": 3}, 8, [["a"], ["a", "b"], ["b"], ["b", "c"]])
    assert winners(made, Settings(rule="greedy")) == ("b", "c")
    assert winners(made, Settings(rule="greedy", fit="stop")) == ("b",)


def test_greedy_with_a_threshold_leaves_out_who_has_fewer_votes():
    made = Instance.of({"a": 5, "b": 2}, 9, [["a"], ["a"], ["b"]])
    assert winners(made, Settings(rule="greedy", threshold=2)) == ("a",)
    assert winners(made, Settings(rule="greedy", threshold=1)) == ("a", "b")


@pytest.mark.parametrize("rule", ["greedy", "equal-shares", "phragmen"])
def test_of_projects_that_exclude_one_another_one_wins_at_most(rule):
    made = Instance.of({"a": 4, "b": 4, "c": 4}, 20, [["a", "b", "c"]] * 3 + [["a"]])
    assert set(winners(made, Settings(rule=rule))) == {"a", "b", "c"}
    assert set(winners(made, Settings(rule=rule, exclusive=(("a", "b"),)))) == {"a", "c"}


@pytest.mark.parametrize("rule", ["greedy", "equal-shares", "phragmen"])
def test_a_withdrawn_project_takes_no_part_and_its_voters_still_count(rule):
    made = Instance.of({"a": 4, "b": 4, "gone": 999_999_999}, 8, [["a"], ["b"], ["gone"]])
    outcome = count(made, Settings(rule=rule, withdrawn=("a",)))
    assert "a" not in outcome.winners
    assert dict(outcome.entry.left_out) == {"a": "withdrawn", "gone": "withdrawn"}
    assert outcome.entry.instance.voters == 3


def test_the_share_rounded_down_can_lose_a_project():
    made = Instance.of({"a": 10}, 10, [["a"]] * 3)
    assert winners(made, Settings()) == ("a",)
    assert winners(made, Settings(share="down")) == ()


def test_the_two_stop_rules_of_add1_differ():
    """Share 8/3: only b, paid by one voter. What is left, 7, is too little for a, and nobody named c: exhausted.
    Two steps higher, at 14/3, the two voters of a pay 4 each before b's turn, and then b cannot be paid."""
    made = Instance.of({"a": 8, "b": 1, "c": 1}, 8, [["a", "b"], [], ["a"]])
    exhaustive, overspend = (count(made, ADD1.with_(stop=stop)) for stop in ("exhaustive", "overspend"))
    assert (exhaustive.winners, exhaustive.notes["stopped"]) == (("b",), "exhaustive")
    assert (overspend.winners, overspend.notes["stopped"]) == (("a",), "overspend")
    assert overspend.notes["last_share"] == Fraction(14, 3)


def test_the_comparison_step_keeps_equal_shares_on_equality():
    """Share 5/3: x takes 3/2 of two voters and y 1 of one; greedy takes big. Three are for each: equal shares stay."""
    costs = {"big": 10, "x": 3, "y": 1}
    tied = Instance.of(costs, 10, [["big"]] * 3 + [["x"]] * 2 + [["y"]])
    outcome = count(tied, Settings(compare="greedy"))
    assert (outcome.notes["prefer_shares"], outcome.notes["prefer_greedy"]) == (3, 3)
    assert set(outcome.winners) == {"x", "y"}
    more = Instance.of(costs, 10, [["big"]] * 4 + [["x"]] * 2 + [["y"]])
    outcome = count(more, Settings(compare="greedy"))
    assert (outcome.notes["greedy_chosen"], outcome.winners) == (True, ("big",))


def test_ranks_become_points_in_the_way_that_is_named():
    """First of two gets 2 or 3. a: 3 × 2 = 6 against 3 + 1 = 4; or 3 × 3 = 9 against 6 + 3 = 9, and more votes."""
    made = Instance.of({"a": 1, "b": 1, "c": 1}, 1, [["a", "b"]] * 3 + [["b"]], "ranks")
    by = Settings(rule="greedy", score="points")
    assert winners(made, by.with_(ranks="length")) == ("a",)
    assert winners(made, by.with_(ranks="projects")) == ("b",)


def test_phragmen_stops_or_skips():
    made = Instance.of({"a": 4, "b": 8, "c": 5}, 10, [["a"]] * 2 + [["b"]] * 3 + [["c"]])
    assert winners(made, Settings(rule="phragmen")) == ("a",)
    assert winners(made, Settings(rule="phragmen", phragmen="skip")) == ("a", "c")


# where floating point goes wrong


def test_a_third_is_a_third():
    """Three voters of 1/3 pay exactly 1. In floating point three times 1/3 happens to be 1; 49 times 1/49 is not."""
    for many in (3, 49, 98, 103, 107, 161):
        made = Instance.of({"a": 1}, 1, [["a"]] * many)
        outcome = count(made)
        assert outcome.winners == ("a",), many
        assert outcome.rounds[0].all_they_had == many


def test_money_that_is_a_hair_too_little_is_too_little():
    for many in (3, 49, 98, 103):
        made = Instance.of({"a": 1}, 1 - Fraction(1, 10**18), [["a"]] * many)
        assert count(made).winners == ()
        almost = Instance.of({"a": 1 - Fraction(1, 10**18), "b": 1}, 1, [["a", "b"]] * many)
        assert count(almost).winners == ("a",)


def test_equal_effective_votes_are_a_tie_and_not_a_matter_of_rounding():
    """Both have 7 effective votes; costs in cents make the rates differ in their last bit."""
    costs = {"x": Fraction(7093, 100), "y": Fraction(7091, 100)}
    made = Instance.of(costs, 80, [["x"]] * 7 + [["y"]] * 7)
    assert count(replace(made, budget=200)).winners == ("y", "x")
    assert count(replace(made, budget=200), Settings(ties=("list",))).winners == ("x", "y")


@pytest.mark.parametrize("seed", range(40))
def test_a_poor_supporter_makes_near_ties_that_fractions_decide(seed):
    """Two copies of one town that know nothing of each other: every round is a tie of two."""
    one = tiny(seed)
    twin = {f"q{project.id}": project.cost for project in one.projects}
    costs = dict(one.cost) | twin
    ballots = [list(ballot.choices) for ballot in one.ballots for _ in range(ballot.voters)]
    both = Instance.of(costs, one.budget * 2, [*ballots, *([f"q{id}" for id in ballot] for ballot in ballots)])
    share = Fraction(both.budget) / both.voters
    small = [project.id for project in both.projects if project.cost > one.budget]
    chosen = Settings(withdrawn=tuple(small))
    found = winners(both, chosen)
    assert {id for id in found if id[0] == "p"} == {id[1:] for id in found if id[0] == "q"}
    if not small:
        assert list(found) == reference.equal_shares(both, share)


@pytest.mark.parametrize("power", [14, 17, 25])
def test_differences_below_floating_point_decide(power):
    """A town beside its twin, where each project is dearer by almost nothing."""
    for seed in range(25):
        one = tiny(seed)
        costs = dict(one.cost) | {f"q{id}": cost * (1 + Fraction(1, 10**power)) for id, cost in one.cost.items()}
        ballots = [list(ballot.choices) for ballot in one.ballots for _ in range(ballot.voters)]
        both = Instance.of(costs, one.budget * 2, [*ballots, *([f"q{id}" for id in ballot] for ballot in ballots)])
        for utility in ("cost", "votes"):
            share = Fraction(both.budget) / both.voters
            expected = reference.equal_shares(both, share, utility)
            assert list(winners(both, Settings(utility=utility))) == expected, (seed, utility)
        assert list(winners(both, Settings(rule="phragmen"))) == reference.phragmen(both), seed


def test_floating_point_alone_would_choose_wrongly(monkeypatch):
    """The same instances without the fractions: some come out wrong, so the fractions are needed."""
    from samenraad.methods.budgeting.rules.shares import Count

    exact = {seed: winners(tiny(seed), Settings()) for seed in range(400)}
    monkeypatch.setattr(Count, "_exactly", lambda self, near: min(near, key=lambda one: (one.rate, one.project)))
    monkeypatch.setattr(Count, "affordable", lambda self, project, total, error: total >= one_price(self, project))
    floating = {seed: winners(tiny(seed), Settings()) for seed in exact}
    wrong = [seed for seed in exact if exact[seed] != floating[seed]]
    assert wrong
    for seed in wrong:
        instance = tiny(seed)
        assert list(exact[seed]) == reference.equal_shares(instance, Fraction(instance.budget) / instance.voters)


def one_price(count, project):
    return count.support.projects[project].price


# what holds for everybody


@settings(max_examples=40, deadline=None)
@given(seeds)
def test_nothing_is_spent_that_is_not_there(seed):
    instance = tiny(seed)
    for chosen, _ in rules(instance):
        outcome = count(instance, chosen)
        assert outcome.spent <= instance.budget
        assert len(set(outcome.winners)) == len(outcome.winners)


@settings(max_examples=40, deadline=None)
@given(seeds)
def test_nobody_pays_more_than_their_share_and_projects_are_paid_in_full(seed):
    outcome = count(tiny(seed), ADD1)
    share = outcome.notes["last_share"]
    for one in outcome.rounds:
        assert one.paid == one.cost
        assert all(amount <= share for _, amount in one.payers)
        assert sum(many for many, _ in one.payers) <= outcome.entry.instance.votes[one.project]
    assert outcome.spent <= share * outcome.entry.instance.voters


@settings(max_examples=30, deadline=None)
@given(seeds, some.randoms(use_true_random=False))
def test_the_order_of_voters_and_projects_changes_nothing(seed, chance):
    instance = tiny(seed)
    projects, ballots = list(instance.projects), list(instance.ballots)
    chance.shuffle(projects)
    chance.shuffle(ballots)
    shuffled = Instance(tuple(projects), instance.budget, tuple(ballots))
    for chosen, _ in rules(instance):
        drawn = chosen.with_(seed="three hats")
        assert winners(instance, drawn) == winners(shuffled, drawn)


@settings(max_examples=30, deadline=None)
@given(seeds)
def test_who_names_nothing_only_makes_the_share_smaller(seed):
    instance = tiny(seed)
    more = replace(instance, ballots=(*instance.ballots, Ballot((), (), 2)))
    for rule in ("greedy", "phragmen"):
        assert winners(instance, Settings(rule=rule)) == winners(more, Settings(rule=rule))
    share = Fraction(instance.budget) / (instance.voters + 2)
    assert list(winners(more, Settings())) == reference.equal_shares(instance, share)


@pytest.mark.parametrize("seed", [*range(3), *(pytest.param(n, marks=pytest.mark.slow) for n in range(3, 30))])
def test_jumping_finds_what_counting_every_step_finds(seed):
    instance = town(40, 12, seed, budget=3000)
    for stop in ("exhaustive", "overspend"):
        one, other = (count(instance, ADD1.with_(stop=stop, step=step)) for step in ("unit", "jump"))
        assert one.winners == other.winners
        assert one.notes["last_share"] == other.notes["last_share"] or stop == "exhaustive"
        assert other.notes["shares_counted"] <= one.notes["shares_counted"]


def test_the_lot_decides_between_equals_and_its_seed_is_public():
    made = Instance.of({"a": 1, "b": 1, "c": 1}, 1, [["a", "b", "c"]])
    found = {seed: winners(made, Settings(seed=seed)) for seed in ("one", "two", "three", "four", "five")}
    assert len(set(found.values())) > 1
    assert winners(made, Settings(seed="one")) == found["one"]


@pytest.mark.parametrize(
    "changes",
    [{"rule": "best"}, {"utility": "beauty"}, {"increment": 0}, {"ties": ("alphabet",)}, {"ties": ("cost", "cost")}],
)
def test_a_setting_that_does_not_exist_is_refused(changes):
    with pytest.raises(Refusal) as refused:
        Settings(**changes)
    assert refused.value.code == "budgeting.setting"


@pytest.mark.parametrize(
    ("costs", "budget", "ballots", "code"),
    [
        ({"a": 0}, 5, [], "budgeting.cost"),
        ({"a": -3}, 5, [], "budgeting.cost"),
        ({"a": 3}, -1, [], "budgeting.budget"),
        ({"a": 3}, 5, [["b"]], "budgeting.unknown"),
        ({"a": 3}, 5, [["a", "a"]], "budgeting.points"),
    ],
)
def test_an_impossible_instance_is_refused(costs, budget, ballots, code):
    with pytest.raises(Refusal) as refused:
        Instance.of(costs, budget, ballots)
    assert refused.value.code == code


@pytest.mark.parametrize("rule", ["greedy", "equal-shares", "phragmen"])
def test_an_empty_vote_has_no_winners(rule):
    chosen = Settings(rule=rule, completion="add1u", compare="greedy")
    for costs, budget, ballots in [({}, 5, []), ({"a": 3}, 5, []), ({"a": 3}, 5, [[]]), ({"a": 3}, 0, [["a"]])]:
        assert count(Instance.of(costs, budget, ballots), chosen).winners == ()


def test_an_increment_that_is_far_too_small_is_refused(monkeypatch):
    from samenraad.methods.budgeting.rules import completion

    monkeypatch.setattr(completion, "MOST_SHARES", 5)
    made = Instance.of({"a": 10**6, "b": 10**5}, 10**6, [["a"], ["b"], []])
    with pytest.raises(Refusal) as refused:
        count(made, ADD1.with_(stop="overspend"))
    assert refused.value.code == "budgeting.many_shares"


def test_numpy_waits_until_something_is_counted():
    code = "import sys, samenraad.methods.budgeting; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
