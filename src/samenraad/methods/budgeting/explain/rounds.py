"""The picture of who paid: every round of equal shares worked out again with fractions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction

from samenraad.methods.budgeting.entry import Entry
from samenraad.methods.budgeting.outcome import Outcome, Round
from samenraad.methods.budgeting.rules.completion import Shared, rivals_of
from samenraad.methods.budgeting.rules.ledger import Ledger
from samenraad.methods.budgeting.rules.shares import Count


def trace(entry: Entry, shared: Shared, notes: Mapping[str, object]) -> Outcome:
    """The outcome with its rounds, the money that was left to the supporters of losing projects, and how the
    effective votes of each project fell."""
    ledger = Ledger(shared.support, shared.run.share)
    rounds = [_round(shared, ledger, project) for project in shared.run.bought]
    cost = entry.instance.cost
    rounds += [Round(id, Fraction(cost[id])) for id in shared.added]
    ids = shared.bought + shared.added
    index = shared.support.index
    money = {id: ledger.of_supporters(place) for id, place in index.items() if id not in ids}
    return Outcome(entry, ids, tuple(rounds), shared.added, notes, money, _falling(entry, shared))


def _round(shared: Shared, ledger: Ledger, project: int) -> Round:
    """Buys it, and says who paid."""
    one = shared.support.projects[project]
    groups = ledger.payers(project)
    ledger.buy(project)
    ledger.settle()
    rate = ledger.rates[-1]
    paid: Counter[Fraction] = Counter()
    for money, worth, many in groups:
        paid[min(money, rate * worth)] += many
    emptied = sum(many for money, worth, many in groups if money <= rate * worth)
    payers = sorted(((many, amount) for amount, many in paid.items() if amount), key=lambda pair: (-pair[0], -pair[1]))
    return Round(one.id, one.cost, rate, one.cost / (rate * one.each), tuple(payers), emptied)


def _falling(entry: Entry, shared: Shared) -> dict[str, tuple[float | None, ...]]:
    """Project -> its effective votes before each round and at the end; None when its supporters cannot pay it."""
    count = Count(shared.support, shared.run.share, rivals_of(entry, shared.support))
    falling: dict[str, list[float | None]] = {one.id: [] for one in shared.support.projects}
    for bought in [*shared.run.rates, None]:
        for project in count.bounds:
            one, rate = shared.support.projects[project], count.rate(project)
            falling[one.id].append(None if rate is None else float(one.cost / one.each) / rate.rate)
        if bought is not None:
            count.buy(bought)
    return {id: tuple(numbers) for id, numbers in falling.items()}
