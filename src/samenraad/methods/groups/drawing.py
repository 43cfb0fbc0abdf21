"""From people and wishes to a random round, and to what the search works with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from random import Random

import numpy as np

from samenraad.methods.groups.placing import Placing
from samenraad.methods.groups.state import Counts, Task
from samenraad.methods.groups.wishes import (
    ACCESSIBLE,
    APART,
    COMPANY,
    HOST,
    TOGETHER,
    People,
    Round,
    Wish,
)
from samenraad.refusals import Refusal

#: what it costs that a wish is not kept: out of reach
HARD = 1_000_000
#: somebody without company, while the search is under way
LONELY = 3000
#: in the unit of a repeated meeting (100): each person from the ideal, each beyond rounding (squared), somebody alone
GAP, OFF, ALONE = 20, 120, 200


def draw_round(people: People, tables: int, wishes: Sequence[Wish], accessible: Sequence[int], chance: Random) -> Round:
    """A random round that keeps the wishes. Refuses `groups.clash` when there is none."""
    if not wishes:
        return _deal(shuffled(list(people), chance), tables)
    placing = Placing(people, tables, wishes, accessible)
    costs = [[int(chance.random() * 100_000) for _table in range(tables)] for _kind in placing.kinds]
    found = placing.solve(np.array(costs, dtype=np.int64))
    if found is None:
        raise Refusal("groups.clash", clash=placing.clash())
    members: list[list[str]] = [[] for _table in range(tables)]
    for kind, counts in zip(placing.kinds, found.tolist(), strict=True):
        ids = shuffled(kind.ids, chance)
        for table, count in enumerate(counts):
            members[table] += [ids.pop() for _one in range(count)]
    return tuple(tuple(sorted(table)) for table in members)


def _deal(ids: Sequence[str], tables: int) -> Round:
    return tuple(tuple(sorted(ids[table::tables])) for table in range(tables))


def shuffled(ids: Sequence[str], chance: Random) -> list[str]:
    """In a random order, from `random()` only: the one stream of Python's generator that never changes."""
    left = list(ids)
    for last in range(len(left) - 1, 0, -1):
        other = int(chance.random() * (last + 1))
        left[last], left[other] = left[other], left[last]
    return left


def task_of(
    people: People,
    tables: int,
    mix: Sequence[str],
    wishes: Sequence[Wish],
    accessible: Sequence[int],
    sizes: Set[int],
) -> Task:
    """What the search needs to know; every person is her place in the order of `people`."""
    values, costs, company = _values(people, mix, wishes, sizes)
    blocks = _blocks(people, wishes)
    return Task(
        tables, values, costs, _push(people, wishes), _pull(people, tables, wishes, accessible), blocks, company
    )


def _values(
    people: People, mix: Sequence[str], wishes: Sequence[Wish], sizes: Set[int]
) -> tuple[tuple[tuple[int, ...], ...], tuple[dict[int, list[int]], ...], tuple[int, ...]]:
    """Per person the numbers of her values; per value its costs; and which values want company."""
    lonely = {(wish.field, wish.value) for wish in wishes if wish.kind == COMPANY}
    columns = [*mix, *sorted({field for field, _value in lonely} - set(mix))]
    number: dict[tuple[str, str], int] = {}
    costs: list[dict[int, list[int]]] = []
    for column in columns:
        counts = Counter(one.get(column, "") for one in people.values())
        for value in sorted(counts):
            number[column, value] = len(costs)
            wanted = column in mix, (column, value) in lonely
            costs.append({size: _cost(size, counts[value], len(people), *wanted) for size in sorted(sizes)})
    values = tuple(tuple(number[column, one.get(column, "")] for column in columns) for one in people.values())
    return values, tuple(costs), tuple(sorted(number[one] for one in lonely))


def _cost(size: int, number: int, people: int, mixed: bool, lonely: bool) -> list[int]:
    """What 0, 1, ... `size` people of a value with so many in the room cost at a table."""
    low, high = size * number // people, -(-size * number // people)
    costs = [0] * (size + 1)
    for count in range(size + 1) if mixed else ():
        off = max(low - count, count - high, 0)
        costs[count] = GAP * abs(people * count - size * number) // people + OFF * off * off
        costs[count] += ALONE * (count == 1 and low >= 2)
    costs[1] += LONELY * lonely
    return costs


def _push(people: People, wishes: Sequence[Wish]) -> Counts:
    """Apart costs a lot; so does a table with two hosts."""
    place = {one: number for number, one in enumerate(people)}
    push = np.zeros((len(people), len(people)), dtype=np.int64)
    hosts = [wish.people[0] for wish in wishes if wish.kind == HOST]
    for group in [*(wish.people for wish in wishes if wish.kind == APART), hosts]:
        for one in group:
            for other in group:
                if one != other:
                    push[place[one], place[other]] = HARD
    return push


def _pull(people: People, tables: int, wishes: Sequence[Wish], accessible: Sequence[int]) -> Counts:
    """Any other table than her own costs a host a lot, and any other than an accessible one whoever needs that."""
    place = {one: number for number, one in enumerate(people)}
    pull = np.zeros((len(people), tables), dtype=np.int64)
    for wish in wishes:
        if wish.kind in (HOST, ACCESSIBLE):
            fine = [wish.table] if wish.kind == HOST else accessible
            pull[place[wish.people[0]]] += [0 if table + 1 in fine else HARD for table in range(tables)]
    return pull


def _blocks(people: People, wishes: Sequence[Wish]) -> tuple[tuple[int, ...], ...]:
    """Who moves with whom: together is contagious."""
    block = {one: {one} for one in people}
    for wish in wishes:
        if wish.kind == TOGETHER:
            joined = set().union(*(block[one] for one in wish.people))
            block.update(dict.fromkeys(joined, joined))
    place = {one: number for number, one in enumerate(people)}
    return tuple(tuple(sorted(place[mate] for mate in block[one])) for one in people)
