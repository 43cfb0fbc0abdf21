"""Who sits where: known optima, everything tried on tiny cases, the same seed the same seating."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenraad.methods.groups import seat
from samenraad.methods.groups.files import as_json
from samenraad.methods.groups.seating import TRIES
from samenraad.methods.groups.tests.room import every_round, fields, most_different_pairs, people
from samenraad.refusals import Refusal


def test_nine_people_at_three_tables_all_meet_once_in_four_rounds():
    found = seat(people(9), tables=3, rounds=4, seed="goose").quality
    assert (found.new, found.repeats, found.fewest_met, found.most_often) == (36, 0, 8, 1)


def test_sixteen_people_at_four_tables_all_meet_once_in_five_rounds():
    found = seat(people(16), tables=4, rounds=5, seed="goose").quality
    assert (found.new, found.possible, found.repeats) == (120, 120, 0)


@pytest.mark.slow
def test_fifteen_schoolgirls_walk_out_for_seven_days():
    """T.P. Kirkman, 1850: 35 triples, no two girls twice abreast."""
    found = seat(people(15), tables=5, rounds=7, seed="h", tries=5_000_000).quality
    assert (found.new, found.repeats, found.fewest_met) == (105, 0, 14)


@pytest.mark.parametrize(("number", "tables", "rounds"), [(4, 2, 3), (5, 2, 2), (6, 2, 2), (6, 2, 3), (6, 3, 3)])
def test_no_seating_of_a_few_people_is_better(number, tables, rounds):
    room = people(number)
    found = seat(room, tables=tables, rounds=rounds, seed="goose", tries=50_000).quality
    assert found.new == most_different_pairs(room, tables, rounds) <= found.possible


@settings(max_examples=25, deadline=None)
@given(st.integers(4, 24), st.integers(1, 5), st.integers(1, 4), st.integers(0, 99))
def test_everybody_sits_once_a_round_and_nothing_is_worse_than_the_random_draw(number, tables, rounds, seed):
    tables = min(tables, number // 2)
    room = people(number, 2, 3, seed=seed)
    seating = seat(room, tables=tables, rounds=rounds, seed=str(seed), mix=["f0", "f1"], tries=3000)
    for round in seating.rounds:
        assert sorted(one for table in round for one in table) == sorted(room)
        assert max(map(len, round)) - min(map(len, round)) <= 1
    found, draw = seating.quality, seating.draw
    assert found.new <= found.possible
    assert found.gap >= found.least_gap
    assert found.repeats <= draw.repeats
    assert found.most_often <= draw.most_often
    assert found.fewest_met >= draw.fewest_met
    assert (found.gap, found.worst_gap, found.alone) <= (draw.gap, draw.worst_gap, draw.alone)
    assert found.worst_gap <= draw.worst_gap
    assert found.alone <= draw.alone


def test_the_same_seed_gives_the_same_seating_in_any_order_of_rows():
    room = people(30, 2, 4)
    rows = list(room.items())
    texts = []
    for order in range(3):
        Random(order).shuffle(rows)
        texts.append(as_json(seat(dict(rows), tables=4, rounds=3, seed="goose", mix=["f1", "f0"], tries=20_000)))
    assert len(set(texts)) == 1


def test_another_seed_gives_another_seating():
    one, other = (seat(people(30), tables=4, rounds=3, seed=seed, tries=2000) for seed in ("goose", "hat"))
    assert one.rounds != other.rounds


def test_a_seating_of_long_ago_is_found_again():
    """Whoever changes the search changes what published seeds give: say so in the changelog."""
    seating = seat(people(6, 2), tables=2, rounds=2, seed="Three hats and a goose", mix=["f0"], tries=1000)
    assert seating.cards() == {
        "p000": (1, 2),
        "p001": (2, 1),
        "p002": (2, 2),
        "p003": (1, 1),
        "p004": (1, 1),
        "p005": (2, 2),
    }


def test_a_random_draw_is_as_random_as_it_should_be():
    """Ten ways to seat six people in two groups; each comes up about as often (chi-square, 9 degrees, 0.1 %)."""
    ways = {frozenset(one): 0 for one in every_round(people(6), 2)}
    for number in range(600):
        ways[frozenset(seat(people(6), tables=2, rounds=1, seed=str(number), tries=1).rounds[0])] += 1
    assert len(ways) == 10
    assert sum((count - 60) ** 2 / 60 for count in ways.values()) < 27.9


def test_one_table_and_one_round_are_fine():
    found = seat(people(2, 2), tables=1, rounds=1, seed="x", mix=["f0"], tries=0)
    assert found.rounds == ((("p000", "p001"),),)
    assert found.quality.share == 1


@pytest.mark.parametrize(
    ("number", "tables", "code"),
    [(7, 4, "groups.tables"), (0, 1, "groups.tables"), (1, 1, "groups.tables"), (4, 0, "groups.tables")],
)
def test_a_table_of_one_is_refused(number, tables, code):
    with pytest.raises(Refusal) as refused:
        seat(people(number), tables=tables, rounds=1, seed="x")
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"rounds": 0}, "groups.rounds"),
        ({"mix": ["age"]}, "groups.unknown_field"),
        ({"seed": "  "}, "sortition.no_seed"),
        ({"accessible": [5]}, "groups.unknown_table"),
        ({"accessible": [0]}, "groups.unknown_table"),
    ],
)
def test_what_cannot_be_understood_is_refused(change, code):
    with pytest.raises(Refusal) as refused:
        seat(**{"people": people(6), "tables": 2, "rounds": 1, "seed": "x", **change})
    assert refused.value.code == code


def test_who_lacks_a_value_is_named():
    room = {**people(4, 2), "bo": {"f0": ""}}
    with pytest.raises(Refusal) as refused:
        seat(room, tables=2, rounds=1, seed="x", mix=["f0"])
    assert (refused.value.code, refused.value.facts["ids"]) == ("groups.missing", ["bo"])


@pytest.mark.slow
def test_a_hundred_people_five_fields_reach_the_figures():
    """Design: new >= 0.90, worst gap <= 1, alone <= 3. groupselect reaches 0.369 of new pairs."""
    room = people(100, 2, 4, 3, 5, 4)
    found = seat(room, tables=10, rounds=5, seed="goose", mix=fields(room), tries=TRIES).quality
    assert found.share >= 0.90
    assert found.worst_gap <= 1
    assert found.alone <= 3
