"""Dice, phrases and beacons lead to one number, every panel is equally likely, and what does not fit is refused."""

from __future__ import annotations

import hashlib
from collections import Counter
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenraad.methods.sortition.draw.randomness import (
    BEACON,
    DICE,
    PHRASE,
    Announced,
    beacon,
    dice,
    dice_for,
    from_text,
    phrases,
)
from samenraad.refusals import Refusal

ZEROS = "0" * 64
QUICKNET = Announced(BEACON, "", "drand-quicknet", 27946612)


def code_of(call) -> str:
    with pytest.raises(Refusal) as refused:
        call()
    return refused.value.code


def test_three_dice_are_the_number():
    assert dice([(4, 0, 7)], 1000).number(1000, ZEROS) == 407
    assert dice([(0, 0, 0)], 1000).number(1000, ZEROS) == 0
    assert dice([(9, 9, 9)], 1000).number(1000, ZEROS) == 999


def test_as_many_dice_as_the_highest_number_has_digits():
    assert [dice_for(m) for m in (10, 11, 100, 600, 1000, 1001, 10_000)] == [1, 2, 2, 3, 3, 4, 4]


def test_every_throw_of_three_dice_is_a_panel_of_its_own():
    numbers = {dice([throw], 1000).number(1000, "") for throw in product(range(10), repeat=3)}
    assert numbers == set(range(1000))


def test_a_throw_that_is_too_high_is_thrown_again_and_both_are_kept():
    assert code_of(lambda: dice([(6, 0, 0)], 600)) == "sortition.dice_again"
    thrown = dice([(6, 0, 0), (5, 9, 9)], 600)
    assert thrown.number(600, ZEROS) == 599
    assert thrown.throws == ((6, 0, 0), (5, 9, 9))


def test_nobody_throws_again_after_a_throw_that_counts():
    assert code_of(lambda: dice([(1, 2, 3), (4, 5, 6)], 1000)) == "sortition.dice_enough"
    assert code_of(lambda: dice([(1, 2, 3), (9, 9, 9), (4, 5, 6)], 600)) == "sortition.dice_enough"


@pytest.mark.parametrize(
    ("throws", "code"),
    [
        ([], "dice_missing"),
        ([(4, 0)], "dice_count"),
        ([(4, 0, 7, 1)], "dice_count"),
        ([(407,)], "dice_count"),
        ([(10, 0, 7)], "dice_digit"),
        ([(4, -1, 7)], "dice_digit"),
    ],
)
def test_what_is_not_a_throw_of_three_dice_is_refused(throws, code):
    assert code_of(lambda: dice(throws, 1000)) == f"sortition.{code}"


def test_the_rule_for_text_computed_by_hand():
    """printf 'samenraad draw\\n%064d\\na\\nb\\n0' 0 | sha256sum gives c8b71fca...bee; its remainder by 1000 is 446."""
    value = 0xC8B71FCA685BA5B8ABB44A8E8D10965DBA76EBE5CF4B5CABF1E8C5003A996BEE
    assert value % 1000 == 446
    assert phrases(["a", "b"]).number(1000, ZEROS) == 446
    assert phrases(["a", "b"]).number(997, ZEROS) == value % 997


def test_phrases_are_heard_not_typed():
    """Blanks around a phrase and the way in which an accent was typed make no difference; the order does."""
    composed = phrases(["Één stad", "loot mee"])
    assert phrases([" E\u0301e\u0301n stad ", "loot mee\n"]) == composed
    assert phrases(["loot mee", "Één stad"]).number(1000, ZEROS) != composed.number(1000, ZEROS)


@pytest.mark.parametrize(
    ("spoken", "code"),
    [
        (["only me"], "phrase_few"),
        ([], "phrase_few"),
        (["a", "  "], "phrase_empty"),
        (["a\nb", "c"], "phrase_sign"),
        (["a", "b\u200bc"], "phrase_sign"),
        (["a\tb", "c"], "phrase_sign"),
    ],
)
def test_phrases_that_cannot_be_heard_are_refused(spoken, code):
    assert code_of(lambda: phrases(spoken)) == f"sortition.{code}"


