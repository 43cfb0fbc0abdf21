"""How well do planned substitutes keep a panel to its quotas? `python bench/substitutes.py [name ...]`.

Per instance: a panel that meets the quotas, a drop-out model with a factor per feature value (15 % leave on average),
and the same number of substitutes (25 for 110 seats, or --share) from four sources:

ours     `substitutes(...)` with the drop-out model that rules
learned  `substitutes(...)` with a model learned from eight simulated past panels: what a town can know
random   people drawn at random from the rest of the pool
by hand  the status quo: a second panel, its quotas those of the first scaled down to the number of substitutes,
         chosen at random among those that miss them least

Then people drop out 1,000 times, by the model and a seed that no planner saw. Each time everybody is replaced as well
as the substitutes allow (an exact integer programme), and the distance to the quotas (people outside them plus empty
seats) is counted. `none` is the distance without any replacement; `perfect` with the whole rest of the pool as
substitutes (a sample of 50 sets). Random and by hand are the mean of ten draws, 100 sets each. `planned` is what our
plan promised. `--every` adds the files in ../shared/data/sortition. Takes about five minutes; nothing is asserted.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor, prod
from pathlib import Path
from random import Random
from statistics import fmean

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from samenraad.methods.linear import INFINITY, Programme  # noqa: E402
from samenraad.methods.sortition.pool import Pool, Quota, Quotas  # noqa: E402
from samenraad.methods.sortition.substitution.dropout import DropOut, drop_out_sets, learn  # noqa: E402
from samenraad.methods.sortition.substitution.scenarios import Repairs, groups_of, limits_of  # noqa: E402
from samenraad.methods.sortition.substitution.substitutes import substitutes  # noqa: E402
from samenraad.methods.sortition.tests.instances import SIZES, published  # noqa: E402

SHARED = ROOT.parent / "shared" / "data" / "sortition"
NAMES = ("mass", "sf_c", "hd", "sf_b", "sf_a", "obf", "nexus", "sf_d", "cca", "sf_e")
SETS, DRAWS, PAST, RATE, SPREAD = 1000, 10, 8, 0.15, 0.35


@dataclass(frozen=True)
class Case:
    name: str
    pool: Pool
    quotas: Quotas
    seats: int


def generated(name: str) -> Case:
    made = published(name)
    return Case(name, made.pool, made.quotas, made.seats)


def shared() -> Iterator[Case]:
    """The instances beside the project, when they are there; one row per person, seats in the folder's name."""
    for folder in sorted(SHARED.glob("*_[0-9]*")) if SHARED.exists() else []:
        with (folder / "respondents.csv").open() as file:
            people = {row.pop("id", f"r{n:05}"): dict(row) for n, row in enumerate(csv.DictReader(file))}
        with (folder / "categories.csv").open() as file:
            rows = [(row["category"], row["feature"], int(row["min"]), int(row["max"])) for row in csv.DictReader(file)]
        quotas = Quotas(tuple(Quota(((category, value),), low, high) for category, value, low, high in rows))
        yield Case(folder.name, Pool.of(people), quotas, int(folder.name.rsplit("_", 1)[1]))


def nearest_panel(pool: Pool, quotas: Quotas, ids: Sequence[str], seats: int, chance: Random) -> list[str]:
    """So many of these people, as close to the quotas as can be, at random among such panels (random costs)."""
    groups = groups_of((pool.by_id[one] for one in ids), quotas)[:, :-1].astype(float)
    n, q = groups.shape
    rows = np.vstack([np.hstack([groups.T, np.eye(q), -np.eye(q)]), np.r_[np.ones(n), np.zeros(2 * q)]])
    low, high = [quota.min for quota in quotas], [quota.max for quota in quotas]
    costs = [*(chance.random() for _ in ids), *[float(seats + 1)] * (2 * q)]
    upper = [1.0] * n + [INFINITY] * (2 * q)
    whole = [True] * n + [False] * (2 * q)
    programme = Programme(
        rows, [*low, seats], [*high, seats], upper=upper, cost=costs, whole=whole, nodes=2000, mip_rel_gap=0.02
    )
    return [one for one, taken in zip(ids, programme.solve().x, strict=False) if taken > 0.5]


def scaled(quotas: Quotas, share: float) -> Quotas:
    """What an organiser types when the second panel is smaller: each limit times the share, rounded outwards."""
    return Quotas(tuple(Quota(one.where, floor(one.min * share), ceil(one.max * share)) for one in quotas))


