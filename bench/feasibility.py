"""How fast is the explanation of quotas that cannot be met? `python bench/feasibility.py --cases 200`.

Makes infeasible draws of 100 to 1,700 people (some with households) and measures, in CPU seconds on one thread, the
conflict and the repairs. Beside it stands a plain programme with a yes or no per person and a whole slack per quota,
which minimises (1 + 2/min) per lowered and 1 per raised seat, as other software does: the first repair must never move
more seats than that. Nothing is asserted; every line that breaks the promise is printed.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, islice
from random import Random
from statistics import median

from samenraad.methods.linear import Infeasible, Programme
from samenraad.methods.sortition.feasibility.conflict import feasible
from samenraad.methods.sortition.feasibility.elastic import Elastic
from samenraad.methods.sortition.feasibility.examination import Examination, examine
from samenraad.methods.sortition.pool import Candidate, Pool, Quota, Quotas
from samenraad.methods.sortition.problem import pose

SIZES = (100, 150, 240, 320, 400, 600, 825, 1200, 1500, 1700)
VALUES = {"age": 6, "area": 8, "education": 4, "gender": 2, "housing": 5, "opinion": 5}
KINDS = ("short", "sum", "link", "household", "tight", "cross")
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
    quotas = [Quota(((c, v),), low, high) for c, rows in limits.items() for v, (low, high) in rows.items()]
    crossed = _crossed(limits) if kind == "cross" else []
    return Draw(f"{number} {kind} {len(people)}/{seats}", pool, Quotas((*quotas, *crossed)), seats)


def _crossed(limits: dict[str, dict[str, tuple[int, int]]]) -> list[Quota]:
    """Age within gender: more of one age by gender than of that age in all."""
    age, (_low, high) = max(limits["age"].items(), key=lambda one: one[1])
    return [Quota((("age", age), ("gender", gender)), high // 2 + 1, high) for gender in limits["gender"]]


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
    if kind == "cross":
        return people, limits
    if kind == "short":
        return rest + here[: max(1, low - chance.randint(1, 3))], limits
    if kind == "household":
        return rest + here[: low + 1], limits
    if kind == "sum":
        over = seats + chance.randint(1, 3) - sum(least for least, _most in limits["housing"].values())
        for place, (other, (least, most)) in enumerate(limits["housing"].items()):
            more = over // 5 + (place < over % 5)
            limits["housing"][other] = (least + more, most + more)
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
    sharing = int(len(people) * share) // 2 * 2
    order = list(range(len(people)))[::-1] if together else chance.sample(range(len(people)), len(people))
    return {one: f"home{place // 2}" for place, one in enumerate(order[:sharing])}


def peer(draw: Draw) -> int | None:
    """The seats that the usual suggestion moves in all: one column per person, one programme, no types."""
    import numpy as np

    people, quotas = draw.pool.candidates, list(draw.quotas)
    homes = sorted({one.household for one in people if one.household})
    n, q = len(people), len(quotas)
    rows = np.zeros((2 * q + len(homes) + 1, n + 2 * q))
    for i, quota in enumerate(quotas):
        rows[i, :n] = rows[q + i, :n] = [one.matches(quota.where) for one in people]
        rows[i, n + i], rows[q + i, n + q + i] = 1, -1
    for h, home in enumerate(homes):
        rows[2 * q + h, :n] = [one.household == home for one in people]
    rows[-1, :n] = 1
    low = [quota.min for quota in quotas] + [-np.inf] * (q + len(homes)) + [draw.seats]
    high = [np.inf] * q + [quota.max for quota in quotas] + [1] * len(homes) + [draw.seats]
    cost = [0.0] * n + [1 + 2 / quota.min if quota.min else 0.0 for quota in quotas] + [1.0] * q
    upper = [1] * n + [quota.min for quota in quotas] + [draw.seats] * q
    try:
        answer = Programme(rows, low, high, upper=upper, cost=cost, whole=True, mip_abs_gap=0.01).solve()
    except Infeasible:
        return None
    return round(answer.x[n:].sum())


def infeasible(cases: int) -> Iterator[Draw]:
    """The first so many draws that have no panel."""
    draws = (made(number) for number in count())
    return islice((draw for draw in draws if not feasible(pose(draw.pool, draw.quotas, draw.seats))), cases)


@dataclass(frozen=True)
class Result:
    draw: Draw
    types: int
    seconds: dict[str, float]
    requirements: int
    smallest: bool
    repairs: tuple[int, ...]
    broken: tuple[str, ...]

    @property
    def total(self) -> float:
        return sum(self.seconds.values())


def measured(draw: Draw, *, beside_peer: bool) -> Result:
    seconds = {}
    start = time.process_time()

    def lap(name: str) -> None:
        nonlocal start
        now = time.process_time()
        seconds[name], start = now - start, now

    found = examine(draw.pool, draw.quotas, draw.seats)
    lap("pose")
    conflict = found.conflict
    lap("conflict")
    repairs = found.repairs
    lap("repairs")
    _others = found.other_seats, found.more_people
    lap("others")
    assert conflict is not None
    broken = [*_reducible(found), *_wrong_repairs(found, draw)]
    if beside_peer:
        theirs = peer(draw)
        if theirs is not None and (not repairs or repairs[0].seats > theirs):
            broken.append(f"the peer moves {theirs}, we {[one.seats for one in repairs]}")
    sizes = tuple(one.seats for one in repairs)
    number = len(conflict.requirements)
    return Result(draw, len(found.problem.types), seconds, number, conflict.smallest, sizes, tuple(broken))


def _reducible(found: Examination) -> Iterator[str]:
    """The conflict must clash, and no longer when any requirement is dropped."""
    elastic = Elastic(found.problem)
    named = found.conflict.requirements if found.conflict else ()
    chosen = {elastic.index[one.side, one.quota] for one in named}
    if elastic.meet(chosen) is not None:
        yield "the conflict can be met"
    for one in chosen:
        if elastic.meet(chosen - {one}) is None:
            yield f"not needed: {elastic.requirements[one].sentence()}"


def _wrong_repairs(found: Examination, draw: Draw) -> Iterator[str]:
    """Each repair posed anew from the people, and its example counted."""
    for repair in found.repairs:
        quotas = repair.apply(draw.quotas)
        people = [draw.pool.by_id[one] for one in repair.example]
        homes = [one.household for one in people if one.household]
        if quotas.broken_by(people) or len(people) != draw.seats or len(set(homes)) < len(homes):
            yield f"the example does not fit: {repair.sentence()}"
        if not feasible(pose(draw.pool, quotas, draw.seats)):
            yield f"does not help: {repair.sentence()}"


def report(results: list[Result]) -> None:
    names = list(results[0].seconds)
    print("| people | cases | types | " + " | ".join(names) + " | median s | worst s |")
    print("|" + "---|" * (len(names) + 5))
    for size in [*SIZES, None]:
        some = [one for one in results if size in (None, len(one.draw.pool))]
        if some:
            parts = " | ".join(f"{median(one.seconds[name] for one in some):.3f}" for name in names)
            totals = [one.total for one in some]
            types = max(one.types for one in some)
            print(f"| {size or 'all'} | {len(some)} | {types} | {parts} | {median(totals):.3f} | {max(totals):.3f} |")
    print(f"smallest conflict proven: {sum(one.smallest for one in results)} of {len(results)}")
    print(f"requirements in a conflict: {dict(sorted(Counter(one.requirements for one in results).items()))}")
    print(f"repairs found: {dict(sorted(Counter(len(one.repairs) for one in results).items()))}")
    for one in results:
        for line in one.broken:
            print(f"PROMISE BROKEN {one.draw.name}: {line}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--peer", action="store_true", help="compare with the usual suggestion (takes minutes)")
    chosen = parser.parse_args()
    report([measured(draw, beside_peer=chosen.peer) for draw in infeasible(chosen.cases)])


if __name__ == "__main__":
    main()
