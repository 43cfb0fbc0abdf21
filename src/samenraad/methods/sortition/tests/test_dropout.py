import os
import subprocess
import sys
from itertools import combinations
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenraad.methods.seeds import ticket
from samenraad.methods.sortition.pool import Candidate
from samenraad.methods.sortition.substitution.dropout import (
    HIGHEST,
    USUAL,
    DropOut,
    drop_out_sets,
    every_drop_out_set,
    learn,
)
from samenraad.refusals import Refusal

AISHA = Candidate("aisha", {"age": "16-24", "gender": "woman"})
BRAM = Candidate("bram", {"age": "65+", "gender": "man"})


def people(number: int) -> list[Candidate]:
    return [Candidate(f"p{i:02}", {"age": "16-24" if i % 2 else "65+"}) for i in range(number)]


def past(age: str, members: int, dropped: int) -> list[tuple[dict[str, str], bool]]:
    return [({"age": age}, number >= dropped) for number in range(members)]


def test_without_knowledge_everybody_has_the_usual_rate():
    assert DropOut().chance(AISHA) == DropOut().chance(BRAM) == USUAL


def test_the_factors_of_somebodys_values_are_multiplied():
    model = DropOut(0.1, {("age", "16-24"): 2.0, ("gender", "woman"): 1.5})
    assert model.chance(AISHA) == pytest.approx(0.3)
    assert model.chance(BRAM) == pytest.approx(0.1)


def test_nobody_is_given_up_beforehand():
    assert DropOut(0.5, {("age", "16-24"): 100.0}).chance(AISHA) == HIGHEST


def test_a_chance_given_by_hand_is_that_of_the_group():
    model = DropOut.by_hand({("age", "16-24"): 0.3})
    assert model.chance(AISHA) == pytest.approx(0.3)
    assert model.chance(BRAM) == USUAL


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: DropOut(1.2),
        lambda: DropOut(-0.1),
        lambda: DropOut(0.1, {("age", "65+"): -1.0}),
        lambda: DropOut(0.1, {("age", "65+"): float("inf")}),
        lambda: DropOut.by_hand({("age", "65+"): 1.5}),
        lambda: DropOut.by_hand({("age", "65+"): 0.5}, base=0.0),
    ],
)
def test_a_chance_outside_0_to_1_is_refused(wrong):
    with pytest.raises(Refusal, match=r"sortition\.chance"):
        wrong()


def test_with_hardly_any_smoothing_the_rates_seen_are_the_rates_learned():
    model = learn(past("16-24", 40, 20) + past("65+", 60, 6), smoothing=1e-9)
    assert model.chance(AISHA) == pytest.approx(0.5, abs=1e-6)
    assert model.chance(BRAM) == pytest.approx(0.1, abs=1e-6)


def test_one_value_learned_by_hand():
    """100 people of one value, 30 left, smoothing 5. Both sums must hold: base = 35 / (100 factor + 33.33) and
    factor = 35 / (100 base + 5). With base = 0.15 t: 15 t factor + 5 t = 35 = 15 t factor + 5 factor, so t = factor,
    and 15 t² + 5 t = 35: t = (-5 + sqrt(2125)) / 30 = 1.36992. The chance is 0.15 t² = 0.28151."""
    model = learn(past("16-24", 100, 30), smoothing=5.0)
    assert model.factors["age", "16-24"] == pytest.approx(1.36992, abs=1e-5)
    assert model.chance(AISHA) == pytest.approx(0.28151, abs=1e-5)


def test_few_data_say_about_average_and_are_called_thin():
    model = learn(past("16-24", 2, 2) + past("65+", 98, 13))
    assert model.chance(AISHA) < 0.35
    assert model.thin == (("age", "16-24"),)
    assert model.seen == {("age", "16-24"): (2, 2), ("age", "65+"): (98, 13)}


