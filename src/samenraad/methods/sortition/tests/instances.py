"""Draws that we made up, for the tests and the bench. The same name or seed always gives the same draw.

`tiny(seed)`        so small that every panel can be listed; `every_panel` and `leximin_of` then know the answer
`published(name)`   the sizes of the pools in Nature 2021 (s41586-021-03788-6, table 1), and a few more
`unreachable()`     draws in which whole panels cannot reach what fractions of people could, with the known answer
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, combinations
from math import ceil, exp, floor, sqrt
from random import Random
from statistics import NormalDist

import numpy as np
from scipy.optimize import linprog

from samenraad.methods.sortition.pool import Candidate, Pool, Quota, Quotas

Panel = tuple[str, ...]


@dataclass(frozen=True)
class Instance:
    """One draw. `leximin` holds the chance of everybody where theory or brute force tells it."""

    name: str
    pool: Pool
    quotas: Quotas
    seats: int
    already: tuple[str, ...] = ()
    leximin: Mapping[str, float] | None = None


# --- tiny ones, and the answer by brute force ---------------------------------------------------------------------


def tiny(seed: int, *, feasible: bool = True) -> Instance:
    """5 to 12 people, 2 to 4 seats, 1 to 3 categories; often tight, with households, with people in already, with
    an intersection. At least one panel exists; with `feasible=False` the quotas are drawn without looking."""
    chance = Random(seed)
    n, seats = chance.randint(5, 12), chance.randint(2, 4)
    values = {f"c{c}": [f"v{v}" for v in range(chance.randint(2, 3))] for c in range(chance.randint(1, 3))}
    people = {f"p{i:02}": {c: chance.choice(of) for c, of in values.items()} for i in range(n)}
    homes = _homes(chance, sorted(people)) if chance.random() < 0.4 else {}
    pool = Pool.of(people, homes)
    planted = _one_per_home(chance, pool, seats)
    already = tuple(sorted(planted[: chance.randint(1, seats - 1)])) if chance.random() < 0.3 else ()
    groups = [((c, v),) for c, of in values.items() for v in of if chance.random() < 0.9]
    if len(values) > 1 and chance.random() < 0.4:
        groups.append(tuple((c, chance.choice(of)) for c, of in sorted(values.items())[:2]))
    slack = (0,) if chance.random() < 0.3 else (0, 0, 1, 1, 2)
    quotas = []
    for where in groups:
        held = sum(pool.by_id[one].matches(where) for one in planted) if feasible else chance.randint(0, seats)
        quotas.append(Quota(where, max(0, held - chance.choice(slack)), min(seats, held + chance.choice(slack))))
    return Instance(f"tiny {seed}", pool, Quotas(tuple(quotas)), seats, already)


def _homes(chance: Random, ids: list[str]) -> dict[str, str]:
    """One to three addresses with two or three people each; enough people live alone for any panel."""
    mixed = chance.sample(ids, len(ids))
    homes: dict[str, str] = {}
    for number in range(chance.randint(1, 3)):
        size = chance.randint(2, 3)
        if len(mixed) - size < 4 - number:
            break
        homes |= {mixed.pop(): f"home {number}" for _ in range(size)}
    return homes


def _one_per_home(chance: Random, pool: Pool, seats: int) -> list[str]:
    chosen: dict[str, str] = {}
    for one in chance.sample(pool.candidates, len(pool)):
        chosen.setdefault(one.household or one.id, one.id)
    return list(chosen.values())[:seats]


def every_panel(draw: Instance) -> list[Panel]:
    """All panels that meet every rule, by trying every combination of people and plain counting."""
    free = [one for one in draw.pool.candidates if one.id not in draw.already]
    settled = [draw.pool.by_id[one] for one in draw.already]
    found = []
    for extra in combinations(free, draw.seats - len(settled)):
        panel = [*settled, *extra]
        if _live_apart(panel) and not draw.quotas.broken_by(panel):
            found.append(tuple(sorted(one.id for one in panel)))
    return sorted(found)


def _live_apart(panel: Iterable[Candidate]) -> bool:
    homes = [one.household for one in panel if one.household is not None]
    return len(set(homes)) == len(homes)


def leximin_of(panels: Sequence[Panel], ids: Iterable[str]) -> dict[str, float]:
    """The chances of the leximin lottery over these panels, by linear programmes over all of them, to about 1e-9.

    The textbook loop: raise the lowest chance as far as it goes; whoever has a positive price there is stuck and
    keeps that chance; repeat with the others.

    >>> leximin_of([("a", "b"), ("a", "c")], "abcd")
    {'a': 1.0, 'b': 0.5, 'c': 0.5, 'd': 0.0}
    """
    names = sorted(ids)
    on = np.array([[one in panel for panel in panels] for one in names], dtype=float)
    level = np.full(len(names), np.nan)
    while np.isnan(level).any():
        rising = np.isnan(level)
        lowest, prices = _raised(on, level, rising)
        stuck = rising & (prices > 1e-7)
        level[stuck] = lowest
    return {one: round(float(chance), 12) + 0.0 for one, chance in zip(names, level, strict=True)}


def _raised(on: np.ndarray, level: np.ndarray, rising: np.ndarray) -> tuple[float, np.ndarray]:
    """The highest t such that the rising all get t and the others keep their level, and the price of each person."""
    _people, panels = on.shape
    found = linprog(
        c=np.append(np.zeros(panels), -1.0),
        A_ub=np.column_stack([-on, rising.astype(float)]),
        b_ub=-np.where(rising, 0.0, level),
        A_eq=np.append(np.ones(panels), 0.0)[None, :],
        b_eq=[1.0],
        bounds=[(0, None)] * (panels + 1),
        method="highs-ds",
        options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
    )
    assert found.success, found.message
    return float(found.x[-1]), -found.ineqlin.marginals


# --- the published sizes ------------------------------------------------------------------------------------------

NAMES = ("gender", "age", "education", "district", "origin", "home", "opinion", "work", "health")


@dataclass(frozen=True)
class Size:
    """How a pool looks: n people, k seats, the number of values per category; `likeness` of somebody's answers
    (0 none, 1 all follow from one trait), `eagerness`: how far some groups answer more than others."""

    n: int
    k: int
    values: tuple[int, ...]
    likeness: float
    eagerness: float
    seed: int


SIZES = {
    "mass": Size(70, 24, (2, 5, 3, 6, 3), 0.5, 0.3, 39),
    "sf_c": Size(161, 44, (2, 5, 3, 6, 3, 3, 4), 0.5, 0.6, 14),
    "hd": Size(239, 30, (2, 5, 3, 6, 3, 3, 4), 0.65, 0.6, 13),
    "sf_b": Size(250, 20, (2, 5, 3, 6, 3, 3), 0.5, 0.6, 32),
    "sf_a": Size(312, 35, (2, 5, 3, 5, 3, 2), 0.55, 0.5, 8),
    "obf": Size(321, 30, (2, 5, 3, 5, 3, 2, 3, 2), 0.65, 0.6, 5),
    "nexus": Size(342, 170, (2, 5, 3, 7, 3), 0.6, 0.2, 38),
    "sf_d": Size(404, 40, (2, 5, 3, 6, 3, 2), 0.5, 0.6, 9),
    "cca": Size(825, 75, (2, 5, 3, 6), 0.1, 0.7, 19),
    "sf_e": Size(1727, 110, (3, 4, 12, 3, 5, 2, 2), 0.75, 0.6, 10),
    "scotland": Size(150, 22, (2, 5, 3, 8, 3), 0.3, 0.4, 36),
    "many_types": Size(5000, 250, (2, 6, 4, 8, 4, 3), 0.6, 0.5, 2),
}
PUBLISHED = (*SIZES, "example_small", "example_large")


def published(name: str) -> Instance:
    """A draw of the size of a known pool; each quota is the share of the population, rounded down and up."""
    if name.startswith("example"):
        return _example(*{"example_small": (200, 20), "example_large": (2000, 200)}[name], name)
    size = SIZES[name]
    chance = Random(f"{name} {size.seed}")
    categories = NAMES[: len(size.values)]
    limits, thresholds = {}, {}
    for category, values in zip(categories, size.values, strict=True):
        population = _shares([0.25 + chance.random() for _ in range(values)])
        eager = _shares([share * exp(chance.gauss(0, size.eagerness)) for share in population])
        thresholds[category] = [NormalDist().inv_cdf(min(edge, 1 - 1e-12)) for edge in accumulate(eager)]
        limits[category] = {
            f"{category} {v + 1}": (floor(size.k * share), ceil(size.k * share)) for v, share in enumerate(population)
        }
    people = {f"p{i:04}": dict(_answers(chance, thresholds, size.likeness)) for i in range(size.n)}
    return Instance(name, Pool.of(people), Quotas.of(limits), size.k)


def _shares(weights: list[float]) -> list[float]:
    return [weight / sum(weights) for weight in weights]


def _answers(chance: Random, thresholds: Mapping[str, list[float]], likeness: float) -> Iterator[tuple[str, str]]:
    trait = chance.gauss(0, 1)
    for category, edges in thresholds.items():
        own = likeness * trait + sqrt(1 - likeness**2) * chance.gauss(0, 1)
        value = next((v for v, edge in enumerate(edges) if own <= edge), len(edges) - 1)
        yield category, f"{category} {value + 1}"


def _example(n: int, seats: int, name: str) -> Instance:
    """Nature 2021, the artificial example: two features, three types, one woman who alone is conservative. With
    leximin everybody has the same chance k/n."""
    people = {f"p{i:04}": {"gender": "male", "leaning": "conservative"} for i in range(n)}
    for one in sorted(people)[: n // 2]:
        people[one] = {"gender": "female", "leaning": "liberal"}
    people["p0000"] = {"gender": "female", "leaning": "conservative"}
    least = (seats // 2 - 1, seats)
    limits = {
        "gender": {"female": least, "male": least},
        "leaning": {"liberal": least, "conservative": least},
    }
    return Instance(name, Pool.of(people), Quotas.of(limits), seats, leximin=dict.fromkeys(people, seats / n))


# --- where fractions promise too much -----------------------------------------------------------------------------


#: tiny draws in which fractions of people promise the lowest more than whole people can give
BEYOND = (51, 97, 103, 447, 523, 587, 856, 862, 962, 997, 1094, 1118, 1292)


def unreachable() -> list[Instance]:
    """From 4 people to some hundreds. In each of them the linear bound on the lowest chance is out of reach."""
    return [
        cycles((3,)),
        cycles((5,)),
        cycles((3, 3)),
        cycles((3, 5)),
        plane((0, 1, 3), 7),
        cycles((3, 5, 7), crowd=2),
        plane((0, 1, 3, 9), 13),
        plane((0, 1, 4, 14, 16), 21, crowd=3),
        cycles((9,), crowd=10),
        cycles((3, 5, 7, 9, 11), crowd=3),
        cycles((21, 31), crowd=6),
        *(_solved(tiny(seed)) for seed in BEYOND),
    ]


def _solved(draw: Instance) -> Instance:
    return replace(draw, leximin=leximin_of(every_panel(draw), draw.pool.by_id))


def cycles(lengths: tuple[int, ...], crowd: int = 1) -> Instance:
    """Rings of an odd number of groups; of two neighbouring groups at most one person may sit on the panel.

    Fractions put half a person of each group on it; but of a ring of L groups no panel holds more than (L - 1) / 2.
    So nobody of that ring (L x crowd people) can be given more than (L - 1) / 2 / (L x crowd), all of them can be
    given that at the same time, and people outside the rings share the seats that are left.
    """
    groups = [(ring, i) for ring, length in enumerate(lengths) for i in range(length)]
    pairs = {f"pair {ring}.{i}": {(ring, i), (ring, (i + 1) % lengths[ring])} for ring, i in groups}
    outside = crowd * len(lengths)
    seats = (sum(lengths) + len(lengths)) // 2
    known = {g: (lengths[g[0]] - 1) / 2 / (lengths[g[0]] * crowd) for g in groups}
    rest = (seats - sum((length - 1) / 2 for length in lengths)) / outside
    name = f"rings of {' and '.join(map(str, lengths))}, {crowd} a group"
    return _exclusive(name, dict.fromkeys(groups, crowd), pairs, outside, seats, known, rest)


def plane(difference_set: tuple[int, ...], points: int, crowd: int = 1) -> Instance:
    """A projective plane: a group per point; of the groups on one line at most one person may sit on the panel.

    Any two points share a line, so a panel holds one person of all groups together, while fractions put 1/q of a
    person of each point on it, with q points on a line.
    """
    on_line = len(difference_set)
    groups = [(0, i) for i in range(points)]
    lines = {f"line {i}": {(0, (i + step) % points) for step in difference_set} for i in range(points)}
    outside = crowd * (on_line - points % on_line)
    seats = (points * crowd + outside) // (on_line * crowd)
    known = dict.fromkeys(groups, 1 / (points * crowd))
    name = f"plane of {points} points, {crowd} a group"
    return _exclusive(name, dict.fromkeys(groups, crowd), lines, outside, seats, known, (seats - 1) / outside)


Group = tuple[int, int]


def _exclusive(
    name: str,
    sizes: Mapping[Group, int],
    lines: Mapping[str, set[Group]],
    outside: int,
    seats: int,
    known: Mapping[Group, float],
    rest: float,
) -> Instance:
    """At most one person of the groups on each line; one category per line."""
    people: dict[str, dict[str, str]] = {}
    chances: dict[str, float] = {}
    for group, size in sizes.items():
        for number in range(size):
            one = f"g{group[0]}.{group[1]:02}.{number:02}"
            people[one] = {line: "on" if group in held else "off" for line, held in lines.items()}
            chances[one] = known[group]
    for number in range(outside):
        people[f"x{number:03}"] = dict.fromkeys(lines, "off")
        chances[f"x{number:03}"] = rest
    quotas = Quotas(tuple(Quota(((line, "on"),), 0, 1) for line in lines))
    return Instance(name, Pool.of(people), quotas, seats, leximin=chances)
