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


@dataclass(frozen=True)
class Rate:
    """The rate of a project in a round: true up to `error`. `poor` when somebody may have to pay all they have."""

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
    """One count with one share. `rivals[p]` are the projects that cannot be bought beside p. `guess` is what another
    share bought: it is looked at first, which changes nothing but the time."""

    def __init__(
        self,
        support: Support,
        share: Fraction,
        rivals: Sequence[frozenset[int]] = (),
        guess: Sequence[int] = (),
    ) -> None:
        self.support, self.rivals, self.guess = support, rivals, guess
        self.ledger = Ledger(support, share)
        self.run = Run(share, ledger=self.ledger)
        self.money = np.full(support.ballots, float(share))
        self.fuzz = self.money * EPS  # how far the money of each may be from the truth
        self.worst = float(share) * EPS  # the largest of these
        #: no rate is lower than this: that of the round before, or of nobody being poor
        self.bounds = {place: one.lowest * (1 - EPS) for place, one in enumerate(support.projects)}

    def finish(self) -> Run:
        """Buys until nothing can be bought."""
        while (best := self._best()) is not None:
            self.buy(best)
        return self.run

    def buy(self, rate: Rate) -> None:
        one = self.support.projects[rate.project]
        worth = one.worth_to_each if one.worth is None else one.worth
        money = self.money[one.who]
        left, fuzz = money - rate.rate * worth, self.fuzz[one.who] + rate.error * worth + EPS * money
        self.fuzz[one.who] = np.where(left < -fuzz, 0.0, fuzz)  # who paid everything has nothing, for certain
        self.money[one.who] = np.maximum(0.0, left)
        self.worst = float(self.fuzz.max())
        self.run.bought.append(rate.project)
        self.run.rates.append(rate)
        self.ledger.buy(rate.project)
        for gone in {rate.project, *(self.rivals[rate.project] if self.rivals else ())}:
            self.bounds.pop(gone, None)

    def _best(self) -> Rate | None:
        """The project to buy next: lowest rate, then the order of ties (that of the projects)."""
        seen: list[Rate] = []
        limit = float("inf")
        for project in self._in_order():
            if self.bounds[project] > limit:
                break
            if seen and self._passed(project, limit):
                continue
            rate = self.rate(project)
            if rate is None:
                del self.bounds[project]
                continue
            self.bounds[project] = rate.low
            limit = min(limit, rate.high)
            seen.append(rate)
        near = [rate for rate in seen if rate.low <= limit]
        return self._exactly(near) if len(near) > 1 else near[0] if near else None

    def _in_order(self) -> list[int]:
        """The guess for this round, and then by the lowest rate that is still possible."""
        order, rounds = sorted(self.bounds, key=self.bounds.__getitem__), len(self.run.bought)
        if rounds < len(self.guess) and self.guess[rounds] in self.bounds:
            order.remove(self.guess[rounds])
            order.insert(0, self.guess[rounds])
        return order

    def _passed(self, project: int, limit: float) -> bool:
        """Whether the supporters surely do not reach the cost at this rate, or at any: quicker than the rate itself."""
        one = self.support.projects[project]
        money = self.money[one.who]
        if self.too_little(one, money):
            del self.bounds[project]
            return True
        most = limit * (one.worth_to_each if one.worth is None else one.worth)
        if self.too_little(one, np.minimum(money, most)):
            self.bounds[project] = limit
            return True
        return False

    def too_little(self, one: Supporters, money: Array) -> bool:
        """Whether these amounts, one per supporter, surely are less than the cost."""
        return float(money @ one.weight) < one.price * (1 - EPS * len(money)) - self.worst * one.many

    def _exactly(self, near: list[Rate]) -> Rate:
        self.run.resolved += 1
        best = min(near, key=lambda rate: (self.exact(rate), rate.project))
        self._sharpen()
        return best

    def _sharpen(self) -> None:
        """After the ledger was asked its fractions are known, and the error starts anew."""
        if self.ledger.settled:
            self.money = self.ledger.floats()
            self.fuzz = self.money * EPS
            self.worst = float(self.run.share) * EPS

    def exact(self, rate: Rate) -> Fraction:
        """The rate without error."""
        one = self.support.projects[rate.project]
        if not rate.poor:
            return one.nobody_poor
        found = self.ledger.rate(rate.project)
        if found is None:
            raise AssertionError("a project with a rate can be paid")
        return found

    def rate(self, project: int) -> Rate | None:
        """None when the supporters have too little."""
        one = self.support.projects[project]
        money, fuzz = self.money[one.who], self.fuzz[one.who]
        if one.worth is not None:
            return _poor(self, project, money, fuzz, one)
        return _flat(self, project, money, fuzz, one)

    def affordable(self, project: int, total: float, error: float) -> bool:
        cost = self.support.projects[project].price
        if abs(total - cost) > error:
            return total > cost
        enough = self.ledger.of_supporters(project) >= self.support.projects[project].cost
        self._sharpen()
        return enough


def _flat(count: Count, project: int, money: Array, fuzz: Array, one: Supporters) -> Rate | None:
    """The project is worth the same to everybody: all pay the same amount, or all they have."""
    if float(money.min()) - float(fuzz.max()) > one.lowest * one.worth_to_each * (1 + 4 * EPS):
        return Rate(project, one.lowest, 4 * EPS * one.lowest, False)
    return _poor(count, project, money, fuzz, one)


def _poor(count: Count, project: int, money: Array, fuzz: Array, one: Supporters) -> Rate | None:
    """Somebody may have to pay all they have. Sorted by the rate at which they run out, the first who need not."""
    if count.too_little(one, money):
        return None
    runs_out = money if one.worth is None else money / one.worth
    order = np.argsort(runs_out)
    runs_out, weight = runs_out[order], one.weight[order]
    value = _after(weight if one.worth is None else one.worth[order] * weight)
    spent = np.cumsum(money[order] * weight)
    noise = np.cumsum(fuzz[order] * weight) + EPS * len(order) * spent + EPS * one.price
    if not count.affordable(project, float(spent[-1]), float(noise[-1])):
        return None
    spent, noise = _shifted(spent, 0.0), _shifted(noise, EPS * one.price)
    fits = one.price - spent <= runs_out * value
    place = int(fits.argmax()) if fits.any() else len(order) - 1
    rate = (one.price - float(spent[place])) / float(value[place])
    error = _error(rate, place, runs_out, value, noise)
    each = one.worth_to_each if one.worth is None else 1.0
    return Rate(project, rate / each, error / each, True)


def _error(rate: float, place: int, runs_out: Array, value: Array, noise: Array) -> float:
    """How far the rate may be from the truth. The sum that all pay rises with the rate, at least half as steeply as
    here as long as half of those who pay in full still do; when that is not certain, the rate says nothing."""
    error = 4 * float(noise[place]) / float(value[place]) + 4 * EPS * len(value) * rate
    beyond = int(np.searchsorted(runs_out, rate + error, side="right"))
    if beyond >= len(value) or value[beyond] < value[place] / 2 or noise[beyond] > 2 * noise[place]:
        return rate
    return error


def _shifted(summed: Array, first: float) -> Array:
    """The sum of what stands before each place."""
    return np.concatenate(([first], summed[:-1]))


def _after(numbers: Array) -> Array:
    """The sum from each place on."""
    backwards: Array = np.cumsum(numbers[::-1])[::-1]
    return backwards
