"""Instances for tests: small ones full of ties, and larger ones that look like real budgets."""

from __future__ import annotations

import random
from fractions import Fraction

from samenraad.methods.budgeting.instance import Instance

#: Oud-Woensel 2021: € 50,000, 35 ideas. The winners and their costs are the real ones; the votes are made up so that
#: greedy gives this outcome, and the other ideas are fillers.
OUD_WOENSEL_WINNERS = {"w1": 15_000, "w2": 3_000, "w3": 4_000, "w4": 4_000, "w5": 7_600, "w6": 15_000}


def oud_woensel():
    costs = OUD_WOENSEL_WINNERS | {f"idea{n:02}": 2_500 + 500 * n for n in range(29)}
    votes = {id: 60 - 5 * place for place, id in enumerate(OUD_WOENSEL_WINNERS)}
    votes |= {f"idea{n:02}": 30 - n for n in range(29)}
    return Instance.of(costs, 50_000, [[id] for id, many in votes.items() for _ in range(many)])


def tiny(seed, points=False):
    """Few projects with few different costs, so that ties and thirds are everywhere."""
    chance = random.Random(seed)
    many, voters = chance.randint(1, 6), chance.randint(1, 9)
    unit = chance.choice([1, 1, Fraction(1, 100), Fraction(1, 3)])
    ids = [f"p{n}" for n in range(many)]
    costs = {id: chance.choice([1, 2, 2, 3, 4, 6, 9]) * unit for id in ids}
    budget = chance.choice([3, 5, 7, 10, 12]) * unit
    ballots = [[id for id in ids if chance.random() < 0.5] for _ in range(voters)]
    if points:
        return Instance.of(costs, budget, [{id: chance.randint(1, 4) for id in one} for one in ballots], "points")
    return Instance.of(costs, budget, ballots)


def town(voters, projects, seed, budget=100_000):
    """Costs with a long tail, some projects much more popular, neighbourhoods with their own taste."""
    chance = random.Random(seed)
    ids = [f"p{n:03}" for n in range(projects)]
    costs = {id: min(budget, max(100, round(chance.lognormvariate(0, 1.1) * budget * 0.05 / 100) * 100)) for id in ids}
    popularity = [1 / (rank + 1) ** 0.5 for rank in range(projects)]
    taste = [[weight * chance.lognormvariate(0, 0.8) for weight in popularity] for _ in range(4)]
    ballots = []
    for _ in range(voters):
        length = chance.choice([1, 1, 2, 3, 4, 5, 5])
        ballots.append(set(chance.choices(ids, chance.choice(taste), k=length)))
    return Instance.of(costs, budget, ballots)
