"""Looking for better seatings: simulated annealing, with whole numbers only.

One round after the other is improved while the others stay. Somebody changes places with somebody else; what makes it
better is kept, and what makes it worse is kept sometimes, less and less. Whole numbers and a generator of which the
stream is fixed make the same seed give the same seating on every computer, and the work is counted in tries, not in
seconds.

Source: S. Kirkpatrick, C. Gelatt and M. Vecchi, "Optimization by simulated annealing", Science 220 (1983).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from math import log
from random import Random

import numpy as np

from samenraad.methods.groups.state import Counts, State, Task

#: per person her table
Places = Sequence[int]
#: what it costs that two people meet once more
REPEAT = 100
#: how bad a change may be at the beginning and at the end, in the unit of REPEAT
WARM, COLD = 140, 10
SWEEPS = 60
#: of so many sweeps the last ones only improve
LAST = 4
#: how often people who go together are tried, and somebody takes along who may need company: they take longer
BLOCK, COMPANY = 0.3, 0.05
#: a run is as long as so many tries per person and round
ENOUGH = 2000
#: an exponential random number in 1024ths, by the share that is larger: whole numbers are the same everywhere
LUCK = [round(-1024 * log((place + 0.5) / 1024)) for place in range(1024)]


def search(task: Task, start: Sequence[Places], chance: Random, tries: int) -> Iterator[tuple[list[list[int]], int]]:
    """Better and better seatings with their cost, one after each sweep over all rounds.

    `start` is per round the table of each person. `tries` is how many changes are tried in all: a small group has many
    runs, each as long as it needs, and each from where the last one ended, warmed up again.
    """
    now = [list(one) for one in start]
    run = max(1, min(tries, max(50_000, ENOUGH * task.people * len(now))))
    each = max(1, run // (SWEEPS * len(now)))
    for _run in range(max(1, tries // run)):
        for sweep in range(SWEEPS):
            for number in range(len(now)):
                now[number] = _improved(task, now, number, _heat(sweep), chance, each)
            yield [list(at) for at in now], cost_of(task, now)


def _improved(task: Task, rounds: Sequence[Places], number: int, heat: int, chance: Random, tries: int) -> list[int]:
    met = np.zeros((task.people, task.people), dtype=np.int64)
    for other, at in enumerate(rounds):
        if other != number:
            met += together(at)
    state = State(task, rounds[number], REPEAT * met + task.push)
    _anneal(state, chance, tries, heat)
    return state.at


def cost_of(task: Task, rounds: Sequence[Places]) -> int:
    """What the search brings down: each meeting of two people costs once more than the one before."""
    met = sum((together(at) for at in rounds), np.zeros((task.people, task.people), dtype=np.int64))
    return REPEAT * int((met * (met - 1)).sum()) // 4 + sum(_mix_cost(task, at) for at in rounds)


def _mix_cost(task: Task, at: Places) -> int:
    sizes = Counter(at)
    counts = Counter((table, value) for table, values in zip(at, task.values, strict=True) for value in values)
    return sum(
        costs[size][counts[table, value]] for table, size in sizes.items() for value, costs in enumerate(task.costs)
    )


def together(at: Places) -> Counts:
    """n x n: 1 for two different people at one table."""
    tables = np.asarray(at)
    same: Counts = (tables[:, None] == tables[None, :]).astype(np.int64)
    np.fill_diagonal(same, 0)
    return same


def _heat(sweep: int) -> int:
    if sweep >= SWEEPS - LAST:
        return 0
    share = sweep / (SWEEPS - LAST - 1)
    return int(WARM * (COLD / WARM) ** share)


def _anneal(state: State, chance: Random, tries: int, heat: int) -> None:
    random, people, at = chance.random, len(state.at), state.at
    blocks, seeks = state.task.blocks, state.task.seeks
    for _try in range(tries):
        a, b = int(random() * people), int(random() * people)
        if at[a] == at[b]:
            continue
        bound = heat * LUCK[int(random() * 1024)] >> 10
        if len(blocks[a]) > 1 or len(blocks[b]) > 1:
            if random() < BLOCK:
                _move_block(state, blocks[a], at[b], bound, chance)
        elif seeks[a] and random() < COMPANY:
            _move_block(state, _pair(state, a, chance), at[b], bound, chance)
        elif state.swap_cost(a, b) <= bound:
            state.swap(a, b)


def _move_block(state: State, block: Sequence[int], table: int, bound: int, chance: Random) -> None:
    """People who go together change places with as many at another table, if that costs no more than the bound."""
    others = _as_many(state, block, table, chance)
    if not others:
        return
    if state.group_cost(block, others) <= bound:
        for a, b in zip(block, others, strict=True):
            state.swap(a, b)


def _as_many(state: State, block: Sequence[int], table: int, chance: Random) -> list[int]:
    """People at this table who can leave it together and number as many as the block; none when there are not."""
    if state.at[block[0]] == table or len({state.at[one] for one in block}) > 1:
        return []
    there = [one for one, at in enumerate(state.at) if at == table]
    start, chosen = int(chance.random() * len(there)), list[int]()
    for one in there[start:] + there[:start]:
        mates = state.task.blocks[one]
        if one not in chosen and len(chosen) + len(mates) <= len(block):
            chosen += mates
    return chosen if len(chosen) == len(block) else []


def _pair(state: State, one: int, chance: Random) -> tuple[int, ...]:
    """Somebody and another one at her table with the same value of which nobody may sit alone."""
    values, at = state.task.values, state.at
    shared = [value for value in values[one] if value in state.task.company]
    if not shared:
        return (one,)
    value = shared[int(chance.random() * len(shared))]
    mates = [
        mate
        for mate, table in enumerate(at)
        if table == at[one] and mate != one and value in values[mate] and len(state.task.blocks[mate]) == 1
    ]
    return (one, mates[int(chance.random() * len(mates))]) if mates else (one,)
