"""Quotas from the figures of the population, by the stated rule."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenraad.methods.linear import Programme
from samenraad.methods.sortition.pool import Quota
from samenraad.methods.sortition.reading.share_files import read_shares
from samenraad.methods.sortition.reference import exact, from_shares, too_small
from samenraad.refusals import Refusal

#: counts of a town with three age groups and two districts
TOWN = {
    ("age", "district"): {
        ("16-34", "north"): 1200,
        ("16-34", "south"): 1800,
        ("35-64", "north"): 2500,
        ("35-64", "south"): 2500,
        ("65+", "north"): 1300,
        ("65+", "south"): 700,
    }
}


def limits(quotas):
    return {quota.label: (quota.min, quota.max) for quota in quotas}


def counts(least=0):
    return st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(least, 500), min_size=1, max_size=6)


def test_a_share_of_the_seats_is_rounded_down_and_up():
    """By hand: 20.5 % of 44 is 9.02, 79.5 % is 34.98; 52.5 % of 40 is 21 exactly."""
    assert limits(from_shares({"age": {"young": 0.205, "old": 0.795}}, 44)) == {
        "age: old": (34, 35),
        "age: young": (9, 10),
    }
    assert limits(from_shares({"gender": {"f": 0.525, "m": 0.475}}, 40)) == {
        "gender: f": (21, 21),
        "gender: m": (19, 19),
    }


def test_room_widens_both_sides_but_never_below_zero():
    assert limits(from_shares({"x": {"a": 0.01, "b": 0.99}}, 10, room=2)) == {"x: a": (0, 3), "x: b": (7, 12)}


def test_largest_remainders_get_the_seats_that_are_left():
    """By hand: 10 seats for 47, 16, 15.8, 12, 6.1 and 3.1 of 100: 4 + 1 + 1 + 1 + 0 + 0, and then the remainders
    .7 (a), .61 (e) and .6 (b)."""
    shares = {"x": {"a": 47, "b": 16, "c": 15.8, "d": 12, "e": 6.1, "f": 3.1}}
    quotas = from_shares(shares, 10, rounding="largest_remainder")
    assert limits(quotas) == {
        f"x: {value}": (number, number) for value, number in {"a": 5, "b": 2, "c": 1, "d": 1, "e": 1, "f": 0}.items()
    }


def test_of_equal_remainders_the_smaller_group_goes_first_and_then_the_alphabet():
    quotas = from_shares({"x": {"big": 5, "a": 1, "b": 1, "c": 1}}, 4, rounding="largest_remainder")  # 2.5 .5 .5 .5
    assert [quota.min for quota in quotas] == [1, 1, 2, 0]


@settings(max_examples=30, deadline=None)
@given(counts(), st.integers(1, 200), st.integers(0, 3))
def test_the_seats_always_lie_between_the_sums_of_a_category(figures, seats, room):
    if not sum(figures.values()):
        return
    quotas = from_shares({"x": figures}, seats, room=room)
    assert sum(quota.min for quota in quotas) <= seats <= sum(quota.max for quota in quotas)
    exactly = from_shares({"x": figures}, seats, rounding="largest_remainder")
    assert sum(quota.min for quota in exactly) == seats
    for quota, wide in zip(exactly, from_shares({"x": figures}, seats), strict=True):
        assert wide.min <= quota.min == quota.max <= wide.max


def test_shares_percentages_and_counts_give_the_same_quotas():
    shares = [
        {"a": 0.25, "b": 0.75},
        {"a": 25, "b": 75},
        {"a": 1000, "b": 3000},
        {"a": Fraction(1, 4), "b": Fraction(3, 4)},
    ]
    assert len({from_shares({"x": figures}, 37) for figures in shares}) == 1


def test_a_tenth_is_a_tenth():
    """0.1 + 0.2 is not 0.3 in binary; ten seats for tenths come out whole."""
    assert limits(from_shares({"x": {"a": 0.1, "b": 0.2, "c": 0.7}}, 10)) == {
        "x: a": (1, 1),
        "x: b": (2, 2),
        "x: c": (7, 7),
    }


def test_rounded_percentages_may_miss_one_hundred_by_a_little():
    assert from_shares({"x": {"a": 33.3, "b": 33.3, "c": 33.3}}, 9) == from_shares({"x": {"a": 1, "b": 1, "c": 1}}, 9)


@pytest.mark.parametrize(
    ("shares", "options", "code"),
    [
        ({"x": {"a": 0.4, "b": 0.4}}, {}, "shares_sum"),
        ({"x": {"a": 95.5, "b": 3.1}}, {}, "shares_sum"),
        ({"x": {"a": 0, "b": 0}}, {}, "shares_sum"),
        ({"x": {}}, {}, "shares_sum"),
        ({"x": {"a": -1, "b": 2}}, {}, "share_wrong"),
        ({"x": {"a": float("nan"), "b": 1}}, {}, "share_wrong"),
        ({"x": {"a": float("inf"), "b": 1}}, {}, "share_wrong"),
        ({"x": {"a": 1}}, {"seats": 0}, "no_seats"),
        ({"x": {"a": 1}}, {"room": -1}, "room"),
        ({("x", "x"): {("a", "a"): 1}}, {}, "pair_names"),
        ({("x", "y", "z"): {("a", "a", "a"): 1}}, {}, "pair_names"),
        ({("x", "y"): {"a": 1}}, {}, "pair_names"),
        ({"x": {("a", "b"): 1}}, {}, "pair_names"),
        (TOWN | {"age": {"16-34": 0.35, "35-64": 0.45, "65+": 0.2}}, {}, "shares_disagree"),
        (TOWN | {"age": {"16-34": 0.3, "35-64": 0.5, "65-74": 0.2}}, {}, "shares_disagree"),
    ],
)
def test_figures_that_cannot_be_are_refused(shares, options, code):
    with pytest.raises(Refusal) as caught:
        from_shares(shares, **({"seats": 10} | options))
    assert caught.value.code == f"sortition.{code}"


def test_figures_that_contradict_the_intersections_are_named():
    with pytest.raises(Refusal) as caught:
        from_shares(TOWN | {"age": {"16-34": 0.35, "35-64": 0.45, "65+": 0.2}}, 20)
    assert caught.value.facts == {
        "category": "age", "value": "16-34", "in_pairs": Fraction(3, 10), "alone": Fraction(35, 100),
    }  # fmt: skip


def test_age_within_district_counts_for_age_and_for_district():
    """By hand: 10,000 people and 15 seats. 3000 young come to 4.5, 5000 in the north to 7.5, 1200 of both to 1.8."""
    found = limits(from_shares(TOWN | {"age": {"16-34": 0.3, "35-64": 0.5, "65+": 0.2}}, 15))
    assert found["age: 16-34"] == (4, 5)
    assert found["age: 65+"] == (3, 3)
    assert found["district: north"] == (7, 8)
    assert found["age: 16-34 & district: north"] == (1, 2)
    assert found["age: 65+ & district: south"] == (1, 2)
    assert len(found) == 3 + 2 + 6


def test_categories_in_an_intersection_keep_their_interval_whatever_the_rounding():
    shares = TOWN | {"gender": {"f": 0.51, "m": 0.49}}
    quotas = from_shares(shares, 15, rounding="largest_remainder")
    assert limits(quotas)["gender: f"] == (8, 8)
    assert limits(quotas)["age: 16-34"] == (4, 5)


@settings(max_examples=10, deadline=None)
@given(st.lists(st.lists(st.integers(0, 60), min_size=3, max_size=3), min_size=2, max_size=4), st.integers(1, 60))
def test_cells_and_margins_of_one_table_can_always_be_met_together(table, seats):
    """Bacharach (1966): found here by an integer programme over the number of seats in each cell."""
    total = sum(map(sum, table))
    if not total:
        return
    cells = {(f"r{i}", f"c{j}"): number for i, row in enumerate(table) for j, number in enumerate(row)}
    quotas = from_shares({("row", "column"): cells}, seats)
    where = [(("column", c), ("row", r)) for r, c in cells]
    rows = np.array([[set(quota.where) <= set(cell) for cell in where] for quota in quotas], dtype=float)
    low, high = [quota.min for quota in quotas], [quota.max for quota in quotas]
    rows, low, high = np.vstack([rows, np.ones(len(where))]), [*low, seats], [*high, seats]
    solved = Programme(rows, low, high, upper=seats, whole=True).solve()
    assert round(solved.x.sum()) == seats


@settings(max_examples=30, deadline=None)
@given(counts(), st.integers(1, 100))
def test_the_rule_in_other_words(figures, seats):
    """A second way to say it: whole-number division instead of fractions."""
    total = sum(figures.values())
    if not total or total == 1:
        return
    for quota in from_shares({"x": figures}, seats):
        people = figures[quota.where[0][1]] * seats
        assert (quota.min, quota.max) == (people // total, -(-people // total))
        assert quota.min in (floor(people / total), ceil(people / total))


def test_groups_too_small_for_one_seat_are_said():
    small = too_small({"gender": {"f": 0.495, "m": 0.495, "x": 0.01}, "none": {"a": 1, "b": 0}}, 40)
    assert [(group.label, group.expected) for group in small] == [("gender: x", 0.4)]


# figures in a file


def test_figures_are_read_as_people_write_them():
    text = (
        "Categorie;Waarde;Aandeel;bron\nage;16-34;30 %;x\nage;35-64;50%;\nAGE;65+;20,0 %;\n"
        "town;north;0,25;\ntown;south;0.75;\n"
    )
    assert read_shares(text.encode()) == {
        "age": {"16-34": Fraction(3, 10), "35-64": Fraction(1, 2), "65+": Fraction(1, 5)},
        "town": {"north": Fraction(1, 4), "south": Fraction(3, 4)},
    }


def test_numbers_of_people_are_read_with_or_without_spaces():
    shares = read_shares("feature,value,inwoners\nage,a,12 500\nage,b,1\u00a0000\nage,c,70\n".encode())
    assert shares == {"age": {"a": 12500, "b": 1000, "c": 70}}


def test_figures_of_an_intersection_are_read():
    rows = "".join(f"district & age,{d} & {a},{number}\n" for (a, d), number in TOWN["age", "district"].items())
    shares = read_shares(("category,value,count\n" + rows).encode())
    assert exact(shares) == exact(TOWN)
    assert Quota((("age", "16-34"), ("district", "north")), 1, 2) in from_shares(shares, 15).quotas


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ("x,a,\n", (2, "share", "cell_missing")),
        ("x,a,much\n", (2, "share", "not_a_share")),
        ("x,a,-1\n", (2, "share", "not_a_share")),
        ("x,a,1.250.000\n", (2, "share", "not_a_share")),
        ("x,a,1\nX, A ,1\n", (3, None, "share_twice")),
        ("x,a,40 %\nx,b,40 %\n", (None, None, "shares_sum")),
        ("x & y,a,1\n", (2, "value", "pair")),
        ("x & y,a & b,1\nx,c,1\n", (None, None, "shares_disagree")),
    ],
)
def test_each_bad_figure_is_told_with_its_place(rows, place):
    with pytest.raises(Refusal) as caught:
        read_shares(("category,value,share\n" + rows).encode())
    first = caught.value.facts["problems"][0]
    assert (first.line, first.column, first.code) == (*place[:2], f"sortition.{place[2]}")


def test_a_figures_file_without_figures_is_refused():
    with pytest.raises(Refusal) as caught:
        read_shares(b"category,value,weight\nx,a,1\n")
    assert caught.value.facts["problems"][0].facts["wanted"] == "share"
