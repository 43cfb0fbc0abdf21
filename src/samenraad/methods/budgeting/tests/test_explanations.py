"""Every loser hears why, and what it lacked; the second is true on both sides of the line."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest

from samenraad.methods.budgeting import (
    PRESETS,
    Instance,
    Settings,
    beside_greedy,
    count,
    figures,
    lacked,
    margin,
    reasons,
)
from samenraad.methods.budgeting.count import winners
from samenraad.methods.budgeting.explain.justified import claims
from samenraad.methods.budgeting.explain.margins import at_cost, more_votes
from samenraad.methods.budgeting.tests.instances import oud_woensel, tiny, town
from samenraad.refusals import Refusal

TOWN = Instance.of({"park": 80, "club": 40}, 100, [["park"]] * 6 + [["club"]] * 4)
RULES = ["greedy", "greedy-no-skip", "equalshares", "equalshares/add1", "equalshares/add1u", "phragmen"]


def verify(outcome, id):
    """Counts again on both sides."""
    instance, settings = outcome.entry.instance, outcome.entry.settings
    found = margin(outcome, id)
    if found.votes is not None:
        assert id in winners(more_votes(instance, id, found.votes), settings)
        assert id not in winners(more_votes(instance, id, found.votes - 1), settings)
    if found.cost is not None:
        assert id in winners(at_cost(instance, id, found.cost), settings)
        assert found.cost <= instance.cost[id]
        assert id not in winners(at_cost(instance, id, found.cost + found.step), settings)
    return found


@pytest.mark.parametrize("rule", RULES)
def test_what_a_project_lacked_is_true_on_both_sides_of_the_line(rule):
    for seed in range(4):
        outcome = count(tiny(seed), PRESETS[rule])
        for id in outcome.losers:
            verify(outcome, id)


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES)
def test_what_a_project_lacked_is_true_on_fifty_instances(rule):
    for seed in range(100, 150):
        outcome = count(tiny(seed), PRESETS[rule])
        for id in outcome.losers:
            verify(outcome, id)
    outcome = count(town(60, 12, 3, budget=5000), PRESETS[rule])
    for id in outcome.losers:
        verify(outcome, id)


def test_what_greedy_lacked_by_hand():
    """The club needs three votes more than its 4 to come before the park with 6; or a cost of 20 to fit beside it."""
    found = verify(count(TOWN, Settings(rule="greedy")), "club")
    assert (found.votes, found.cost) == (2, 20)  # with 6 votes each the lower cost goes first
    assert lacked(found) == "Votes missing: 2. At a cost of 20 it would have won too."


def test_what_equal_shares_lacked_by_hand():
    """10 more: 16 voters of 100/20 have 80. 9 more: 15 of 100/19 have 78.9. And 6 voters of 10 have 60."""
    found = verify(count(TOWN), "park")
    assert (found.votes, found.cost) == (10, 60)


def test_who_costs_more_than_the_budget_lacks_no_votes():
    outcome = count(Instance.of({"a": 50}, 40, [["a"]] * 3))
    found = verify(outcome, "a")
    assert (found.votes, found.cost) == (None, 40)
    assert lacked(found) == "At a cost of 40 it would have won. More votes would not have helped."


def test_a_winner_lacks_nothing():
    with pytest.raises(Refusal) as refused:
        margin(count(TOWN), "club")
    assert refused.value.code == "budgeting.margin"


@pytest.mark.parametrize("rule", sorted(PRESETS))
def test_every_loser_hears_why_in_both_languages(rule):
    for seed in range(30):
        outcome = count(tiny(seed, points=PRESETS[rule].utility == "points"), PRESETS[rule])
        told = reasons(outcome)
        assert set(told) == set(outcome.losers)
        for reason in told.values():
            english, dutch = reason.sentence("en"), reason.sentence("nl")
            assert english != dutch
            assert "{" not in english + dutch


@pytest.mark.parametrize(
    ("settings", "id", "sentence"),
    [
        (Settings(), "park", "Its supporters (6) had 60 left of the 80 that were needed: 20 too little."),
        (Settings(rule="greedy"), "club", "When its turn came, 20 of the budget was left; it costs 40."),
        (Settings(rule="greedy", threshold=5), "club", "Votes: 4; at least 5 were needed."),
        (Settings(withdrawn=("club",)), "club", "It was withdrawn and took no part."),
        (
            Settings(rule="phragmen"),
            "park",
            "When its supporters could pay it, 60 of the budget was left; it costs 80.",
        ),
        (
            Settings(exclusive=(("club", "park"),)),
            "park",
            "It cannot be carried out beside club, which won.",
        ),
        (
            Settings(completion="greedy", threshold=1),
            "park",
            "Its supporters (6) had 60 left of the 80 that were needed. "
            "What nobody spent in the end (60) was not enough either.",
        ),
    ],
)
def test_the_reason_by_hand(settings, id, sentence):
    assert reasons(count(TOWN, settings))[id].sentence() == sentence


def test_greedy_without_skipping_says_where_it_stopped():
    made = Instance.of({"a": 5, "b": 9, "c": 1}, 10, [["a"]] * 3 + [["b"]] * 2 + [["c"]])
    told = reasons(count(made, Settings(rule="greedy", fit="stop")))
    assert told["b"].sentence() == "When its turn came, 5 of the budget was left; it costs 9."
    assert told["c"].sentence() == "The count stopped at b, which no longer fitted; this project had fewer votes."


def test_effective_votes_fall_and_never_rise():
    for seed in range(40):
        for numbers in count(tiny(seed)).support.values():
            known = [number for number in numbers if number is not None]
            assert all(after <= before * (1 + 1e-9) for before, after in pairwise(known))
            assert None not in numbers[: len(known)]


# figures


def test_figures_by_hand():
    """Greedy gives the park to 6 of 10. Equal shares give the club to 4: more voters are left with nothing."""
    beside = beside_greedy(count(TOWN))
    assert (beside.only_chosen, beside.only_greedy) == (("club",), ("park",))
    assert (beside.chosen.everybody.exclusion, beside.greedy.everybody.exclusion) == (Fraction(3, 5), Fraction(2, 5))
    assert (beside.chosen.everybody.own, beside.greedy.everybody.own) == (Fraction(2, 5), Fraction(3, 5))
    assert beside.chosen.numbers == (6, 4)
    assert beside.greedy.gini == Fraction(2, 5)


def test_money_of_neighbourhoods_sums_to_what_was_spent():
    from samenraad.methods.budgeting import Ballot, Project

    made = Instance(
        (Project("a", 6, categories=("green",)), Project("b", 3, categories=("green", "play"))),
        9,
        (Ballot(("a",), (1,), 2, "north"), Ballot(("a", "b"), (1, 1), 1, "south"), Ballot((), (), 1, "south")),
    )
    found = figures(count(made, Settings(rule="greedy")).entry, ["a", "b"])
    assert [(one.place, one.voters, one.satisfied, one.money) for one in found.places] == [
        ("north", 2, 2, 4),
        ("south", 2, 1, 5),
    ]
    assert found.everybody.money == found.spent == 9
    assert {one.name: (one.votes, one.money) for one in found.categories} == {
        "green": (Fraction(7, 8), Fraction(5, 6)),
        "play": (Fraction(1, 8), Fraction(1, 6)),
    }


def test_a_claim_by_hand():
    """Four of ten are entitled to 40 of 100, the cost of the club, and got nothing."""
    (claim,) = claims(count(TOWN, Settings(rule="greedy")).entry, ["park"])
    assert (claim.project, claim.people, claim.entitled, claim.got) == ("club", 4, 40, 0)
    assert claims(count(TOWN).entry, ["club"]) == ()


def test_equal_shares_never_leave_a_claim():
    for seed in range(300):
        outcome = count(tiny(seed))
        assert claims(outcome.entry, outcome.winners) == ()


def test_greedy_does_leave_claims():
    outcomes = (count(tiny(seed), Settings(rule="greedy")) for seed in range(300))
    assert any(claims(outcome.entry, outcome.winners) for outcome in outcomes)


def test_every_loser_of_oud_woensel_has_a_reason():
    told = reasons(count(oud_woensel(), Settings(rule="greedy")))
    assert len(told) == 29
    assert {reason.why for reason in told.values()} == {"did_not_fit"}