def test_two_features_that_multiply_are_found_back():
    rates = {("16-24", "woman"): 0.4, ("16-24", "man"): 0.2, ("65+", "woman"): 0.2, ("65+", "man"): 0.1}
    members = [
        ({"age": age, "gender": gender}, number >= rate * 1000)
        for (age, gender), rate in rates.items()
        for number in range(1000)
    ]
    model = learn(members, smoothing=0.01)
    for (age, gender), rate in rates.items():
        assert model.chance(Candidate("x", {"age": age, "gender": gender})) == pytest.approx(rate, abs=0.002)


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "c"]), st.sampled_from(["d", "e"]), st.booleans()), min_size=1))
def test_what_is_learned_agrees_with_itself(rows):
    """The stationary point: every factor = (dropped + s) / (expected without it + s)."""
    members = [({"one": one, "two": two}, stayed) for one, two, stayed in rows]
    model = learn(members, smoothing=5.0)
    for feature, factor in model.factors.items():
        having = [features for features, _ in members if feature in features.items()]
        expected = sum(model.base * prod(model.factors[f] for f in features.items()) for features in having) / factor
        assert factor == pytest.approx((model.seen[feature][1] + 5) / (expected + 5), rel=1e-6)


def test_the_order_of_the_past_changes_nothing():
    members = past("16-24", 7, 3) + past("65+", 9, 1)
    assert learn(members) == learn(members[::-1])


def test_no_past_and_no_smoothing_are_refused():
    with pytest.raises(Refusal, match=r"sortition\.no_past"):
        learn([])
    with pytest.raises(Refusal, match=r"sortition\.smoothing"):
        learn(past("65+", 3, 1), smoothing=0.0)


def test_who_never_leaves_never_leaves_and_a_higher_chance_only_adds_leavers():
    few = drop_out_sets(people(30), DropOut(0.1), seed="goose", sets=50)
    more = drop_out_sets(people(30), DropOut(0.4), seed="goose", sets=50)
    assert drop_out_sets(people(30), DropOut(0.0), seed="goose", sets=3) == [(), (), ()]
    assert all(set(some) <= set(others) for some, others in zip(few, more, strict=True))
    assert few != more


def test_simulated_drop_outs_follow_the_chances():
    model = DropOut(0.1, {("age", "16-24"): 3.0})
    sets = drop_out_sets(people(10), model, seed="goose", sets=4000)
    for one in people(10):
        share = sum(one.id in leavers for leavers in sets) / 4000
        assert share == pytest.approx(model.chance(one), abs=0.03)  # 4 standard deviations


def test_simulated_drop_outs_do_not_depend_on_the_order_of_people_and_do_on_the_seed():
    straight = drop_out_sets(people(10), DropOut(), seed="goose", sets=20)
    assert straight == drop_out_sets(people(10)[::-1], DropOut(), seed="goose", sets=20)
    assert straight != drop_out_sets(people(10), DropOut(), seed="gander", sets=20)


def test_somebody_leaves_when_her_published_ticket_is_below_her_chance():
    sets = drop_out_sets(people(8), DropOut(0.3), seed="goose", sets=4)
    for number, leavers in enumerate(sets):
        assert leavers == tuple(
            one.id for one in people(8) if ticket("goose", "leaves", f"{number} {one.id}") < 0.3 * 2**64
        )
    assert sets[:2] == [(), ("p06",)]


def test_every_drop_out_set_comes_with_its_chance():
    model = DropOut(0.2, {("age", "16-24"): 2.0})
    found = dict(every_drop_out_set(people(3), model))
    chance = {one.id: model.chance(one) for one in people(3)}
    assert len(found) == 8
    for size in range(4):
        for who in combinations(sorted(chance), size):
            expected = prod(chance[one] if one in who else 1 - chance[one] for one in chance)
            assert found[who] == pytest.approx(expected)


@pytest.mark.slow
def test_hash_order_changes_nothing():
    script = (
        "from samenraad.methods.sortition.substitution.dropout import *\n"
        "people = [Candidate(f'p{i}', {'a': str(i % 3), 'b': str(i % 2)}) for i in range(9)]\n"
        "model = learn([(one.features, int(one.id[1:]) % 4 > 0) for one in people])\n"
        "print(model, drop_out_sets(people, model, seed='goose', sets=5))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(told) == 1
