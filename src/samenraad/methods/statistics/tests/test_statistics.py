"""The figures of the field, to four decimals; a second implementation; and what is refused."""

from math import isclose

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from scipy import stats

from samenraad.methods.statistics import mean, share, waiting
from samenraad.refusals import Refusal


@pytest.mark.parametrize(
    ("count", "total", "value", "low", "high"),
    [
        (40, 62, 0.6452, 0.5208, 0.7526),  # Zeist 2021, proposals adopted
        (935, 6500, 0.1438, 0.1355, 0.1526),  # Zeist 2021, said yes
        (593, 6500, 0.0912, 0.0845, 0.0985),  # Zeist, new year
        (503, 12000, 0.0419, 0.0385, 0.0457),  # Toronto
    ],
)
def test_published_shares(count, total, value, low, high):
    found = share(count, total)
    assert (round(found.value, 4), round(found.low, 4), round(found.high, 4)) == (value, low, high)


@given(some.integers(1, 5000).flatmap(lambda total: some.tuples(some.integers(0, total), some.just(total))))
def test_wilson_agrees_with_scipy(pair):
    count, total = pair
    found, theirs = share(count, total), stats.binomtest(count, total).proportion_ci(0.95, "wilson")
    assert isclose(found.low, theirs.low, abs_tol=1e-9)
    assert isclose(found.high, theirs.high, abs_tol=1e-9)
    assert 0 <= found.low <= found.value <= found.high <= 1


def test_nothing_out_of_nothing_is_no_share():
    assert share(0, 0) is None


@pytest.mark.parametrize(("count", "total"), [(-1, 5), (6, 5), (1, 0)])
def test_more_than_all_is_refused(count, total):
    with pytest.raises(Refusal, match=r"statistics\.count"):
        share(count, total)


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_a_confidence_is_a_share(confidence):
    with pytest.raises(Refusal, match=r"statistics\.confidence"):
        share(1, 2, confidence)
    with pytest.raises(Refusal, match=r"statistics\.confidence"):
        mean([1, 2], confidence)


@given(some.lists(some.floats(0, 10), min_size=2, max_size=60).filter(lambda values: np.std(values) > 1e-6))
def test_student_agrees_with_scipy(values):
    low, high = stats.t.interval(0.95, len(values) - 1, np.mean(values), stats.sem(values))
    found = mean(values)
    assert isclose(found.low, low, rel_tol=1e-7, abs_tol=1e-9)
    assert isclose(found.high, high, rel_tol=1e-7, abs_tol=1e-9)


def test_an_interval_ends_where_the_scale_ends():
    assert mean([10, 10, 9, 10], scale=(0, 10)).high == 10


def test_one_mark_has_no_margin_and_none_has_no_mean():
    assert mean([7]).interval is None
    assert mean([]) is None


@given(some.lists(some.tuples(some.integers(0, 200), some.booleans()), min_size=1, max_size=60))
def test_the_curve_agrees_with_scipy(cases):
    found = waiting(cases)
    sample = stats.CensoredData(
        uncensored=[day for day, happened in cases if happened], right=[day for day, happened in cases if not happened]
    )
    theirs = stats.ecdf(sample).sf
    for day in {day for day, _ in cases}:
        assert isclose(found.still_after(day), theirs.evaluate(day), abs_tol=1e-9)
    assert list(found.still) == sorted(found.still, reverse=True)


def test_the_median_wait_of_five_answers_of_which_two_still_wait():
    found = waiting([(10, True), (20, True), (30, False), (40, True), (50, False)])
    assert (found.count, found.happened, found.median) == (5, 3, 40)
    assert [round(rest, 4) for rest in found.still] == [0.8, 0.6, 0.3]
    assert waiting([(10, False), (20, False)]).median is None


def test_no_cases_no_curve_and_no_negative_days():
    assert waiting([]) is None
    with pytest.raises(Refusal, match=r"statistics\.days"):
        waiting([(-1, True)])
