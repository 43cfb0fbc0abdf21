"""The Method of Equal Shares: everybody gets the same part of the budget, and supporters pay for what they support.

A project can be bought at rate r when its supporters, each paying at most min(own money, r × what it is worth to
them), reach its cost. Each round buys the project with the lowest rate. Peters, Pierczyński and Skowron,
Proportional Participatory Budgeting with Additive Utilities, NeurIPS 2021.

The count runs on floating point, which carries a bound on its own error along. Where two projects, or the money and
the cost, are nearer to one another than that bound, the `Ledger` decides with fractions. So the outcome is exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from samenraad.methods.budgeting.rules.ledger import Ledger
from samenraad.methods.budgeting.rules.support import Array, Support, Supporters

#: the error of one operation, with room
EPS = 2.0**-51
#: when the error of the money grows above this part of the share, it is taken from the ledger again
LOOSE = 1e-8


@dataclass(frozen=True)
class Rate:
    """The rate of a project in a round: true up to `error`. `exact` when nobody pays all they have."""

    project: int
    rate: float
    error: float
    poor: bool

    @property
    def low(self) -> float:
        return self.rate - self.error

    @property
    def high(self) -> float:
        return self.rate + self.error


@dataclass
class Run:
    """What was bought with one share, in order, and what decided each round."""

    share: Fraction
    bought: list[int] = field(default_factory=list)
    rates: list[Rate] = field(default_factory=list)
    ledger: Ledger | None = None
    resolved: int = 0  # rounds that fractions had to decide


class Count:
    """One count with one share. `rivals[p]` are the projects that cannot be bought beside p."""

    def __init__(self, support: Support, share: Fraction, rivals: Sequence[frozenset[int]] = ()) -> None:
        self.support, self.rivals = support, rivals
        self.ledger = Ledger(support, share)
        self.run = Run(share, ledger=self.ledger)
        self.money = np.full(support.ballots, float(share))
        self.fuzz = float(share) * EPS
        self.bounds = {place: 0.0 for place in range(len(support.projects))}

    def finish(self) -> Run:
        """Buys until nothing can be bought."""
        while (best := self._best()) is not None:
            self.buy(best)
        return self.run

    def buy(self, rate: Rate) -> None:
        one = self.support.projects[rate.project]
        worth = float(one.each) if one.worth is None else one.worth
        most = float(one.each) if one.worth is None else float(one.worth.max())
        self.money[one.who] = np.maximum(0.0, self.money[one.who] - rate.rate * worth)
        self.fuzz += rate.error * most + EPS * float(self.run.share)
        self.run.bought.append(rate.project)
        self.run.rates.append(rate)
        self.ledger.buy(rate.project)
        for gone in {rate.project, *(self.rivals[rate.project] if self.rivals else ())}:
            self.bounds.pop(gone, None)
        if self.fuzz > LOOSE * float(self.run.share):
            self.money = self.ledger.floats()
            self.fuzz = float(self.run.share) * EPS

    def _best(self) -> Rate | None:
        """The project to buy next: lowest rate, then the order of ties (that of the projects)."""
        seen: list[Rate] = []
        limit = float("inf")
        for project in sorted(self.bounds, key=self.bounds.__getitem__):
            if self.bounds[project] > limit:
                break
            rate = self.rate(project)
            if rate is None:
                del self.bounds[project]
                continue
            self.bounds[project] = rate.low
            limit = min(limit, rate.high)
            seen.append(rate)
        near = [rate for rate in seen if rate.low <= limit]
        return self._exactly(near) if len(near) > 1 else near[0] if near else None

    def _exactly(self, near: list[Rate]) -> Rate:
        self.run.resolved += 1
        return min(near, key=lambda rate: (self.exact(rate), rate.project))

    def exact(self, rate: Rate) -> Fraction:
        """The rate without error."""
        one = self.support.projects[rate.project]
        if not rate.poor:
            return nobody_poor(one)
        found = self.ledger.rate(rate.project)
        if found is None:
            raise AssertionError("a project with a rate can be paid")
        return found

    def rate(self, project: int) -> Rate | None:
        """None when the supporters have too little."""
        one = self.support.projects[project]
        return _flat(self, project, one) if one.worth is None else _valued(self, project, one)

    def affordable(self, project: int, total: float, error: float) -> bool:
        cost = float(self.support.projects[project].cost)
        if abs(total - cost) > error:
            return total > cost
        return self.ledger.of_supporters(project) >= self.support.projects[project].cost


def nobody_poor(one: Supporters) -> Fraction:
    """The rate when all supporters can pay the same part of what the project is worth to them."""
    if one.value is None:
        return one.cost / (one.each * one.many)
    many = np.bincount(one.value, weights=one.weight)
    return one.cost / sum((worth * int(n) for worth, n in zip(one.exact, many, strict=True)), Fraction(0))


def _flat(count: Count, project: int, one: Supporters) -> Rate | None:
    """The project is worth the same to everybody: all pay the same amount, or all they have."""
    money, cost, many, each = count.money[one.who], float(one.cost), float(one.weight.sum()), float(one.each)
    fair, error = cost / many, EPS * (cost / many)
    if float(money.min()) - count.fuzz > fair + error:
        return Rate(project, fair / each, 2 * error / each, False)
    order = np.argsort(money)
    money, weight = money[order], one.weight[order]
    spent, people = _before(money * weight), many - _before(weight)
    total = float(spent[-1] + money[-1] * weight[-1])
    noise = count.fuzz * many + EPS * len(money) * (total + cost)
    if not count.affordable(project, total, noise):
        return None
    fits = (cost - spent) <= money * people
    place = int(fits.argmax()) if fits.any() else len(money) - 1
    rate = (cost - float(spent[place])) / float(people[place])
    return Rate(project, rate / each, 2 * noise / float(people[place]) / each, True)


def _valued(count: Count, project: int, one: Supporters) -> Rate | None:
    """Voters value it differently: each pays in proportion to what it is worth to them, or all they have."""
    worth = one.worth if one.worth is not None else np.ones(len(one.who))
    money, cost = count.money[one.who], float(one.cost)
    order = np.argsort(money / worth)
    money, worth, weight = money[order], worth[order], one.weight[order]
    spent, value = _before(money * weight), _after(worth * weight)
    total = float(spent[-1] + money[-1] * weight[-1])
    noise = count.fuzz * float(weight.sum()) + EPS * len(money) * (total + cost)
    if not count.affordable(project, total, noise):
        return None
    fits = (cost - spent) * worth <= money * value
    place = int(fits.argmax()) if fits.any() else len(money) - 1
    rate = (cost - float(spent[place])) / float(value[place])
    error = 2 * (noise + EPS * len(money) * rate * float(value[0])) / float(value[place])
    return Rate(project, rate, error, True)


def _before(numbers: Array) -> Array:
    """The sum of what stands before each place."""
    summed = np.cumsum(numbers)
    summed[1:] = summed[:-1].copy()
    summed[0] = 0.0
    return summed


def _after(numbers: Array) -> Array:
    """The sum from each place on."""
    backwards: Array = np.cumsum(numbers[::-1])[::-1]
    return backwards
