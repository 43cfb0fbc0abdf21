"""Which people are missing from the pool: how many more would make the quotas possible, and of which groups.

Advice for one more wave of invitations. Newcomers live at addresses of their own and may combine any values of the
categories that the pool or the quotas know.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from samenraad.methods.language import ngettext, say_many
from samenraad.methods.linear import Infeasible, Solution
from samenraad.methods.sortition.feasibility.elastic import WHOLE, Elastic, group
from samenraad.methods.sortition.feasibility.nearby import Nearby
from samenraad.methods.sortition.pool import Feature, Quota
from samenraad.methods.sortition.problem import Problem

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

#: categories that quotas tie together may have so many combinations of values
CELLS = 5000


@dataclass(frozen=True)
class MorePeople:
    """The fewest newcomers with whom there is a panel, in the same seats and under the same quotas.

    `groups`    how many of them must at least be of the group of a quota, whatever else they are; only groups of which
                somebody must be
    `examples`  values of newcomers with whom it works, one mapping per newcomer
    """

    people: int
    groups: tuple[tuple[Quota, int], ...]
    examples: tuple[Mapping[str, str], ...]

    def sentence(self, language: str = "en") -> str:
        first = say_many(_PEOPLE, self.people, language)
        parts = [say_many(_OF_GROUP, least, language, group=group(quota)) for quota, least in self.groups]
        return " ".join([first, *parts])


_PEOPLE = ngettext(
    "If {n} more person joins the pool, the quotas can be met.",
    "If {n} more people join the pool, the quotas can be met.",
)
_OF_GROUP = ngettext("At least {n} person of {group}.", "At least {n} people of {group}.")


def more_people(problem: Problem) -> MorePeople | None:
    """None when no newcomers could help (as when the minima are more than the seats), or when the intersections of
    the quotas tie so many categories together that the combinations of their values are beyond counting.

    >>> from samenraad.methods.sortition.pool import Pool, Quotas
    >>> from samenraad.methods.sortition.problem import pose
    >>> pool = Pool.of({"a": {"age": "young"}, "b": {"age": "old"}, "c": {"age": "old"}})
    >>> more_people(pose(pool, Quotas.of({"age": {"young": (2, 2), "old": (0, 2)}}), 2)).sentence()
    'If 1 more person joins the pool, the quotas can be met. At least 1 person of age young.'
    """
    wave = _Wave(problem)
    if any(len(block) > CELLS for block in wave.blocks):
        return None
    try:
        found = wave.fewest()
    except Infeasible:
        return None
    people = round(found.value)
    groups = [(quota, wave.least(place, people, found)) for place, quota in enumerate(problem.quotas)]
    return MorePeople(people, tuple((quota, least) for quota, least in groups if least), wave.examples(found))


class _Wave:
    """The draw with newcomers. Categories that share a quota form a block, a cell is one combination of its values,
    and every newcomer sits in one cell of each block. That is exact: cells of different blocks combine freely.

    Columns: the people of the pool, then the cells of all blocks, then the number of newcomers.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.elastic = Elastic(problem)
        self.blocks = [list(_cells(problem, block)) for block in _blocks(problem)]

    @cached_property
    def cells(self) -> list[Mapping[str, str]]:
        return [cell for block in self.blocks for cell in block]

    @cached_property
    def counted(self) -> Floats:
        """Which quotas (rows) count a cell (columns)."""
        return np.array([[_in(cell, quota) for cell in self.cells] for quota in self.problem.quotas], dtype=float)

    @cached_property
    def nearby(self) -> Nearby:
        pool, width = self.elastic.rows, self.elastic.width
        there = pool["rows"][:, :width]
        rows = np.zeros((len(there) + len(self.blocks), width + len(self.cells) + 1))
        rows[: len(there), :width] = there
        rows[: len(self.counted), width:-1] = self.counted
        rows[len(there) - 1, -1] = 1
        start = width
        for b, block in enumerate(self.blocks, start=len(there)):
            rows[b, start : start + len(block)] = 1
            rows[b, -1] = -1
            start += len(block)
        even = [0.0] * len(self.blocks)
        low, high = [*pool["low"], *even], [*pool["high"], *even]
        return Nearby({"rows": rows, "low": low, "high": high, "upper": self.upper}, width)

    @cached_property
    def upper(self) -> Floats:
        sizes = self.elastic.sizes.astype(float)
        return np.concatenate([sizes, np.full(len(self.cells) + 1, float(self.problem.open_seats))])

    def fewest(self) -> Solution:
        cost = np.zeros(len(self.upper))
        cost[-1] = 1
        return self.nearby.best(np.zeros(len(cost)), self.upper, cost, WHOLE)

    def least(self, place: int, people: int, found: Solution) -> int:
        """How many of so many newcomers must at least be counted by a quota."""
        if not self.counted[place] @ np.rint(found.x[self.elastic.width : -1]):
            return 0
        cost = np.zeros(len(self.upper))
        cost[self.elastic.width : -1] = self.counted[place]
        upper = self.upper.copy()
        upper[-1] = people
        return ceil(self.nearby.loose(np.zeros(len(cost)), upper, cost).value - 1e-6)

    def examples(self, found: Solution) -> tuple[Mapping[str, str], ...]:
        """People who fill the cells: in each block they are put in line, and stay in that line."""
        if not self.blocks:
            return ({},) * round(found.value)
        numbers = iter(np.rint(found.x[self.elastic.width : -1]).astype(int))
        lines = [[cell for cell in block for _one in range(next(numbers))] for block in self.blocks]
        return tuple({c: v for part in parts for c, v in part.items()} for parts in zip(*lines, strict=True))


def _blocks(problem: Problem) -> list[tuple[str, ...]]:
    """Categories, together when a quota or a chain of quotas ties them."""
    blocks: list[set[str]] = []
    for quota in problem.quotas:
        tied = {category for category, _value in quota.where}
        blocks = [tied.union(*(b for b in blocks if b & tied)), *(b for b in blocks if not b & tied)]
    return sorted(tuple(sorted(block)) for block in blocks)


def _cells(problem: Problem, block: tuple[str, ...]) -> Iterator[Mapping[str, str]]:
    known: dict[str, set[str]] = {category: set() for category in block}
    features: Iterator[Feature] = (pair for quota in problem.quotas for pair in quota.where)
    for category, value in features:
        if category in known:
            known[category].add(value)
    for one in problem.pool.candidates:
        for category in block:
            known[category].add(one.features[category])
    for values in product(*(sorted(known[category]) for category in block)):
        yield dict(zip(block, values, strict=True))


def _in(cell: Mapping[str, str], quota: Quota) -> bool:
    return all(cell.get(category) == value for category, value in quota.where)
