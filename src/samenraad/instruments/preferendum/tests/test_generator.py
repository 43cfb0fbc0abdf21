"""Invented ballots: a preferendum of 30 proposals and 5 priorities."""

from fractions import Fraction

import pytest

from samenraad.instruments.preferendum.rules.counting import count
from samenraad.instruments.preferendum.rules.generator import preferendum, slips
from samenraad.instruments.preferendum.rules.places import places, split
from samenraad.instruments.preferendum.tests.recounting import rules_for, shape_of

BALLOTS, PROPOSALS = 1500, 30


@pytest.fixture(scope="module")
def voted():
    rules = rules_for("rate", "preferendum", PROPOSALS, entitled=5000)
    counted, number = slips(preferendum(BALLOTS, PROPOSALS, 4, 5, "goose"), shape_of(rules))
    return rules, counted, count(counted, number, rules, "goose")


def test_the_same_seed_gives_the_same_ballots():
    assert list(preferendum(5, 8, 4, 2, "goose")) == list(preferendum(5, 8, 4, 2, "goose"))
    assert list(preferendum(5, 8, 4, 2, "goose")) != list(preferendum(5, 8, 4, 2, "gander"))


def test_two_proposals_divide_and_two_please(voted):
    rows = voted[2]["options"]
    assert all(Fraction(rows[number]["polarisation"]) > Fraction(9, 10) for number in ("1", "2"))
    assert all(rows[number]["shared"] for number in ("3", "4"))
    assert all(Fraction(rows[number]["polarisation"]) < Fraction(1, 5) for number in ("3", "4"))


def test_fifteen_per_cent_have_no_opinion_and_everybody_marks_five(voted):
    rows, result = voted[2]["options"].values(), voted[2]
    silent = sum(row["no_opinion"] for row in rows) / (BALLOTS * PROPOSALS)
    assert 0.14 < silent < 0.16
    assert result["priorities"] == 5 * BALLOTS


def test_neighbourhoods_differ_a_little(voted):
    rules, counted, _result = voted
    tables = places(split(counted, rules, "goose"), rules)
    shown = [table["support"] for table in tables.values() if {"Noord", "Zuid"} <= set(table["support"])]
    assert len(shown) > 20
    assert sum(Fraction(one["Zuid"]) > Fraction(one["Noord"]) for one in shown) > len(shown) * 0.8
