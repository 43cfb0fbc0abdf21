"""Letters are divided so that acceptors match the population, and the forecast says how sure that is."""

from fractions import Fraction
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from scipy import stats

from samenraad.methods.sortition.letters.apportion import largest_remainder
from samenraad.methods.sortition.letters.how_many import letter_plan
from samenraad.methods.sortition.letters.response import Response, combined, learn
from samenraad.methods.sortition.letters.strata import Stratum
from samenraad.refusals import Refusal

YOUNG, OLD = (("age", "16-34"),), (("age", "35+"),)


def town(**changes):
    """3,000 young who answer little, 7,000 older people who answer more."""
    return [
        Stratum(YOUNG, 3000, Response(0.02, inf), **changes),
        Stratum(OLD, 7000, Response(0.07, inf)),
    ]


def codes(plan):
    return [notice.code for notice in plan.notices]


# --- how many letters ---------------------------------------------------------------------------------------


def test_acceptors_match_the_population_not_letters():
    """By hand: 30 young at 2 % need 1,500 letters, 70 older people at 7 % need 1,000."""
    plan = letter_plan(town(), seats=50, per_seat=2)
    assert plan.by_stratum == {YOUNG: 1500, OLD: 1000}
    assert [share.expected for share in plan.shares] == pytest.approx([30, 70])
    assert [share.chance for share in plan.shares] == [Fraction(1, 2), Fraction(1, 7)]


def test_given_letters_are_divided_in_the_same_proportions():
    assert letter_plan(town(), letters=500).by_stratum == {YOUNG: 300, OLD: 200}


def test_the_village_of_r025():
    plan = letter_plan([Stratum((), 1200, Response(0.05))], seats=15)
    assert plan.letters == 300
    assert codes(plan) == ["sortition.large_share"]
    assert plan.notices[0].facts == {"letters": 300, "people": 1200, "share": Fraction(1, 4)}


def test_a_letter_less_than_a_quarter_is_no_notice():
    assert codes(letter_plan([Stratum((), 1201, Response(0.05))], seats=15)) == []


def test_never_more_letters_than_people():
    plan = letter_plan(town(), letters=8000)
    assert plan.by_stratum == {YOUNG: 3000, OLD: 5000}
    assert {notice.code for notice in plan.notices} >= {"sortition.everybody", "sortition.too_few"}


def test_a_group_that_is_too_small_is_named():
    """Everybody is written to, and still only 2 of the 3 wanted acceptors come."""
    small = [Stratum(YOUNG, 100, Response(0.02)), Stratum(OLD, 900, Response(0.1))]
    plan = letter_plan(small, seats=30)
    facts = {notice.code: notice.facts for notice in plan.notices}
    assert facts["sortition.everybody"] == {"stratum": "age: 16-34", "letters": 100, "people": 100}
    assert facts["sortition.too_few"]["expected"] == pytest.approx(2)
    assert facts["sortition.too_few"]["wanted"] == pytest.approx(3)


def test_over_sampling_tells_who_gets_less():
    """R033. Twice their share: 3,000 x 2 against 7,000, so 6/13 of the acceptors instead of 3/10."""
    plan = letter_plan(town(factor=2.0), letters=2600)
    acceptors = [share.expected for share in plan.shares]
    assert acceptors[0] / sum(acceptors) == pytest.approx(6 / 13, abs=0.001)
    [notice] = [notice for notice in plan.notices if notice.code == "sortition.relatively_less"]
    assert notice.facts == {"group": "age: 35+", "before": 1040, "after": plan.by_stratum[OLD]}
    assert "sortition.relatively_less" not in codes(letter_plan(town(), letters=2600))


def test_a_limit_holds_the_highest_chance_down():
    """Average chance 2,500/10,000; at most 1.2 times that: 900 of the 3,000 young."""
    free, held = letter_plan(town(), letters=2500), letter_plan(town(), letters=2500, limit=1.2)
    assert free.by_stratum == {YOUNG: 1500, OLD: 1000}
    assert held.by_stratum == {YOUNG: 900, OLD: 1600}
    assert "sortition.too_few" in codes(held)
    assert letter_plan(town(), seats=100, limit=1.2).by_stratum == {YOUNG: 900, OLD: 1000}


def test_certainty_costs_letters():
    """40 people from one group at 5 %, certain: 800 letters on average, and more to be 95 % sure."""
    alone = [Stratum((), 100_000, Response(0.05, inf))]
    plan = letter_plan(alone, seats=40, certainty=0.95)
    assert stats.binom.sf(39, plan.letters, 0.05) >= 0.95 > stats.binom.sf(39, plan.letters - 1, 0.05)
    assert plan.enough == pytest.approx(plan.complete)
    assert letter_plan(alone, seats=40).letters == 800
    unsure = letter_plan([Stratum((), 100_000, Response(0.05, 100))], seats=40, certainty=0.95)
    assert unsure.letters > 1.5 * plan.letters


