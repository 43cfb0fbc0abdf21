"""One seed, the same numbers for everybody, and none more likely than another."""

import hashlib
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from samenraad.methods import seeds
from samenraad.refusals import Refusal

WORDS = some.text(some.characters(codec="utf-8"), min_size=1, max_size=12)


def test_a_ticket_is_one_line_of_shell():
    text = b"samenraad\nletter\nThree hats and a goose\n4711"
    assert seeds.ticket("Three hats and a goose", "letter", "4711") == int(hashlib.sha256(text).hexdigest()[:16], 16)


def test_how_a_seed_was_typed_makes_no_difference():
    one = seeds.ticket("Café  Zeist\n2026", "letter", "1")
    assert seeds.ticket(" Cafe\u0301 Zeist 2026 ", "letter", "1") == one
    assert seeds.ticket("Cafe Zeist 2026", "letter", "1") != one


@pytest.mark.parametrize("seed", ["", "  \n"])
def test_an_empty_seed_is_refused(seed):
    with pytest.raises(Refusal, match=r"sortition\.no_seed"):
        seeds.ticket(seed, "letter", "1")


def test_one_seed_serves_several_purposes():
    assert seeds.ticket("goose", "letter", "1") != seeds.ticket("goose", "home", "1")
    with pytest.raises(ValueError, match="one word"):
        seeds.prefix("goose", "letter\nhome")


@settings(max_examples=50, deadline=None)
@given(some.sets(WORDS, max_size=20), WORDS.filter(str.strip), some.randoms(use_true_random=False))
def test_the_order_in_which_people_come_changes_nothing(ids, seed, chance):
    shuffled = sorted(ids)
    chance.shuffle(shuffled)
    assert seeds.in_lot_order(shuffled, seed, "table") == seeds.in_lot_order(ids, seed, "table")


@settings(max_examples=50, deadline=None)
@given(some.integers(1, 2**256), WORDS.filter(str.strip))
def test_a_number_stays_below_its_limit(limit, seed):
    assert 0 <= seeds.number_below(limit, seed, "panel") < limit


@pytest.mark.parametrize("limit", [0, -3, 2**256 + 1])
def test_an_impossible_limit_is_refused(limit):
    with pytest.raises(Refusal, match=r"sortition\.limit"):
        seeds.number_below(limit, "goose", "panel")


def test_values_that_would_favour_small_numbers_are_thrown_away():
    """Of 2^256 values only the first 2^255 + 1 are fair for that limit: about half of the seeds need another try."""
    limit = 2**255 + 1
    tried = [_by_hand(limit, f"seed {i}") for i in range(200)]
    assert [seeds.number_below(limit, f"seed {i}", "panel") for i in range(200)] == [number for number, _ in tried]
    assert 60 < sum(attempts > 1 for _, attempts in tried) < 140


def _by_hand(limit, seed):
    for attempt in range(100):
        value = int(hashlib.sha256(f"samenraad\npanel\n{seed}\n{attempt}".encode()).hexdigest(), 16)
        if value < 2**256 // limit * limit:
            return value % limit, attempt + 1
    raise AssertionError


def test_numbers_are_equally_likely():
    """6,000 throws of a die: chi-squared with 5 degrees of freedom stays below its 99.9 % quantile, 20.5."""
    counted = Counter(seeds.number_below(6, f"throw {i}", "die") for i in range(6000))
    assert sum((counted[side] - 1000) ** 2 / 1000 for side in range(6)) < 20.5
