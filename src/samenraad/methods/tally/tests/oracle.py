"""Every rule a second time, as plainly as can be: ballots in lists, no numpy, nothing shared with the rules themselves.

A profile is a list of (groups, voters); groups is a list of lists of options, from the top down.
"""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import groupby, pairwise, permutations, product
from math import factorial, floor

Profile = list[tuple[list[list[str]], int]]


def random_profile(chance: random.Random, most_options=5, most_voters=60) -> tuple[list[str], Profile]:
    """Few voters and few options, so that ties of every kind are common; equals and short ballots too."""
    options = list("abcdef"[: chance.randint(1, most_options)])
    ballots = []
    for _ballot in range(chance.randint(1, 8)):
        ranked = chance.sample(options, chance.randint(0, len(options)))
        groups: list[list[str]] = []
        for option in ranked:
            if groups and chance.random() < 0.25:
                groups[-1].append(option)
            else:
                groups.append([option])
        ballots.append((groups, chance.randint(1, max(1, most_voters // 8))))
    return options, ballots


def place(groups, option):
    return next((n for n, group in enumerate(groups) if option in group), 99)


def prefer(profile, a, b):
    return sum(voters for groups, voters in profile if place(groups, a) < place(groups, b))


def strength(profile, a, b, kind):
    there, back = prefer(profile, a, b), prefer(profile, b, a)
    return 0 if there <= back else there if kind == "winning" else there - back


def best(scores):
    return {option for option, score in scores.items() if score == max(scores.values())}


def plurality(options, profile):
    return {o: sum(v for g, v in profile if g and g[0] == [o]) for o in options}


def borda(options, profile):
    points = dict.fromkeys(options, Fraction(0))
    for groups, voters in profile:
        if not groups:
            continue
        left = [o for o in options if all(o not in group for group in groups)]
        each = list(range(len(options) - 1, -1, -1))
        for group in [*groups, left]:
            here, each = each[: len(group)], each[len(group) :]
            for option in group:
                points[option] += Fraction(sum(here), len(group)) * voters
    return points


def modified_borda(options, profile):
    points = dict.fromkeys(options, Fraction(0))
    for groups, voters in profile:
        each = list(range(sum(map(len, groups)), 0, -1))
        for group in groups:
            here, each = each[: len(group)], each[len(group) :]
            for option in group:
                points[option] += Fraction(sum(here), len(group)) * voters
    return points


def condorcet(options, profile):
    return {a for a in options if all(prefer(profile, a, b) > prefer(profile, b, a) for b in options if b != a)}


def path(options, profile, a, b, kind):
    """The best of all simple paths, one by one."""
    others = [o for o in options if o not in (a, b)]
    found = [0]
    for many in range(len(others) + 1):
        for via in permutations(others, many):
            way = [a, *via, b]
            found.append(min(strength(profile, x, y, kind) for x, y in pairwise(way)))
    return max(found)


def schulze(options, profile, kind="winning"):
    strong = {(a, b): path(options, profile, a, b, kind) for a, b in permutations(options, 2)}
    return {a for a in options if all(strong[a, b] >= strong[b, a] for b in options if b != a)}


def worst_defeats(options, profile, kind="winning"):
    return {a: sorted((strength(profile, b, a, kind) for b in options if b != a), reverse=True) or [0] for a in options}


def reaches(edges, start, goal):
    seen, waiting = set(), [start]
    while waiting:
        here = waiting.pop()
        if here == goal:
            return True
        if here not in seen:
            seen.add(here)
            waiting += [b for a, b in edges if a == here]
    return False


def lock(options, order):
    edges: list[tuple[str, str]] = []
    for a, b in order:
        if not reaches(edges, b, a):
            edges.append((a, b))
    return {o for o in options if all(b != o for _a, b in edges)}


def majorities(options, profile, kind="winning"):
    """Groups of equally strong pairs, strongest first."""

    def key(pair):
        against = prefer(profile, *reversed(pair)) if kind == "winning" else 0
        return -strength(profile, *pair, kind), against

    won = sorted((p for p in permutations(options, 2) if strength(profile, *p, kind)), key=key)
    return [list(group) for _key, group in groupby(won, key=key)]


def ranked_pairs(options, profile, kind="winning"):
    """All orders of equal pairs; None when that would take too long."""
    groups = majorities(options, profile, kind)
    ways = 1
    for group in groups:
        ways *= factorial(len(group))
    if ways > 800:
        return None
    orders = product(*(permutations(group) for group in groups))
    return set().union(*(lock(options, [pair for group in order for pair in group]) for order in orders))


def ranked_pairs_drawn(options, profile, drawn, kind="winning"):
    def key(pair):
        return drawn.index(pair[0]), drawn.index(pair[1])

    tops = lock(options, [p for group in majorities(options, profile, kind) for p in sorted(group, key=key)])
    return min(tops, key=drawn.index)


def usable(profile, equal):
    kept = [(g, v) for g, v in profile if g]
    return [(g, v) for g, v in kept if all(len(x) == 1 for x in g)] if equal == "invalid" else kept


def irv_votes(profile, left, equal):
    votes = dict.fromkeys(left, Fraction(0))
    for groups, voters in profile:
        top = next((inside for group in groups if (inside := [o for o in group if o in left])), [])
        if len(top) == 1 or (top and equal == "split"):
            for option in top:
                votes[option] += Fraction(voters, len(top))
    return votes


def fewest(left, history):
    tied = list(left)
    for votes in reversed(history):
        tied = [o for o in tied if votes[o] == min(votes[x] for x in tied)]
    return tied


def irv(options, profile, equal, drawn=None):
    """All who can win; with a drawn order the one who does."""
    kept, found = usable(profile, equal), set()

    def go(left, history):
        votes = irv_votes(kept, left, equal)
        if len(left) == 1 or 2 * max(votes.values()) > sum(votes.values()):
            found.add(max(left, key=lambda o: votes[o]))
            return
        tied = fewest(left, [*history, votes])
        for gone in [max(tied, key=drawn.index)] if drawn else tied:
            go([o for o in left if o != gone], [*history, votes])

    go(options, [])
    return found


def stv(options, profile, seats, drawn, equal="exhausted", digits=5):  # noqa: C901
    """One voter at a time: [groups, value, holder]."""
    papers = [[groups, Fraction(1), None] for groups, voters in usable(profile, equal) for _voter in range(voters)]
    left, elected, waiting, history, fixed = list(options), [], [], [], {}

    def hand(some):
        for paper in some:
            top = next((inside for group in paper[0] if (inside := [o for o in group if o in left])), [])
            paper[2] = top[0] if len(top) == 1 else None

    def count():
        return {o: fixed[o] if o in fixed else sum((p[1] for p in papers if p[2] == o), Fraction(0)) for o in options}

    hand(papers)
    quota = floor(sum(count().values()) / (seats + 1)) + 1

    def most_first(some):
        return sorted(some, key=lambda o: (*(-h[o] for h in reversed(history)), drawn.index(o)))

    while True:
        votes = count()
        history.append(votes)

        room = seats - len(elected)
        new = most_first(left) if len(left) <= room else most_first([o for o in left if votes[o] >= quota])[:room]
        for option in new:
            left.remove(option)
            elected.append(option)
            if votes[option] > quota:
                waiting.append(option)
        if len(elected) == seats or not left:
            return elected, quota
        if waiting:
            giver = most_first(waiting)[0]
            waiting.remove(giver)
            mine = [p for p in papers if p[2] == giver]
            for paper in mine:
                value = paper[1] * (votes[giver] - quota) / votes[giver]
                paper[1] = value if digits is None else Fraction(floor(value * 10**digits), 10**digits)
            fixed[giver] = Fraction(quota)
        else:
            giver = max(fewest(left, history), key=drawn.index)
            left.remove(giver)
            mine = [p for p in papers if p[2] == giver]
            fixed[giver] = Fraction(0)
        hand(mine)
        for option in elected:
            fixed.setdefault(option, votes[option])


def median_list(grades):
    """Majority values: take the lower middle one away, again and again."""
    left, value = sorted(grades), []
    while left:
        value.append(left.pop((len(left) - 1) // 2))
    return value