def test_every_stratum_fills_its_seats_with_the_certainty():
    plan = letter_plan(town(), seats=20, certainty=0.9)
    assert plan.complete >= 0.9
    by_hand = stats.binom.sf(5, plan.shares[0].letters, 0.02) * stats.binom.sf(13, plan.shares[1].letters, 0.07)
    assert plan.complete <= by_hand <= plan.complete + 0.01
    assert "sortition.not_certain" not in codes(plan)


def test_a_certainty_that_cannot_be_reached_is_said():
    plan = letter_plan([Stratum((), 500, Response(0.05))], seats=40, certainty=0.95)
    assert plan.letters == 500
    assert codes(plan) == [
        "sortition.large_share", "sortition.everybody", "sortition.too_few", "sortition.not_certain"
    ]  # fmt: skip


def test_a_second_wave_asks_only_for_what_is_missing():
    """30 young and 70 older people are wanted; 10 and 60 came: 20 at 2 % and 10 at 7 % are missing."""
    after = [
        Stratum(YOUNG, 3000, Response(0.02, inf), sent=1500, accepted=10),
        Stratum(OLD, 7000, Response(0.07, inf), sent=1000, accepted=60),
    ]
    plan = letter_plan(after, seats=100)
    assert plan.by_stratum == {YOUNG: 1000, OLD: 143}
    assert plan.shares[0].chance == Fraction(2500, 3000)


def test_in_a_second_wave_who_has_enough_gets_nothing():
    after = [
        Stratum(YOUNG, 3000, Response(0.02, inf), sent=1000, accepted=0),
        Stratum(OLD, 7000, Response(0.07, inf), sent=1000, accepted=70),
    ]
    assert letter_plan(after, letters=500).by_stratum == {YOUNG: 500, OLD: 0}
    assert letter_plan(after, seats=50).by_stratum == {YOUNG: 750, OLD: 0}


GROUPS = some.lists(
    some.tuples(some.integers(0, 5000), some.floats(0.01, 0.5), some.floats(0.5, 3)), min_size=1, max_size=8
).filter(lambda groups: any(people for people, _, _ in groups))


def _strata(groups):
    return [
        Stratum((("group", str(i)),), people, Response(round(rate, 3), inf), round(factor, 2))
        for i, (people, rate, factor) in enumerate(groups)
    ]


@settings(max_examples=30, deadline=None)
@given(GROUPS, some.integers(0, 20_000), some.randoms(use_true_random=False))
def test_all_letters_are_used_and_order_changes_nothing(groups, number, chance):
    made = _strata(groups)
    plan = letter_plan(made, letters=number)
    assert plan.letters == min(number, plan.people)
    assert all(0 <= share.letters <= share.stratum.people for share in plan.shares)
    chance.shuffle(made)
    assert letter_plan(made, letters=number) == plan


@settings(max_examples=30, deadline=None)
@given(GROUPS, some.integers(1, 100))
def test_the_seats_are_reached_on_average_wherever_there_are_people(groups, seats):
    plan = letter_plan(_strata(groups), seats=seats)
    for share in plan.shares:
        assert share.letters == share.stratum.people or share.expected > share.wanted - share.stratum.rate - 1e-9


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("letters_or_seats", {}),
        ("letters_number", {"seats": 0}),
        ("letters_number", {"letters": -1}),
        ("letters_number", {"seats": 5, "certainty": 1}),
        ("letters_number", {"seats": 5, "limit": 0.5}),
        ("letters_number", {"seats": 5, "per_seat": 0}),
    ],
)
def test_what_cannot_be_planned_is_refused(code, given):
    with pytest.raises(Refusal, match=rf"sortition\.{code}"):
        letter_plan(town(), **given)


def test_strata_must_be_possible_and_different():
    with pytest.raises(Refusal, match=r"sortition\.no_people"):
        letter_plan([Stratum((), 0, Response(0.1))], letters=5)
    with pytest.raises(Refusal, match=r"sortition\.stratum_twice"):
        letter_plan([*town(), *town()], letters=5)
    with pytest.raises(Refusal, match=r"sortition\.stratum\("):
        Stratum(YOUNG, 10, Response(0.1), sent=11)


# --- the forecast -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("strength", [inf, 40.0, 1000.0])
@pytest.mark.parametrize(("rate", "number"), [(0.05, 800), (0.3, 37), (1.0, 12), (0.001, 50)])
def test_the_interval_is_that_of_scipy(rate, strength, number):
    theirs = stats.binom(number, rate)
    if strength < inf and rate < 1:
        theirs = stats.betabinom(number, rate * strength, (1 - rate) * strength)
    low, high = Response(rate, strength).interval(number, 0.9)
    assert (low, high) == (int(theirs.ppf(0.05)), int(theirs.ppf(0.95)))
    assert Response(rate, strength).at_least(3, number) == pytest.approx(theirs.sf(2), abs=1e-9)


