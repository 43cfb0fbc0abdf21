"""The figures by hand, by a second and slower way to count, and the bounds beside everything that can be tried."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenraad.methods.groups.figures import most_pairs, quality
from samenraad.methods.groups.tests.room import every_round, most_different_pairs, people
from samenraad.methods.groups.wishes import apart, host, together

#: six people, two tables, three rounds
ROUNDS = [(("a", "b", "c"), ("d", "e", "f")), (("a", "b", "d"), ("c", "e", "f")), (("a", "e", "f"), ("b", "c", "d"))]
ROOM = {one: {"age": "young" if one in "abe" else "old"} for one in "abcdef"}


def test_meetings_by_hand():
    """18 times two sit together; a-b, b-c and b-d once more, e-f twice more. b never meets e and f."""
    found = quality(ROUNDS, ROOM)
    assert (found.meetings, found.repeats, found.new) == (18, 5, 13)
    assert (found.most_often, found.fewest_met) == (3, 3)


def test_gaps_by_hand():
    """Three young ones of six: 1.5 per table of three is ideal, so 1 or 2 is a gap of 1/6, and nobody is off."""
    found = quality(ROUNDS[:1], ROOM, ["age"])
    assert (found.gap, found.least_gap, found.worst_gap, found.alone) == (Fraction(1, 6), Fraction(1, 6), 0, 0)
    lopsided = quality([(("a", "b", "e"), ("c", "d", "f"))], ROOM, ["age"])
    assert (lopsided.gap, lopsided.worst_gap) == (Fraction(1, 2), 1)


def test_somebody_is_alone_where_two_belong():
    """Four of eight are old: two belong at each table of four; one sits alone, and three others do not."""
    room = {one: {"age": "old" if one in "abcd" else "young"} for one in "abcdefgh"}
    found = quality([(("a", "e", "f", "g"), ("b", "c", "d", "h"))], room, ["age"])
    assert (found.alone, found.worst_gap) == (2, 1)  # a among the young, h among the old


def slow_gap(rounds, room, mix):
    gaps = []
    for round, field in product(rounds, mix):
        everybody = [one for table in round for one in table]
        for value in {room[one][field] for one in everybody}:
            share = Fraction(sum(room[one][field] == value for one in everybody), len(everybody))
            gaps += [abs(Fraction(sum(room[one][field] == value for one in t), len(t)) - share) for t in round]
    return sum(gaps, Fraction(0)) / len(gaps)


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 4), st.integers(0, 50), st.data())
def test_gaps_counted_another_way(tables, seed, data):
    room = people(data.draw(st.integers(2 * tables, 20)), 2, 3, seed=seed)
    ids = data.draw(st.permutations(sorted(room)))
    rounds = [
        tuple(tuple(ids[t::tables]) for t in range(tables)),
        tuple(tuple(sorted(ids)[t::tables]) for t in range(tables)),
    ]
    assert quality(rounds, room, ["f0", "f1"]).gap == slow_gap(rounds, room, ["f0", "f1"])


@pytest.mark.parametrize(("number", "tables", "young"), [(5, 2, 2), (6, 2, 3), (7, 3, 3), (7, 2, 1), (8, 3, 4)])
def test_no_round_has_a_smaller_gap_than_the_bound(number, tables, young):
    """For one field of two values the bound is reached."""
    room = {one: {"age": "young" if nr < young else "old"} for nr, one in enumerate(people(number))}
    figures = [quality([round], room, ["age"]) for round in every_round(room, tables)]
    smallest = {}
    for found in figures:
        smallest[found.least_gap] = min(found.gap, smallest.get(found.least_gap, Fraction(1)))
    assert all(least <= reached for least, reached in smallest.items())
    assert any(least == reached for least, reached in smallest.items())


@pytest.mark.parametrize(
    ("number", "tables", "rounds"), [(4, 2, 2), (4, 2, 3), (5, 2, 3), (6, 2, 2), (6, 2, 3), (6, 3, 2)]
)
def test_nobody_can_have_more_pairs_than_the_bound(number, tables, rounds):
    one = next(every_round(people(number), tables))
    assert most_different_pairs(people(number), tables, rounds) <= most_pairs([one] * rounds)


def test_six_people_at_two_tables_must_repeat():
    """Of three people from two tables two have met: 2 repeats in each round after the first."""
    assert most_pairs(ROUNDS[:2]) == 12 - 2
    assert most_different_pairs(ROOM, 2, 2) == 10


def test_wishes_lower_the_bound():
    rounds = [(("a", "b", "c"), ("d", "e", "f"), ("g", "h", "i"))] * 4
    assert most_pairs(rounds) == 36
    assert most_pairs(rounds, [apart("a", "d"), apart("b", "e", "g")]) == 36 - 4
    assert most_pairs(rounds, [host("a", 1), host("d", 2), host("g", 3)]) == 36 - 3
    assert most_pairs(rounds, [together("a", "b")]) == 36 - 3


def test_pairs_who_are_never_there_together_cannot_meet():
    rounds = [(("a", "b"), ("c", "d")), (("a", "b"), ("c", "e"))]
    assert most_pairs([*rounds] * 6) == len([pair for pair in combinations("abcde", 2) if pair != ("d", "e")])
