"""The five figures, computed by hand and by their definition."""

from fractions import Fraction
from itertools import product
from math import isclose, prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from samenraad.methods.saying import explain
from samenraad.methods.sortition.report.figures import figures
from samenraad.methods.sortition.report.sentences import REPORT
from samenraad.refusals import Refusal

chances = some.lists(some.fractions(0, 1, max_denominator=1000), min_size=1, max_size=12)


def test_by_hand():
    """0.1, 0.2, 0.3, 0.4: the differences of the six pairs add up to 1.0, twice, so 2.0 / (2 · 4 · 1.0) = 0.25;
    the fourth root of 0.0024 is 0.221336."""
    found = figures([0.3, 0.1, 0.4, 0.2])
    assert (found.lowest, found.highest, found.at_zero, found.people) == (0.1, 0.4, 0, 4)
    assert isclose(found.gini, 0.25)
    assert round(found.geometric_mean, 6) == 0.221336


def test_equal_chances_are_equal():
    found = figures([Fraction(1, 10)] * 7)
    assert (found.lowest, found.highest, found.gini, found.geometric_mean) == (0.1, 0.1, 0.0, 0.1)


def test_one_person_has_it_all():
    found = figures([0, 0, 0, 1])
    assert (found.gini, found.geometric_mean, found.at_zero) == (0.75, 0.0, 3)


def test_everybody_at_zero():
    assert figures([0, 0]).gini == 0.0


def test_nobody_has_no_figures():
    with pytest.raises(Refusal) as no:
        figures([])
    assert no.value.code == "sortition.nobody"


@pytest.mark.parametrize("outside", [-0.1, 1.1])
def test_a_chance_lies_between_0_and_1(outside):
    with pytest.raises(Refusal) as no:
        figures([0.5, outside])
    assert no.value.code == "sortition.no_chance"


@settings(max_examples=40, deadline=None)
@given(chances)
def test_the_definition(values):
    found, n = figures(values), len(values)
    pairs = sum(abs(one - other) for one, other in product(values, repeat=2))
    assert isclose(found.gini, pairs / (2 * n * sum(values)) if sum(values) else 0.0, abs_tol=1e-12)
    assert isclose(found.geometric_mean, float(prod(values)) ** (1 / n), rel_tol=1e-9, abs_tol=1e-12)


@settings(max_examples=40, deadline=None)
@given(chances, some.randoms(use_true_random=False))
def test_order_does_not_matter_and_the_mean_lies_between(values, chance):
    mixed = chance.sample(values, len(values))
    found = figures(values)
    assert figures(mixed) == found
    assert found.lowest - 1e-12 <= found.geometric_mean <= found.highest + 1e-12
    assert 0 <= found.gini < 1


@pytest.mark.parametrize("code", sorted(REPORT))
def test_each_refusal_has_a_sentence(code):
    facts = {"lowest": 0, "highest": 2, "draws": 0, "attempts": 9, "ids": ["a"], "method": "nash"}
    told = explain(Refusal(code, **facts))
    assert told.endswith(".")
    assert "{" not in told
