"""Who supports what, as arrays: one place per distinct ballot, with its number of voters as a weight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from samenraad.methods.budgeting.entry import Entry

Array = np.ndarray[Any, np.dtype[Any]]


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
    who, given = _by_project(entry, utility == "points")
    weights = np.fromiter((ballot.voters for ballot in instance.ballots), dtype=np.float64)
    made = [
        _supporters(entry, id, np.array(who[id], dtype=np.intp), given.get(id, []), weights, utility)
        for id in entry.running
        if who.get(id)
    ]
    return Support(tuple(made), len(instance.ballots), instance.voters, Fraction(instance.budget))


def _by_project(entry: Entry, points: bool) -> tuple[dict[str, list[int]], dict[str, list[Fraction]]]:
    who: dict[str, list[int]] = {id: [] for id in entry.running}
    given: dict[str, list[Fraction]] = {id: [] for id in entry.running}
    for place, ballot in enumerate(entry.instance.ballots):
        for id, worth in zip(ballot.choices, entry.points[place], strict=True):
            if id in who and (worth > 0 or not points):
                who[id].append(place)
                if points:
                    given[id].append(Fraction(worth))
    return who, given


def _supporters(
    entry: Entry, id: str, who: Array, given: Sequence[Fraction], weights: Array, utility: str
) -> Supporters:
    cost = Fraction(entry.instance.cost[id])
    each = cost if utility == "cost" else Fraction(1)
    if not given:
        return Supporters(id, cost, who, weights[who], each)
    values = tuple(sorted(set(given)))
    known = {worth: place for place, worth in enumerate(values)}
    value = np.fromiter((known[worth] for worth in given), dtype=np.intp)
    if len(values) == 1:
        return Supporters(id, cost, who, weights[who], values[0])
    worth = np.array([float(one) for one in values])[value]
    return Supporters(id, cost, who, weights[who], Fraction(1), worth, value, values)
