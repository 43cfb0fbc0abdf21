"""Wishes are kept in every round, or the fewest that clash are named; beside everything that can be tried."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenraad.methods.groups import apart, host, needs_access, never_alone, seat, together
from samenraad.methods.groups.tests.room import keeping, people
from samenraad.methods.groups.wishes import broken
from samenraad.refusals import Refusal


def seated(room, wishes, tables=2, accessible=(1,), tries=3000, **more):
    return seat(room, tables=tables, rounds=2, seed="goose", wishes=wishes, accessible=accessible, tries=tries, **more)


def refused(code, *arguments, **more):
    with pytest.raises(Refusal) as refusal:
        seated(*arguments, **more)
    assert refusal.value.code == code
    return refusal.value.facts


def test_all_wishes_together_are_kept_in_every_round():
    """100 people, and pairs kept together or apart are obeyed every time."""
    room = people(100, 2, 4, 3, 5, 4)
    ids = sorted(room)
    wishes = [
        together(ids[0], ids[1]), together(ids[20], ids[21], ids[22]), apart(ids[2], ids[3]), apart(*ids[4:8]),
        host(ids[8], 3), host(ids[9]), host(ids[10]), needs_access(ids[11]), needs_access(ids[0]),
        never_alone("f3", "v2"),
    ]  # fmt: skip
    seating = seat(
        room, tables=10, rounds=4, seed="x", mix=["f0", "f3"], wishes=wishes, accessible=[1, 2], tries=20_000
    )
    for round in seating.rounds:
        assert not broken(wishes, round, room, (1, 2))
    cards = seating.cards()
    assert cards[ids[0]] == cards[ids[1]]
    assert set(cards[ids[8]]) == {3}
    assert len(set(cards[ids[9]])) == 1
    assert set(cards[ids[11]]) <= {1, 2}
    assert seating.quality.share > seating.draw.share


def test_an_interpreter_sits_with_her_client_and_still_meets_others():
    found = seated(people(12), [together("p000", "p001")], tables=3).quality
    assert found.new > 22


WISHES = st.one_of(
    st.builds(lambda ids: together(*ids), st.lists(st.sampled_from("abcdef"), min_size=2, max_size=3, unique=True)),
    st.builds(lambda ids: apart(*ids), st.lists(st.sampled_from("abcdef"), min_size=2, max_size=3, unique=True)),
    st.builds(host, st.sampled_from("abcdef"), st.integers(0, 3)),
    st.builds(needs_access, st.sampled_from("abcdef")),
    st.builds(never_alone, st.just("age"), st.sampled_from(["young", "old"])),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(WISHES, max_size=5, unique=True), st.integers(6, 7), st.integers(0, 3))
def test_what_can_be_kept_is_kept_and_what_cannot_is_named_as_short_as_possible(wishes, number, young):
    room = {one: {"age": "young" if nr <= young else "old"} for nr, one in enumerate("abcdefg"[:number])}
    possible = keeping(room, 3, wishes, (1,))
    try:
        seating = seated(room, wishes, tables=3, tries=60)
    except Refusal as refusal:
        clash = refusal.facts["clash"]
        assert not possible
        assert not keeping(room, 3, clash.wishes, (1,))
        fewer = combinations(wishes, len(clash.wishes) - 1)
        assert clash.smallest
        assert all(keeping(room, 3, some, (1,)) for some in fewer)
    else:
        assert possible
        assert all(not broken(wishes, round, room, (1,)) for round in seating.rounds)


def test_a_contradiction_is_told_in_the_readers_language():
    wishes = [apart("p000", "p001"), together("p000", "p001", "p002"), apart("p004", "p005")]
    clash = refused("groups.clash", people(8), wishes)["clash"]
    assert clash.wishes == tuple(wishes[:2])
    assert clash.sentence("nl").splitlines()[1:] == ["- niet aan één tafel: p000, p001", "- samen: p000, p001, p002"]


def test_more_wheelchairs_than_accessible_seats_is_told():
    clash = refused("groups.clash", people(8), [needs_access(f"p00{nr}") for nr in range(6)])["clash"]
    assert len(clash.wishes) == 5


def test_one_wish_can_be_too_much():
    clash = refused("groups.clash", people(8), [together(*sorted(people(8))[:5])])["clash"]
    assert clash.sentence().startswith("With 2 tables of at most 4 people this wish cannot be kept:")


def test_the_only_one_of_a_kind_cannot_have_company():
    room = {**people(7, 1), "z": {"f0": "other"}}
    assert len(refused("groups.clash", room, [never_alone("f0", "other")])["clash"].wishes) == 1


def test_two_of_a_minority_or_none():
    """Four newcomers among 24 people at six tables; random tables leave nearly all of them alone."""
    room = {one: {"origin": "new" if nr < 4 else "here"} for nr, one in enumerate(people(24))}
    seating = seated(room, [never_alone("origin", "new")], tables=6, tries=20_000)
    for round in seating.rounds:
        assert all(sum(room[one]["origin"] == "new" for one in table) != 1 for table in round)
    assert seating.quality.repeats <= 8


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (host("nobody"), "groups.unknown_people"),
        (host("p001", 9), "groups.unknown_table"),
        (never_alone("f0", "purple"), "groups.unknown_value"),
    ],
)
def test_a_wish_about_nothing_is_refused(wish, code):
    refused(code, people(8, 2), [wish])


def test_access_needs_a_table():
    refused("groups.no_accessible_table", people(8), [needs_access("p000")], accessible=())


def test_together_takes_two():
    with pytest.raises(Refusal) as refusal:
        together("a", "a")
    assert refusal.value.code == "groups.wish_few"


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_broken_wishes_are_seen(data):
    """A host elsewhere, somebody away from the accessible table, a lone one, a pair split or joined."""
    room = {one: {"age": "young" if one in "ab" else "old"} for one in "abcdef"}
    round = data.draw(st.sampled_from(keeping(room, 3, [])))
    at = {one: nr for nr, table in enumerate(round, start=1) for one in table}
    one, other = data.draw(st.permutations("abcdef"))[:2]
    assert bool(broken([together(one, other)], round, room, ())) == (at[one] != at[other])
    assert bool(broken([apart(one, other)], round, room, ())) == (at[one] == at[other])
    assert bool(broken([host(one, 2)], round, room, ())) == (at[one] != 2)
    assert len(broken([host(one), host(other)], round, room, ())) == 2 * (at[one] == at[other])
    assert bool(broken([needs_access(one)], round, room, (3,))) == (at[one] != 3)
    assert bool(broken([never_alone("age", "young")], round, room, ())) == (at["a"] != at["b"])