def test_a_phrase_may_not_pretend_to_be_two():
    assert phrases(["a b", "c"]).number(1000, ZEROS) != phrases(["a", "b c"]).number(1000, ZEROS)


def test_a_beacon_gives_the_number_of_its_announced_round():
    value = "AB" * 32
    drawn = beacon(27946612, f" {value} ", QUICKNET)
    text = f"samenraad draw\n{ZEROS}\n27946612\n{'ab' * 32}\n0"
    assert drawn.number(1000, ZEROS) == int(hashlib.sha256(text.encode()).hexdigest(), 16) % 1000


@pytest.mark.parametrize(
    ("round", "value", "code"),
    [
        (27946613, "ab" * 32, "beacon_other_round"),
        (27946612, "ab" * 31, "beacon_value"),
        (27946612, "xy" * 32, "beacon_value"),
        (27946612, "", "beacon_value"),
    ],
)
def test_another_round_or_no_value_of_this_beacon_is_refused(round, value, code):
    assert code_of(lambda: beacon(round, value, QUICKNET)) == f"sortition.{code}"


def test_what_is_announced_must_be_known():
    assert Announced(DICE, "on Friday").kind == DICE
    assert Announced(BEACON, "", "nist", 1).source == "nist"
    assert code_of(lambda: Announced("cards")) == "sortition.randomness_kind"
    assert code_of(lambda: Announced(BEACON, "", "horoscope", 1)) == "sortition.beacon_source"
    assert code_of(lambda: Announced(BEACON, "", "nist", 0)) == "sortition.beacon_round"
    assert Announced(PHRASE).round == 0


def test_another_lottery_makes_another_number_of_the_same_words():
    """So words cannot be chosen before the lottery is known: over 200 lotteries they hit many numbers."""
    numbers = {from_text("a\nb", 1000, f"{place:064x}") for place in range(200)}
    assert len(numbers) > 150


def test_the_last_incomplete_stretch_is_rejected():
    """With a hash of 4 bits and 6 panels, 12 to 15 are drawn again with the next counter: about one time in four."""

    def drawn(text: str, counter: int) -> int:
        whole = f"samenraad draw\n{ZEROS}\n{text}\n{counter}"
        return int(hashlib.sha256(whole.encode()).hexdigest(), 16) % 16

    again = 0
    for place in range(400):
        first = next(counter for counter in range(99) if drawn(str(place), counter) < 12)
        again += first > 0
        assert from_text(str(place), 6, ZEROS, bits=4) == drawn(str(place), first) % 6
    assert 60 <= again <= 140


def test_without_a_number_in_reach_it_says_so():
    assert code_of(lambda: from_text("a", 17, ZEROS, bits=4)) == "sortition.no_number"


@pytest.mark.parametrize(("m", "bits"), [(6, 3), (10, 256), (7, 256)])
def test_every_panel_is_equally_likely(m, bits):
    """Chi-squared over 6000 texts, with a limit that one fair rule in ten thousand would pass over (m - 1 degrees)."""
    limit = {6: 25.7, 7: 27.9, 10: 33.7}[m]
    counts = Counter(from_text(str(place), m, ZEROS, bits=bits) for place in range(6000))
    expected = 6000 / m
    assert sum((counts[number] - expected) ** 2 / expected for number in range(m)) < limit


@settings(max_examples=40)
@given(st.lists(st.text(min_size=1), min_size=2, max_size=4), st.integers(1, 5000))
def test_any_phrases_give_a_number_within_the_lottery(spoken, m):
    try:
        said = phrases(spoken)
    except Refusal:
        return
    assert 0 <= said.number(m, ZEROS) < m
    assert phrases(said.lines) == said
