"""One round while it is being improved: who sits where, and what changing places would bring.

With the other rounds fixed, the meetings of this round cost a plain sum over the pairs at one table. So per table and
person we keep what sitting there would cost her, and a swap of two people is judged by five look-ups, whatever the
size of the tables.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Task:
    """What the search knows of people: places in a row, no names.

    `values`    per person the numbers of her values, one per field
    `costs`     per number of a value and per size of table: what 0, 1, 2, ... such people at it cost
    `push`      n x n: what it costs that two sit at one table, whenever they do; below zero draws them together
    `pull`      n x t: what it costs that somebody sits at this table
    `blocks`    per person everybody who moves with her, herself included
    `company`   numbers of values of which nobody may be the only one at a table
    """

    tables: int
    values: tuple[tuple[int, ...], ...]
    costs: tuple[dict[int, list[int]], ...]
    push: Counts
    pull: Counts
    blocks: tuple[tuple[int, ...], ...]
    company: tuple[int, ...]

    @property
    def people(self) -> int:
        return len(self.blocks)

    @cached_property
    def steps(self) -> tuple[dict[int, list[int]], ...]:
        """Per value and size of table: what each next one costs."""
        return tuple({size: _steps(cost) for size, cost in costs.items()} for costs in self.costs)

    @cached_property
    def seeks(self) -> tuple[bool, ...]:
        """Per person whether she may need company."""
        return tuple(any(value in self.company for value in values) for values in self.values)


class State:
    """`at` is the table of each person, from 0. `pair` is n x n: what a pair at one table costs in this round."""

    def __init__(self, task: Task, at: Sequence[int], pair: Counts) -> None:
        self.task, self.at = task, list(at)
        sits = np.zeros((task.people, task.tables), dtype=np.int64)
        sits[np.arange(task.people), self.at] = 1
        self.pair: list[list[int]] = pair.tolist()
        beside = (pair.astype(float) @ sits.astype(float)).astype(np.int64)  # quicker, and exact below 2^53
        #: per table and person: what sitting there costs her
        self.there: list[list[int]] = (beside + task.pull).T.tolist()
        sizes = sits.sum(axis=0).tolist()
        self.counts = [[0] * (len(task.costs) + 1) for _table in sizes]
        for person, table in enumerate(self.at):
            for value in task.values[person]:
                self.counts[table][value] += 1
        #: per table, value and count: what they cost, and what one more of them costs
        self.costs = [[cost[size] for cost in task.costs] for size in sizes]
        self.more = [[steps[size] for steps in task.steps] for size in sizes]

    def swap_cost(self, a: int, b: int) -> int:
        """What it costs that these two, of different tables, change places; below zero is better."""
        p, q = self.at[a], self.at[b]
        to_p, to_q = self.there[p], self.there[q]
        cost = to_q[a] - to_p[a] + to_p[b] - to_q[b] - 2 * self.pair[a][b]
        values = self.task.values
        if values[a] != values[b]:
            in_p, in_q, more_p, more_q = self.counts[p], self.counts[q], self.more[p], self.more[q]
            for u, v in zip(values[a], values[b], strict=True):
                if u != v:
                    cost += more_p[v][in_p[v]] - more_p[u][in_p[u] - 1] + more_q[u][in_q[u]] - more_q[v][in_q[v] - 1]
        return cost

    def group_cost(self, ones: Sequence[int], others: Sequence[int]) -> int:
        """The same for as many people of one table as of another."""
        p, q = self.at[ones[0]], self.at[others[0]]
        to_p, to_q, pair = self.there[p], self.there[q], self.pair
        cost = sum(to_q[a] - to_p[a] for a in ones) + sum(to_p[b] - to_q[b] for b in others)
        cost -= 2 * sum(pair[a][b] for a in ones for b in others)
        cost += 2 * sum(pair[a][b] for group in (ones, others) for a, b in combinations(group, 2))
        change: Counter[int] = Counter()
        for a, b in zip(ones, others, strict=True):
            change.subtract(self.task.values[a])
            change.update(self.task.values[b])
        for value, more in change.items():
            if more:
                in_p, in_q, at_p, at_q = self.counts[p][value], self.counts[q][value], self.costs[p], self.costs[q]
                cost += at_p[value][in_p + more] - at_p[value][in_p] + at_q[value][in_q - more] - at_q[value][in_q]
        return cost

    def swap(self, a: int, b: int) -> None:
        p, q = self.at[a], self.at[b]
        self.at[a], self.at[b] = q, p
        leaves, comes = self.pair[a], self.pair[b]
        self.there[p] = [cost - x + y for cost, x, y in zip(self.there[p], leaves, comes, strict=True)]
        self.there[q] = [cost + x - y for cost, x, y in zip(self.there[q], leaves, comes, strict=True)]
        in_p, in_q = self.counts[p], self.counts[q]
        for u, v in zip(self.task.values[a], self.task.values[b], strict=True):
            in_p[u] -= 1
            in_p[v] += 1
            in_q[v] -= 1
            in_q[u] += 1


def _steps(costs: Sequence[int]) -> list[int]:
    """What each next one costs; nobody can be taken from none, so the last step is never asked for."""
    return [after - before for before, after in pairwise(costs)] + [0]
