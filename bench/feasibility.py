"""How fast is the explanation of quotas that cannot be met? `python bench/feasibility.py --cases 200`.

Makes infeasible draws of 100 to 1,700 people (some with households) and measures, in CPU seconds on one thread, the
conflict and the repairs. Beside it stands a plain programme with a yes or no per person and a whole slack per quota,
which minimises (1 + 2/min) per lowered and 1 per raised seat, as other software does: the first repair must never move
more seats than that. Nothing is asserted; every line that breaks the promise is printed.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from samenraad.methods.sortition.pool import Candidate, Pool, Quota, Quotas  # noqa: E402

SIZES = (100, 150, 240, 320, 400, 600, 825, 1200, 1500, 1700)
VALUES = {"age": 6, "area": 8, "education": 4, "gender": 2, "housing": 5, "opinion": 5}
KINDS = ("short", "sum", "link", "household", "tight")
SHARED = (0.0, 0.15, 0.3)


@dataclass(frozen=True)
class Draw:
    name: str
    pool: Pool
    quotas: Quotas
    seats: int


def made(number: int) -> Draw:
    """Case `number`: always the same. It is meant to be infeasible, but may happen not to be."""
    chance = Random(number)
    n, kind = SIZES[number % len(SIZES)], KINDS[number // len(SIZES) % len(KINDS)]
    seats = min(110, max(20, n // 10))
    shares = {category: _shares(size, chance) for category, size in VALUES.items()}
    people = [_person(shares, chance) for _ in range(n)]
    shared = SHARED[number % len(SHARED)] if kind != "household" else 0.3
    limits = {c: _limits(c, share, seats, 0.02 if kind == "tight" else 0.1) for c, share in shares.items()}
    people, limits = _spoil(kind, people, limits, seats, chance)
    people = [dict(one) for one in chance.choices(people[: n // 2], k=n - len(people))] + people
    homes = _homes(people, shared, chance, together=kind == "household")
    pool = Pool(tuple(Candidate(f"p{i:05}", one, homes.get(i)) for i, one in enumerate(people)))
    quotas = Quotas(tuple(Quota(((c, v),), low, high) for c, rows in limits.items() for v, (low, high) in rows.items()))
    return Draw(f"{number} {kind} {len(people)}/{seats}", pool, quotas, seats)


def _shares(size: int, chance: Random) -> list[float]:
    weights = [0.3 + chance.random() for _ in range(size)]
    return [weight / sum(weights) for weight in weights]


def _person(shares: dict[str, list[float]], chance: Random) -> dict[str, str]:
    """Older and better educated people reply more often; features lean on one another."""
    lean = chance.random()
    person = {}
    for category, share in shares.items():
        weights = [s * (0.25 + 2 * lean * i / len(share) + (1 - lean) * 0.5) for i, s in enumerate(share)]
        person[category] = f"{category}{chance.choices(range(len(share)), weights)[0]}"
    return person


def _limits(category: str, share: list[float], seats: int, width: float) -> dict[str, tuple[int, int]]:
    return {
        f"{category}{i}": (max(0, int(s * seats * (1 - width))), int(s * seats * (1 + width)) + 1)
        for i, s in enumerate(share)
    }


def _spoil(
    kind: str,
    people: list[dict[str, str]],
    limits: dict[str, dict[str, tuple[int, int]]],
    seats: int,
    chance: Random,
) -> tuple[list[dict[str, str]], dict[str, dict[str, tuple[int, int]]]]:
    """Make it go wrong in one of the ways in which it does in a town hall."""
    limits = {category: dict(rows) for category, rows in limits.items()}
    category = chance.choice(["age", "area", "education"])
    value = max(limits[category], key=lambda v: (limits[category][v][0], v))
    low, high = limits[category][value]
    here = [one for one in people if one[category] == value]
    rest = [one for one in people if one[category] != value]
    if kind == "short":
        return rest + here[: max(1, low - chance.randint(1, 3))], limits
    if kind == "household":
        return rest + here[: low + 1], limits
    if kind == "sum":
        for other, (least, most) in limits["housing"].items():
            limits["housing"][other] = (least + 1 + chance.randint(0, 1), most + 3)
        return people, limits
    if kind == "link":
        allowed = sorted(limits["opinion"])[: chance.randint(1, 2)]
        most = sum(limits["opinion"][v][1] for v in allowed)
        linked = [one for one in here if one["opinion"] in allowed] + [
            {**one, "opinion": chance.choice(allowed)} for one in here if one["opinion"] not in allowed
        ]
        limits[category][value] = (min(most + 2, seats - 2), max(most + 4, high))
        return rest + linked, limits
    for other, (least, most) in list(limits["education"].items()):
        limits["education"][other] = (least, max(least, most - 1))
    short = [one for one in here if one["gender"] == "gender0"]
    return rest + short[: max(1, low // 2)] + [one for one in here if one["gender"] != "gender0"][: low // 2], limits


def _homes(people: list[dict[str, str]], share: float, chance: Random, *, together: bool) -> dict[int, str]:
    """Couples: `share` of the people; at random, or (together) of the last ones, who are of one group."""
    count = int(len(people) * share) // 2 * 2
    order = list(range(len(people)))[::-1] if together else chance.sample(range(len(people)), len(people))
    return {one: f"home{place // 2}" for place, one in enumerate(order[:count])}


def peer(draw: Draw) -> float | None:
    """The total of seats that the usual suggestion moves: one column per person, one programme, no types."""
    import numpy as np

    from samenraad.methods.sortition.linear import Infeasible, Programme

    people, quotas = draw.pool.candidates, list(draw.quotas)
    homes = sorted({one.household for one in people if one.household})
    n, q = len(people), len(quotas)
    rows = np.zeros((2 * q + len(homes) + 1, n + 2 * q))
    for i, quota in enumerate(quotas):
        counted = [one.matches(quota.where) for one in people]
        rows[i, :n], rows[q + i, :n] = counted, counted
        rows[i, n + i], rows[q + i, n + q + i] = 1, -1
    for h, home in enumerate(homes):
        rows[2 * q + h, :n] = [one.household == home for one in people]
    rows[-1, :n] = 1
    low = [quota.min for quota in quotas] + [-np.inf] * (q + len(homes)) + [draw.seats]
    high = [np.inf] * q + [quota.max for quota in quotas] + [1] * len(homes) + [draw.seats]
    cost = [0.0] * n + [1 + 2 / quota.min if quota.min else 0.0 for quota in quotas] + [1.0] * q
    upper = [1] * n + [quota.min for quota in quotas] + [draw.seats] * q
    try:
        answer = Programme(rows, low, high, upper=upper, cost=cost, whole=True).solve()
    except Infeasible:
        return None
    return float(round(answer.x[n:].sum()))


def infeasible(cases: int, start: int = 0) -> Iterator[Draw]:
    """The first so many draws that have no panel."""
    from samenraad.methods.sortition.feasibility import feasible
    from samenraad.methods.sortition.problem import pose

    number, found = start, 0
    while found < cases:
        draw = made(number)
        number += 1
        if not feasible(pose(draw.pool, draw.quotas, draw.seats)):
            found += 1
            yield draw