class Repairer:
    """The smallest distance to the quotas that these substitutes can reach.

    A quick repair is the best when a linear programme shows that less is impossible (distances are whole numbers);
    only where it does not, an integer programme decides. Both are kept warm."""

    def __init__(self, case: Case, panel: Sequence[str], spare: Sequence[str]) -> None:
        self.case, self.panel, self.quotas = case, panel, case.quotas
        self.groups = groups_of((case.pool.by_id[one] for one in spare), case.quotas)
        self.linear, self.whole = self._programme(False), self._programme(True)

    def _programme(self, whole: bool) -> Programme:
        groups = self.groups[:, :-1].astype(float)
        n, q = groups.shape
        return Programme(
            np.vstack([np.hstack([groups.T, np.eye(q), -np.eye(q)]), np.r_[np.ones(n), np.zeros(2 * q)]]),
            [-INFINITY] * (q + 1),
            [INFINITY] * (q + 1),
            upper=[1.0] * n + [INFINITY] * (2 * q),
            cost=[-1.0] * n + [1.0] * (2 * q),
            whole=[whole] * n + [False] * (2 * q),
            mip_abs_gap=0.9,
        )

    def distances(self, sets: Sequence[Sequence[str]]) -> list[int]:
        staying = [[self.case.pool.by_id[one] for one in self.panel if one not in gone] for gone in map(set, sets)]
        held = np.array([groups_of(people, self.quotas).sum(axis=0) for people in staying])
        repairs = Repairs(limits_of(self.quotas, len(self.panel)), self.groups, held.copy(), np.ones(len(sets)))
        if len(self.groups) < 100:
            repairs.add(*range(len(self.groups)))
        quick = repairs.limits.distance(repairs.counts)
        return [
            round(value) if self._solved(self.linear, row) > value - 1 + 1e-6 else round(self._solved(self.whole, row))
            for value, row in zip(quick, held, strict=True)
        ]

    def _solved(self, programme: Programme, held: np.ndarray) -> float:
        empty = len(self.panel) - float(held[-1])
        for row, quota in enumerate(self.quotas):
            programme.limit(row, quota.min - float(held[row]), quota.max - float(held[row]))
        programme.limit(len(self.quotas), -INFINITY, empty)
        return programme.solve().value + empty


def hidden_model(case: Case, panel: Sequence[str], chance: Random) -> DropOut:
    """A factor per feature value, exp of a normal number, and a base so that 15 % of the panel leaves on average."""
    values = sorted({feature for one in case.pool.candidates for feature in one.features.items()})
    factors = {feature: float(np.exp(chance.gauss(0, SPREAD))) for feature in values}
    people = [case.pool.by_id[one] for one in panel]
    mean = fmean(prod(factors[feature] for feature in one.features.items()) for one in people)
    return DropOut(RATE / mean, factors)


def learned(case: Case, hidden: DropOut, chance: Random) -> DropOut:
    """What eight past panels teach: people of the pool, who stayed or left by the hidden model."""
    past = [chance.choice(case.pool.candidates) for _ in range(PAST * case.seats)]
    return learn([(one.features, chance.random() >= hidden.chance(one)) for one in past])


def mean_distance(
    case: Case, panel: Sequence[str], plans: Sequence[Sequence[str]], sets: Sequence[Sequence[str]]
) -> float:
    """Set s meets plan number s modulo the number of plans."""
    groups = [sets[number :: len(plans)] for number in range(len(plans))]
    return fmean(
        value for plan, some in zip(plans, groups, strict=True) for value in Repairer(case, panel, plan).distances(some)
    )


def measured(case: Case, share: float) -> list[str]:
    chance = Random(f"{case.name} bench")
    panel = nearest_panel(case.pool, case.quotas, [one.id for one in case.pool.candidates], case.seats, chance)
    hidden = hidden_model(case, panel, chance)
    model = learned(case, hidden, chance)
    rest = [one.id for one in case.pool.candidates if one.id not in set(panel)]
    n = min(round(case.seats * share), len(rest))
    started = time.process_time()
    plan = substitutes(case.pool, case.quotas, panel, how_many=n, seed="planning", dropout=hidden)
    cpu = time.process_time() - started
    from_past = substitutes(case.pool, case.quotas, panel, how_many=n, seed="planning", dropout=model)
    by_hand = scaled(case.quotas, n / case.seats)
    plans = {
        "ours": [plan.order],
        "learned": [from_past.order],
        "random": [chance.sample(rest, n) for _ in range(DRAWS)],
        "by hand": [nearest_panel(case.pool, by_hand, rest, n, chance) for _ in range(DRAWS)],
    }
    sets = drop_out_sets([case.pool.by_id[one] for one in panel], hidden, seed="measuring", sets=SETS)
    told = {name: mean_distance(case, panel, some, sets) for name, some in plans.items()}
    none = mean_distance(case, panel, [()], sets[:200])
    perfect = mean_distance(case, panel, [rest], sets[:50])
    below = [f"{1 - told[mine] / told[other]:.0%}" for mine in ("ours", "learned") for other in ("random", "by hand")]
    leaving = fmean(len(leavers) for leavers in sets)
    return [
        case.name,
        f"{len(case.pool)}/{case.seats}",
        f"{n}",
        f"{leaving:.1f}",
        *(
            f"{value:.2f}"
            for value in (none, perfect, *(told[one] for one in ("random", "by hand", "ours", "learned")))
        ),
        *below,
        f"{plan.expected:.2f}",
        f"{cpu:.1f}",
    ]


HEADER = [
    *("instance", "n/k", "subst.", "leave", "none", "perfect", "random", "by hand", "ours", "learned"),
    *("ours below random", "ours below by hand", "learned below random", "learned below by hand", "planned", "CPU s"),
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help=", ".join(SIZES))
    parser.add_argument("--share", type=float, default=25 / 110, help="substitutes per seat")
    parser.add_argument("--every", action="store_true")
    options = parser.parse_args()
    print("| " + " | ".join(HEADER) + " |\n" + "|---" * len(HEADER) + "|", flush=True)
    for name in options.names or NAMES:
        print("| " + " | ".join(measured(generated(name), options.share)) + " |", flush=True)
    for case in shared() if options.every else ():
        print("| " + " | ".join(measured(case, options.share)) + " |", flush=True)


if __name__ == "__main__":
    main()
