"""On the day: as few people as possible change tables, what was held stays, and wishes are still kept."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenraad.methods.groups import apart, host, needs_access, never_alone, reseat, seat, together
from samenraad.methods.groups.tests.room import fields, keeping, people
from samenraad.methods.groups.wishes import broken
from samenraad.refusals import Refusal


def a_seating(number=24, tables=4, rounds=3, wishes=(), **more):
    room = people(number, 2, 3)
    return room, seat(
        room, tables=tables, rounds=rounds, seed="goose", mix=fields(room), wishes=wishes, tries=5000, **more
    )


def moved(seating):
    return [move for move in seating.moves if move.before is not None]


def test_rounds_that_were_held_stay():
    room, before = a_seating()
    after = reseat(before, room, next_round=3, absent=["p000", "p001", "p002"])
    assert after.rounds[:2] == before.rounds[:2]
    assert after.rounds[2] != before.rounds[2]
    assert "p000" in after.cards()
    assert after.cards()["p000"][2] is None


def test_nobody_absent_nobody_moved():
    room, before = a_seating()
    after = reseat(before, room, next_round=1)
    assert (after.rounds, after.moves) == (before.rounds, ())
    assert after.quality == before.quality


def test_three_replaced_by_three_moves_nobody_else():
    room, before = a_seating()
    gone = ["p003", "p010", "p017"]
    comes = {f"new{nr}": room[one] for nr, one in enumerate(gone)}
    after = reseat(before, {**room, **comes}, next_round=2, absent=gone)
    assert not moved(after)
    assert [move.round for move in after.moves] == [2, 2, 2, 3, 3, 3]
    assert {move.person for move in after.moves} == set(comes)


def test_three_of_a_hundred_absent_moves_six_at_most():
    """Design: 3 absentees replaced by moving <= 6 people; here over all five rounds together."""
    room, before = a_seating(100, 10, 5)
    for number in range(2):
        gone = Random(number).sample(sorted(room), 3)
        after = reseat(before, room, next_round=1, absent=gone)
        assert len(moved(after)) <= 6
        assert all({len(table) for table in round} <= {9, 10} for round in after.rounds)
        assert after.quality.worst_gap <= before.quality.worst_gap + 1


def test_a_whole_table_absent():
    """24 people at four tables, one table of six away: 18 are 5 5 4 4, so four of those who came must move."""
    room, before = a_seating()
    after = reseat(before, room, next_round=1, absent=before.rounds[0][0])
    assert len([move for move in moved(after) if move.round == 1]) == 4


WISHES = st.lists(
    st.sampled_from(
        [
            together("p000", "p003"),
            apart("p001", "p002", "p004"),
            host("p005"),
            never_alone("f0", "v0"),
            needs_access("p001"),
        ]
    ),
    unique=True,
)


@settings(max_examples=25, deadline=None)
@given(WISHES, st.sets(st.sampled_from([f"p00{nr}" for nr in range(7)]), max_size=2), st.integers(0, 2))
def test_no_way_to_keep_the_wishes_moves_fewer_people(wishes, gone, come):
    """Beside every other seating of the round."""
    room = people(7, 2, seed=4)
    before = seat(room, tables=2, rounds=1, seed="x", tries=100, accessible=[1])
    everybody = {**room, **{f"z{nr}": {"f0": f"v{nr}"} for nr in range(come)}}
    present = {one: values for one, values in everybody.items() if one not in gone}
    wishes = [wish for wish in wishes if not set(wish.people) & gone]
    try:
        after = reseat(before, everybody, next_round=1, absent=gone, wishes=wishes)
    except Refusal as refusal:
        clash = refusal.facts["clash"].wishes
    else:
        clash = ()
        was = {one: nr for nr, table in enumerate(before.rounds[0]) for one in table}
        possible = keeping(present, 2, after.wishes, (1,))
        assert after.rounds[0] in possible
        moves = [sum(was.get(one, nr) != nr for nr, table in enumerate(way) for one in table) for way in possible]
        assert len(moved(after)) == min(moves)
    assert not clash or not keeping(present, 2, clash, (1,))


def test_wishes_hold_after_the_change_and_lapse_with_who_is_absent():
    wishes = [together("p000", "p001"), apart("p002", "p003"), host("p004"), host("p005", 2)]
    room, before = a_seating(wishes=wishes)
    after = reseat(before, room, next_round=2, absent=["p000", "p005"], wishes=[together("p010", "p011")])
    assert [wish.kind for wish in after.wishes] == ["apart", "host", "together"]
    assert all(not broken(after.wishes, round, room, ()) for round in after.rounds[1:])
    assert len(set(after.cards()["p004"])) == 1
    assert after.quality.new <= after.quality.possible


def test_the_last_one_of_a_kind_no_longer_asks_for_company():
    room = {one: {"origin": "new" if nr < 2 else "here"} for nr, one in enumerate(people(8))}
    before = seat(room, tables=2, rounds=2, seed="x", wishes=[never_alone("origin", "new")], tries=500)
    assert reseat(before, room, next_round=2, absent=["p001"]).wishes == ()


def test_a_new_host_keeps_one_table():
    room, before = a_seating()
    after = reseat(before, {**room, "z": room["p000"]}, next_round=2, wishes=[host("z")])
    assert len({table for table in after.cards()["z"] if table}) == 1


def test_a_change_can_be_changed_again():
    room, before = a_seating()
    first = reseat(before, room, next_round=2, absent=["p000"], wishes=[together("p001", "p002")])
    again = reseat(first, room, next_round=3, absent=["p000", "p001"])
    assert again.rounds[:2] == first.rounds[:2]
    assert again.quality.new <= again.quality.possible


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"next_round": 4}, "groups.round"),
        ({"next_round": 0}, "groups.round"),
        ({"absent": ["ghost"]}, "groups.absent_unknown"),
        ({"absent": [f"p{nr:03}" for nr in range(17)]}, "groups.tables"),
        ({"wishes": [together("p000", "p001"), apart("p000", "p001")]}, "groups.clash"),
    ],
)
def test_what_cannot_be_is_refused(change, code):
    room, before = a_seating()
    with pytest.raises(Refusal) as refused:
        reseat(before, room, **{"next_round": 1, **change})
    assert refused.value.code == code


def test_somebody_who_fell_out_of_the_file_is_named():
    room, before = a_seating()
    del room["p007"]
    with pytest.raises(Refusal) as refused:
        reseat(before, room, next_round=1)
    assert (refused.value.code, refused.value.facts["ids"]) == ("groups.not_in_file", ["p007"])
