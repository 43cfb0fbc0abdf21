"""Who supports what, as arrays: one place per distinct ballot, with its number of voters as a weight."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Any

import numpy as np

from samenraad.methods.budgeting.entry import Entry

Array = np.ndarray[Any, np.dtype[Any]]

#: so many projects have numbers of 16 bits
SHORT = 2**15


@dataclass(frozen=True)
class Supporters:
    """`who` are places of ballots, `weight` their voters. `worth` is what the project is worth to each (None when it
    is `each` to all); `exact` has the same as exact numbers, one per value, with `value` saying which."""

    id: str
    cost: Fraction
    who: Array
    weight: Array
    each: Fraction
    worth: Array | None = None
    value: Array | None = None
    exact: tuple[Fraction, ...] = ()

    @cached_property
    def many(self) -> int:
        return int(self.weight.sum())

    @cached_property
    def nobody_poor(self) -> Fraction:
        """The rate when all supporters can pay the same part of what the project is worth to them."""
        if self.value is None:
            return self.cost / (self.each * self.many)
        many = np.bincount(self.value, weights=self.weight)
        return self.cost / sum((worth * int(n) for worth, n in zip(self.exact, many, strict=True)), Fraction(0))

    # the same as floating point, for the fast count
    @cached_property
    def lowest(self) -> float:
        return float(self.nobody_poor)

    @cached_property
    def price(self) -> float:
        return float(self.cost)

    @cached_property
    def worth_to_each(self) -> float:
        return float(self.each)


@dataclass(frozen=True)
class Support:
    """All projects that take part and that anybody supports, in the order of ties."""

    projects: tuple[Supporters, ...]
    ballots: int
    voters: int
    budget: Fraction

    @property
    def index(self) -> dict[str, int]:
        return {one.id: place for place, one in enumerate(self.projects)}


def support(entry: Entry, utility: str) -> Support:
    """The arrays for one way of valuing a project: its cost, 1 (votes), or points."""
    instance = entry.instance
    weights = np.fromiter(map(attrgetter("voters"), instance.ballots), dtype=np.float64)
    made = []
    for id, who, worth in _by_project(entry, utility == "points"):
        cost = Fraction(instance.cost[id])
        if worth is None:
            made.append(Supporters(id, cost, who, weights[who], cost if utility == "cost" else Fraction(1)))
        elif len(who):
            made.append(_with_points(id, cost, who, weights[who], worth))
    return Support(tuple(made), len(instance.ballots), instance.voters, Fraction(instance.budget))


def _by_project(entry: Entry, points: bool) -> Iterator[tuple[str, Array, list[Fraction] | None]]:
    """Each project that anybody named: the places of their ballots, and the points above zero when these matter."""
    running = entry.running
    index = dict.fromkeys(entry.place, -1) | {id: number for number, id in enumerate(running)}
    choices = list(map(attrgetter("choices"), entry.instance.ballots))
    named = np.fromiter(map(index.__getitem__, chain.from_iterable(choices)), dtype=np.intp)
    place = np.repeat(np.arange(len(choices)), np.fromiter(map(len, choices), dtype=np.intp))
    if len(running) < SHORT:
        named = named.astype(np.int16)  # sorts much faster
    order = np.argsort(named, kind="stable")
    ends = np.searchsorted(named[order], np.arange(len(running) + 1))
    worth = list(chain.from_iterable(entry.points)) if points else []
    for id, first, last in zip(running, ends, ends[1:], strict=False):
        if first == last:
            continue
        if not points:
            yield id, place[order[first:last]], None
            continue
        kept = [one for one in order[first:last] if worth[one] > 0]
        yield id, place[kept], [Fraction(worth[one]) for one in kept]


def _with_points(id: str, cost: Fraction, who: Array, weight: Array, given: list[Fraction]) -> Supporters:
    values = tuple(sorted(set(given)))
    if len(values) == 1:
        return Supporters(id, cost, who, weight, values[0])
    known = {worth: place for place, worth in enumerate(values)}
    value = np.fromiter((known[worth] for worth in given), dtype=np.intp)
    worth = np.array([float(one) for one in values])[value]
    return Supporters(id, cost, who, weight, Fraction(1), worth, value, values)
