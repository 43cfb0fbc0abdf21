"""What a change costs, told in a few look-ups, is what it costs when everything is counted again."""

from __future__ import annotations

from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from samenraad.methods.groups import apart, host, needs_access, never_alone, together
from samenraad.methods.groups.drawing import shuffled, task_of
from samenraad.methods.groups.search import REPEAT, cost_of, search
from samenraad.methods.groups.search import together as at_one_table
from samenraad.methods.groups.state import State
from samenraad.methods.groups.tests.room import people


def some_task(number, tables, seed):
    room = people(number, 2, 4, seed=seed)
    wishes = [apart("p000", "p001"), host("p002", 1), needs_access("p003"), never_alone("f1", room["p000"]["f1"])]
    sizes = {number // tables, -(-number // tables)}
    return task_of(room, tables, ["f0", "f1"], wishes, [1], sizes)


def full_cost(task, rounds):
    """Of the meetings, the mix, and of what is pushed apart or pulled to a table."""
    pairs = sum(int((at_one_table(at) * task.push).sum()) // 2 for at in rounds)
    return (
        cost_of(task, rounds) + pairs + sum(int(task.pull[one, table]) for at in rounds for one, table in enumerate(at))
    )


@settings(max_examples=60, deadline=None)
@given(st.integers(8, 20), st.integers(2, 4), st.integers(0, 999))
def test_swaps_cost_what_counting_again_says(number, tables, seed):
    chance = Random(seed)
    task = some_task(number, tables, seed)
    first, second = ([nr % tables for nr in range(number)] for _round in range(2))
    chance.shuffle(first)
    chance.shuffle(second)
    state = State(task, second, REPEAT * at_one_table(first) + task.push)
    for _swap in range(5):
        before = full_cost(task, [first, state.at])
        size = chance.choice([1, 1, 2])
        p, q = chance.sample(range(tables), 2)
        ones, others = ([one for one in range(number) if state.at[one] == table][:size] for table in (p, q))
        expected = state.group_cost(ones, others)
        if size == 1:
            assert expected == state.swap_cost(ones[0], others[0])
        for a, b in zip(ones, others, strict=True):
            state.swap(a, b)
        assert full_cost(task, [first, state.at]) - before == expected


def test_the_search_ends_with_less_than_it_began_with():
    task = some_task(20, 4, 3)
    start = [[nr % 4 for nr in range(20)], [nr // 5 for nr in range(20)]]
    last = list(search(task, start, Random(1), 6000))[-1]
    assert last[1] < cost_of(task, start)
    assert last[1] == cost_of(task, last[0])
    assert [np.bincount(at).tolist() for at in last[0]] == [[5] * 4] * 2


def test_who_goes_together_is_contagious():
    room = people(6)
    task = task_of(room, 1, [], [together("p000", "p001"), together("p001", "p003")], [], {6})
    assert task.blocks[0] == task.blocks[1] == task.blocks[3] == (0, 1, 3)
    assert task.blocks[2] == (2,)


def test_shuffling_is_fair_to_every_order():
    """3! orders, 1200 times: 200 each (chi-square, 5 degrees, 0.1 %)."""
    chance, seen = Random(7), {}
    for _time in range(1200):
        order = "".join(shuffled("abc", chance))
        seen[order] = seen.get(order, 0) + 1
    assert len(seen) == 6
    assert sum((count - 200) ** 2 / 200 for count in seen.values()) < 20.5
