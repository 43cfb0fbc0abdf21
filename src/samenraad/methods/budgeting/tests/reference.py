"""The rules a second time: slowly, with a fraction per voter, straight from their definitions. No numpy, no clusters,
nothing remembered from one round to the next, and nothing in common with the product but `Instance`."""

from __future__ import annotations

from fractions import Fraction
from itertools import count as numbers


def voters_of(instance):
    """One mapping project -> points per voter."""
    return [
        dict(zip(ballot.choices, ballot.points, strict=True))
        for ballot in instance.ballots
        for _ in range(ballot.voters)
    ]


def tie_key(instance, ties=("cost", "votes", "list")):
    ids = [project.id for project in instance.projects]
    votes = {id: sum(id in voter for voter in voters_of(instance)) for id in ids}
    keys = {"cost": lambda id: instance.cost[id], "votes": lambda id: -votes[id], "list": ids.index}
    return lambda id: tuple(keys[name](id) for name in ties)


def running(instance):
    return [project.id for project in instance.projects if project.cost <= instance.budget]


def greedy(instance, score="votes", stop=False, already=()):
    voters, tie = voters_of(instance), tie_key(instance)
    worth = {
        "votes": lambda id: sum(id in voter for voter in voters),
        "cost-votes": lambda id: instance.cost[id] * sum(id in voter for voter in voters),
        "votes-per-cost": lambda id: Fraction(sum(id in voter for voter in voters)) / instance.cost[id],
        "points": lambda id: sum(voter.get(id, 0) for voter in voters),
    }[score]
    taken = list(already)
    for id in sorted(running(instance), key=lambda id: (-worth(id), tie(id))):
        if id in taken or not worth(id):
            continue
        if instance.sum_of([*taken, id]) <= instance.budget:
            taken.append(id)
        elif stop:
            break
    return taken


def lowest_rate(money, utility, cost):
    """The lowest r with sum of min(money, r × utility) = cost: try every set of voters who pay all they have."""
    if sum(money) < cost:
        return None
    breaks = sorted({Fraction(0), *(m / u for m, u in zip(money, utility, strict=True))})
    for low, high in zip(breaks, [*breaks[1:], None], strict=True):
        fixed = sum(m for m, u in zip(money, utility, strict=True) if m / u <= low)
        slope = sum(u for m, u in zip(money, utility, strict=True) if m / u > low)
        if slope:
            rate = Fraction(cost - fixed) / slope
            if low <= rate and (high is None or rate <= high):
                return rate
        elif fixed == cost:
            return low
    raise AssertionError("enough money, and no rate")


def equal_shares(instance, share, utility="cost"):
    voters, tie = voters_of(instance), tie_key(instance)
    money, left, bought = [Fraction(share)] * len(voters), running(instance), []

    def worth(voter, id):
        return {"cost": instance.cost[id], "votes": 1, "points": voter[id]}[utility]

    while True:
        rates = {}
        for id in left:
            who = [n for n, voter in enumerate(voters) if id in voter]
            rate = lowest_rate([money[n] for n in who], [worth(voters[n], id) for n in who], instance.cost[id])
            if rate is not None and who:
                rates[id] = rate
        if not rates:
            return bought
        best = min(rates, key=lambda id: (rates[id], tie(id)))
        for n, voter in enumerate(voters):
            if best in voter:
                money[n] -= min(money[n], rates[best] * worth(voter, best))
        bought.append(best)
        left.remove(best)


def add1(instance, stop, increment=1, utility="cost"):
    voters = voters_of(instance)
    share = Fraction(instance.budget, len(voters))
    named = [id for id in running(instance) if any(id in voter for voter in voters)]
    best = equal_shares(instance, share, utility)
    for step in numbers(1):
        spent = instance.sum_of(best)
        rest = [id for id in named if id not in best]
        if not rest or (stop == "exhaustive" and all(spent + instance.cost[id] > instance.budget for id in rest)):
            return best
        raised = equal_shares(instance, share + step * increment, utility)
        if instance.sum_of(raised) > instance.budget:
            return best
        best = raised
    return best


def phragmen(instance):
    voters, tie = voters_of(instance), tie_key(instance)
    load, left, bought = [Fraction(0)] * len(voters), running(instance), []
    while True:
        times = {}
        for id in left:
            who = [n for n, voter in enumerate(voters) if id in voter]
            if who:
                times[id] = (instance.cost[id] + sum(load[n] for n in who)) / Fraction(len(who))
        if not times:
            return bought
        first = [id for id in times if times[id] == min(times.values())]
        if any(instance.sum_of([*bought, id]) > instance.budget for id in first):
            return bought
        best = min(first, key=tie)
        for n, voter in enumerate(voters):
            if best in voter:
                load[n] = times[best]
        bought.append(best)
        left.remove(best)