def test_uncertain_rates_make_the_forecast_of_the_total_wide():
    """Equal strata that may all be off in the same direction say together what one large stratum says."""
    parts = [Stratum((("part", str(i)),), 5000, Response(0.05, 100)) for i in range(10)]
    whole = letter_plan([Stratum((), 50_000, Response(0.05, 100))], letters=1000)
    together = letter_plan(parts, letters=1000)
    assert (together.low, together.high) == (whole.low, whole.high) == (15, 103)


def test_the_total_lies_in_its_interval_as_often_as_promised():
    """A simulation in which one cause moves all rates: 95 % of 4,000 outcomes, and not much less."""
    made = [Stratum((("part", str(i)),), 9000, Response(rate, 80)) for i, rate in enumerate([0.02, 0.05, 0.1, 0.15])]
    plan = letter_plan(made, letters=2000)
    chance = np.random.default_rng(3)
    moved = chance.random((4000, 1))
    alpha = np.array([share.stratum.response.rate * 80 for share in plan.shares])
    rates = stats.beta.ppf(moved, alpha, 80 - alpha)
    totals = chance.binomial([share.letters for share in plan.shares], rates).sum(axis=1)
    inside = np.mean((totals >= plan.low) & (totals <= plan.high))
    assert 0.94 < inside < 0.975


def test_no_letters_bring_nobody():
    plan = letter_plan(town(), letters=0)
    assert (plan.letters, plan.expected, plan.low, plan.high) == (0, 0, 0, 0)


# --- response rates -----------------------------------------------------------------------------------------


def test_rates_per_feature_are_combined_by_their_odds():
    rates = {("sex", "f"): 0.2, ("age", "old"): 0.5}
    assert combined(0.2, rates, [("sex", "f")]) == pytest.approx(0.2)
    assert combined(0.2, rates, [("age", "old")]) == pytest.approx(0.5)
    assert combined(0.2, {**rates, ("sex", "m"): 0.5}, [("sex", "m"), ("age", "old")]) == pytest.approx(0.8)
    with pytest.raises(Refusal, match=r"sortition\.rate"):
        combined(0.2, {("age", "old"): 1.0}, [("age", "old")])


def test_a_first_round_teaches_with_smoothing():
    """By hand: overall (13.5 / 211); a group of ten letters hardly moves, a group of two hundred does."""
    learned = learn({"few": 10, "many": 200}, {"few": 3, "many": 10}, smoothing=100)
    overall = 13.5 / 211
    assert learned["few"].rate == pytest.approx((100 * overall + 3) / 110)
    assert learned["many"].rate == pytest.approx((100 * overall + 10) / 300)
    assert learned["many"].strength == 300


def test_nobody_answered_is_still_a_rate():
    assert 0 < learn({"all": 200}, {})["all"].rate < 0.01


@pytest.mark.parametrize("accepted", [{"north": 11}, {"south": 1}, {"north": -1}])
def test_more_answers_than_letters_are_refused(accepted):
    with pytest.raises(Refusal, match=r"sortition\.accepted"):
        learn({"north": 10}, accepted)


@pytest.mark.parametrize(("rate", "strength", "code"), [(0, 5, "rate"), (1.2, 5, "rate"), (0.5, 0, "strength")])
def test_a_rate_is_a_share(rate, strength, code):
    with pytest.raises(Refusal, match=rf"sortition\.{code}"):
        Response(rate, strength)


# --- rounding -----------------------------------------------------------------------------------------------


@settings(max_examples=50, deadline=None)
@given(some.integers(0, 500), some.lists(some.tuples(some.fractions(0, 50), some.integers(0, 100)), max_size=8))
def test_rounded_parts_keep_sum_ceiling_and_proportion(total, parts):
    weights, most = [weight for weight, _ in parts], [top for _, top in parts]
    numbers = largest_remainder(total, weights, most)
    room = sum(top for weight, top in parts if weight)
    assert sum(numbers) == min(total, room)
    assert all(0 <= number <= top for number, top in zip(numbers, most, strict=True))
    free = [(n, w) for n, w, top in zip(numbers, weights, most, strict=True) if w and n + 1 < top]
    per_weight = [(n - 1) / w - (m + 1) / v for n, w in free for m, v in free]
    assert max(per_weight, default=0) <= 0


def test_of_equal_remainders_the_first_in_line_is_served_first():
    assert largest_remainder(4, [Fraction(1)] * 3, [9] * 3) == [2, 1, 1]
