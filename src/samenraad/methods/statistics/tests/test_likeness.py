"""How much a group looks like its town: by hand, against scipy, and as properties."""

from itertools import product
from math import inf, isclose

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from scipy import stats

from samenraad.methods.statistics import chance_index, likeness
from samenraad.methods.statistics.likeness import DRAWS
from samenraad.refusals import Refusal

PARTS = [0.20, 0.24, 0.32, 0.24]


def test_a_hundred_people_from_a_town_of_four_parts():
    found = likeness(PARTS, [14, 22, 38, 26])
    assert (round(found.index, 2), round(found.low, 2), round(found.high, 2)) == (0.92, 0.82, 0.97)
    assert (round(found.chance, 3), round(found.chance_low, 2)) == (0.932, 0.88)
    assert (round(found.chi_square, 3), round(found.p_value, 3), found.by) == (3.258, 0.353, "chi_square")
    assert [round(100 * points) for points in found.points] == [-6, -2, 6, 2]
    assert not found.stands_out


def test_by_hand_two_of_two_from_one_half():
    """Outcomes 2-0, 1-1, 0-2 with chances 1/4, 1/2, 1/4 and index 1/2, 1, 1/2."""
    found = likeness([5, 5], [2, 0])
    assert (found.index, found.chance, found.chance_low, found.chance_high) == (0.5, 0.75, 0.5, 1.0)
    assert (found.low, found.high) == (0.5, 0.5)  # drawn again from a group of one kind: always that kind
    assert (found.chi_square, found.p_value, found.by) == (2.0, 0.5, "exact")


def test_who_is_exactly_like_the_town_scores_one_and_nobody_scores_nothing():
    assert likeness([2, 3, 5], [4, 6, 10]).index == pytest.approx(1)
    assert likeness([2, 3, 5], [0, 0, 0]) is None


def test_a_value_that_the_town_does_not_have():
    found = likeness([1, 1, 0], [2, 1, 1])
    assert found.index == pytest.approx(0.75)
    assert (found.chi_square, found.p_value) == (inf, 0)


def test_a_town_of_one_kind_cannot_be_missed():
    found = likeness([7], [4])
    assert (found.index, found.low, found.chance, found.p_value) == (1, 1, 1, 1)


@given(some.integers(1, 60), some.lists(some.integers(1, 20), min_size=2, max_size=4))
@settings(max_examples=60, deadline=None)
def test_what_chance_gives_agrees_with_adding_up_the_binomial(size, people):
    shares = [number / sum(people) for number in people]
    x = np.arange(size + 1)
    off = [np.abs(x / size - share) @ stats.binom.pmf(x, size, share) for share in shares]
    assert isclose(chance_index(shares, size), 1 - sum(off) / 2, abs_tol=1e-9)


@given(some.lists(some.tuples(some.integers(1, 400), some.integers(1, 90)), min_size=2, max_size=6))
@settings(max_examples=25, deadline=None)
def test_chi_square_agrees_with_scipy(rows):
    people, counts = [row[0] for row in rows], [row[1] for row in rows]
    found = likeness(people, counts)
    expected = np.array(people) / sum(people) * sum(counts)
    theirs = stats.chisquare(counts, expected)
    assert isclose(found.chi_square, theirs.statistic, rel_tol=1e-9, abs_tol=1e-9)
    if expected.min() >= 5:
        assert isclose(found.p_value, theirs.pvalue, rel_tol=1e-9, abs_tol=1e-12)
    assert (found.by == "chi_square") == (expected.min() >= 5)


@given(some.integers(1, 7), some.lists(some.integers(1, 9), min_size=3, max_size=3), some.data())
@settings(max_examples=25, deadline=None)
def test_small_groups_agree_with_scipy_outcome_by_outcome(size, people, data):
    outcomes = [row for row in product(range(size + 1), repeat=3) if sum(row) == size]
    counts = data.draw(some.sampled_from(outcomes))
    found = likeness(people, counts)
    shares = np.array(people) / sum(people)
    chances = {row: stats.multinomial.pmf(row, size, shares) for row in outcomes}

    def far(row):
        return sum((np.array(row) - size * shares) ** 2 / (size * shares))

    if found.by == "exact":
        assert isclose(
            found.p_value, sum(c for row, c in chances.items() if far(row) >= far(counts) - 1e-9), abs_tol=1e-6
        )
    score = {row: 1 - np.abs(np.array(row) / size - shares).sum() / 2 for row in outcomes}
    below = sum(chance for row, chance in chances.items() if score[row] < found.chance_low - 1e-9)
    assert below < 0.05 + 1e-6
    assert isclose(sum(score[row] * chances[row] for row in outcomes), found.chance, abs_tol=1e-9)


@given(some.lists(some.tuples(some.integers(1, 50), some.integers(0, 9)), min_size=2, max_size=5))
@settings(max_examples=30, deadline=None)
def test_whatever_the_numbers_the_index_stays_between_and_order_is_nothing(rows):
    people, counts = [row[0] for row in rows], [row[1] for row in rows]
    found = likeness(people, counts)
    if found is None:
        return
    assert 0 <= found.index <= 1 + 1e-12
    assert found.low <= found.index <= found.high
    assert found.chance_low <= found.chance_high
    assert 0 <= found.p_value <= 1
    assert sum(found.points) == pytest.approx(0, abs=1e-9)
    again = likeness(people[::-1], counts[::-1])
    assert isclose(found.index, again.index, abs_tol=1e-9)
    assert isclose(found.chance, again.chance, abs_tol=1e-9)


def test_the_same_numbers_give_the_same_result_also_when_drawn():
    from samenraad.methods.statistics.likeness import _likeness

    people, counts = [31, 25, 18, 12, 8, 4, 2], [40, 30, 20, 10, 6, 3, 1]
    first = likeness(people, counts)
    _likeness.cache_clear()
    assert likeness(people, counts) == first
    assert first.by == "monte_carlo"
    assert first.p_value >= 1 / (DRAWS + 1)


def test_a_large_group_is_not_too_large():
    found = likeness([3900, 6100], [260_000, 390_000])
    assert found.chance == pytest.approx(0.9995, abs=1e-4)
    assert found.stands_out


def test_ten_points_too_many_highly_educated_in_a_hundred_are_seen_more_often_than_not():
    """Stated honestly: with a hundred people it is seen in 54 of 100 cases, and missed in the other 46."""
    town, too_many, size = 0.38, 0.48, 100
    chances = stats.binom.pmf(range(size + 1), size, too_many)
    found = [likeness([town, 1 - town], [x, size - x]) for x in range(size + 1)]
    by_chi_square = sum(chance for chance, one in zip(chances, found, strict=True) if one.p_value < 0.05)
    by_index = sum(chance for chance, one in zip(chances, found, strict=True) if one.stands_out)
    assert (round(by_chi_square, 2), round(by_index, 2)) == (0.54, 0.54)


@pytest.mark.parametrize(
    ("people", "counts", "code"),
    [
        ([1, 2], [1], "statistics.groups"),
        ([1, 2], [1, -1], "statistics.count"),
        ([1, -2], [1, 1], "statistics.people"),
        ([0, 0], [1, 1], "statistics.people"),
    ],
)
def test_what_makes_no_sense_is_refused(people, counts, code):
    with pytest.raises(Refusal, match=code.replace(".", r"\.")):
        likeness(people, counts)
    with pytest.raises(Refusal, match=r"statistics\.confidence"):
        likeness([1, 2], [1, 1], confidence=1)
