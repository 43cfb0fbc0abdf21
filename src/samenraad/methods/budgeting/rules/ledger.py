"""What every voter has left, to the last fraction of a cent, computed only when somebody asks.

Voters with the same history have the same money, so there are few different amounts. A purchase makes new classes of
voters out of old ones; equal amounts are one class.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from samenraad.methods.budgeting.rules.support import Array, Support, Supporters


def price(groups: list[tuple[Fraction, Fraction, int]], cost: Fraction) -> Fraction | None:
    """The lowest rate r at which supporters who each pay at most min(own money, r × worth) reach the cost; None when
    their money is too little. `groups` are (money, worth, how many).

    >>> price([(Fraction(2), Fraction(1), 3), (Fraction(9), Fraction(1), 2)], Fraction(16))
    Fraction(5, 1)
    """
    missing = cost
    paying = sum((worth * many for _, worth, many in groups), Fraction(0))
    for money, worth, many in sorted(groups, key=lambda one: one[0] / one[1]):
        if missing * worth <= money * paying:
            return missing / paying
        missing -= money * many
        paying -= worth * many
    return None


class Ledger:
    """The exact money of all voters along a row of purchases. Give the purchases as they are made (`buy`); they are
    worked out at the first question."""

    def __init__(self, support: Support, share: Fraction) -> None:
        self._support = support
        self._class = np.zeros(support.ballots, dtype=np.intp)
        self._money = [share]
        self._waiting: list[int] = []
        self.rates: list[Fraction] = []

    def buy(self, project: int) -> None:
        self._waiting.append(project)

    @property
    def settled(self) -> bool:
        """Whether all purchases have been worked out, so that asking more costs little."""
        return not self._waiting

    def rate(self, project: int) -> Fraction | None:
        """The exact rate of a project now; None when its supporters cannot pay it."""
        self.settle()
        return self._rate(self._support.projects[project])

    def money(self) -> list[Fraction]:
        """Of each ballot's voter."""
        self.settle()
        return [self._money[one] for one in self._class]

    def floats(self) -> Array:
        self.settle()
        return np.array([float(one) for one in self._money])[self._class]

    def of_supporters(self, project: int) -> Fraction:
        """What the supporters of a project have together."""
        self.settle()
        return sum((money * many for money, _, many in self._groups(self._support.projects[project])), Fraction(0))

    def settle(self) -> None:
        for project in self._waiting:
            one = self._support.projects[project]
            rate = self._rate(one)
            if rate is None:
                raise AssertionError(f"{one.id} was bought and cannot be paid")
            self.rates.append(rate)
            self._pay(one, rate)
        self._waiting.clear()

    def payers(self, project: int) -> list[tuple[Fraction, Fraction, int]]:
        """(money, worth, how many) of the supporters now."""
        self.settle()
        return self._groups(self._support.projects[project])

    def _rate(self, one: Supporters) -> Fraction | None:
        return price(self._groups(one), one.cost)

    def _keys(self, one: Supporters) -> tuple[Array, Array]:
        """For each supporter the number of its group (class and worth), and the groups that occur."""
        keys = self._class[one.who]
        if one.value is not None:
            keys = keys * len(one.exact) + one.value
        found, inverse = np.unique(keys, return_inverse=True)
        return found, inverse

    def _group(self, one: Supporters, key: int) -> tuple[Fraction, Fraction]:
        if one.value is None:
            return self._money[key], one.each
        return self._money[key // len(one.exact)], one.exact[key % len(one.exact)]

    def _groups(self, one: Supporters) -> list[tuple[Fraction, Fraction, int]]:
        found, inverse = self._keys(one)
        many = np.bincount(inverse, weights=one.weight)
        return [(*self._group(one, int(key)), int(n)) for key, n in zip(found, many, strict=True)]

    def _pay(self, one: Supporters, rate: Fraction) -> None:
        found, inverse = self._keys(one)
        fresh = np.empty(len(found), dtype=np.intp)
        known: dict[Fraction, int] = {}
        for place, key in enumerate(found):
            money, worth = self._group(one, int(key))
            left = max(Fraction(0), money - rate * worth)
            if left not in known:
                known[left] = len(self._money)
                self._money.append(left)
            fresh[place] = known[left]
        self._class[one.who] = fresh[inverse]
