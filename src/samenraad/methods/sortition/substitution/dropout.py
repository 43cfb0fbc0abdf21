"""The chance that a member of a panel drops out, and drop-outs simulated from a public seed.

Model: the chance of a person is a base rate times one factor for each of her feature values (the "betas" of Assos,
Baharav, Flanigan and Procaccia, "Alternates, Assemble!", EC 2025, arXiv 2506.15716), and members drop out
independently of one another. Who drops out together (a family with the flu) is not in it.
"""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from samenraad.methods.seeds import TICKET_BYTES, prefix
from samenraad.methods.sortition.pool import Candidate, Feature
from samenraad.refusals import Refusal

#: the rate when nothing is known: about one in seven
USUAL = 0.15
#: nobody is given up beforehand
HIGHEST = 0.95
#: with fewer people than this a learned factor says little, see `DropOut.thin`
ENOUGH = 50


@dataclass(frozen=True)
class DropOut:
    """chance = base x the factors of somebody's feature values, at most 0.95; a value without a factor counts as 1.

    >>> young = Candidate("p1", {"age": "16-24", "gender": "woman"})
    >>> round(DropOut(0.1, {("age", "16-24"): 2.0}).chance(young), 3)
    0.2

    `seen` says what a learned model rests on: value -> (members seen, members who dropped out).
    Refuses `sortition.chance` (a base outside 0-1, a negative factor).
    """

    base: float = USUAL
    factors: Mapping[Feature, float] = field(default_factory=dict)
    seen: Mapping[Feature, tuple[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not 0 <= self.base <= 1:
            raise Refusal("sortition.chance", chance=self.base)
        wrong = sorted(f"{key}: {value}" for (key, value), number in self.factors.items() if not 0 <= number < math.inf)
        if wrong:
            raise Refusal("sortition.chance", features=wrong)

    @classmethod
    def by_hand(cls, chances: Mapping[Feature, float], base: float = USUAL) -> DropOut:
        """From the chance of a whole group: `{("age", "16-24"): 0.3}`. Somebody in two such groups gets both factors.

        Refuses `sortition.chance` (a chance outside 0-1, or a base of 0, which no factor can raise).
        """
        wrong = sorted(f"{key}: {value}" for (key, value), chance in chances.items() if not 0 <= chance <= 1)
        if wrong or not 0 < base <= 1:
            raise Refusal("sortition.chance", features=wrong, chance=base)
        return cls(base, {feature: chance / base for feature, chance in chances.items()})

    def chance(self, person: Candidate) -> float:
        factors = (self.factors.get(feature, 1.0) for feature in sorted(person.features.items()))
        return min(HIGHEST, self.base * math.prod(factors))

    @property
    def thin(self) -> tuple[Feature, ...]:
        """The values whose factor was learned from fewer than 50 members: take them as a hint."""
        return tuple(sorted(feature for feature, (people, _) in self.seen.items() if people < ENOUGH))


def learn(past: Sequence[tuple[Mapping[str, str], bool]], *, smoothing: float = 5.0) -> DropOut:
    """The base rate and factors from the members of past panels: (features, stayed) each.

    A factor is (dropped out + smoothing) / (expected without this factor + smoothing), repeated until base and factors
    agree: the posterior mode of a log-linear Poisson model with a gamma prior around "no difference". So each group's
    expected number of drop-outs equals what was seen, but for the smoothing, which weighs as much as that many
    expected drop-outs; the base starts from as much smoothing at the usual rate. So few data say "about average".

    Limits: with 200 members and 30 drop-outs a value held by 20 members rests on about 3 drop-outs, and its factor is
    good for a direction, no more (`thin` names them). Panels of another kind or length drop out differently.

    >>> half = [({"age": "young"}, False)] * 50 + [({"age": "young"}, True)] * 50
    >>> tenth = [({"age": "old"}, False)] * 10 + [({"age": "old"}, True)] * 90
    >>> model = learn(half + tenth, smoothing=0.001)
    >>> round(model.chance(Candidate("a", {"age": "young"})), 2), round(model.chance(Candidate("b", {"age": "old"})), 2)
    (0.5, 0.1)

    Refuses `sortition.no_past` (nobody to learn from) and `sortition.smoothing` (not above 0).
    """
    if not past:
        raise Refusal("sortition.no_past")
    if not smoothing > 0:
        raise Refusal("sortition.smoothing", smoothing=smoothing)
    having = _by_value(past)
    left = [not stayed for _, stayed in past]
    dropped = {feature: sum(left[i] for i in members) for feature, members in having.items()}
    factors = dict.fromkeys(sorted(having), 1.0)
    products = [1.0] * len(past)
    base = _base(left, products, smoothing)
    for _ in range(200):
        for feature, members in sorted(having.items()):
            without = base * math.fsum(products[i] for i in members) / factors[feature]
            new = (dropped[feature] + smoothing) / (without + smoothing)
            for i in members:
                products[i] *= new / factors[feature]
            factors[feature] = new
        before, base = base, _base(left, products, smoothing)
        if abs(before - base) < 1e-12:
            break
    seen = {feature: (len(members), dropped[feature]) for feature, members in sorted(having.items())}
    return DropOut(min(base, 1.0), factors, seen)


def _by_value(past: Sequence[tuple[Mapping[str, str], bool]]) -> dict[Feature, list[int]]:
    having: dict[Feature, list[int]] = defaultdict(list)
    for number, (features, _) in enumerate(past):
        for feature in features.items():
            having[feature].append(number)
    return dict(having)


def _base(left: Sequence[bool], products: Sequence[float], smoothing: float) -> float:
    return (sum(left) + smoothing) / (math.fsum(products) + smoothing / USUAL)


def drop_out_sets(people: Sequence[Candidate], dropout: DropOut, *, seed: str, sets: int) -> list[tuple[str, ...]]:
    """Simulated drop-outs: `sets` tuples of ids, sorted.

    In set number s somebody leaves when her ticket (`seeds.ticket`) for the purpose "leaves", this seed and "s id",
    divided by 2^64, is below her chance. So the sets are the same on every machine and in every order of the people,
    and a higher chance only ever adds leavers.

    >>> anna = [Candidate("anna", {})]
    >>> drop_out_sets(anna, DropOut(0.0), seed="goose", sets=2)
    [(), ()]
    """
    before = prefix(seed, "leaves")
    threshold = {one.id: round(dropout.chance(one) * 2 ** (8 * TICKET_BYTES)) for one in people}
    return [
        tuple(one for one in sorted(threshold) if _ticket(before, f"{number} {one}") < threshold[one])
        for number in range(sets)
    ]


def _ticket(before: bytes, what: str) -> int:
    return int.from_bytes(hashlib.sha256(before + what.encode()).digest()[:TICKET_BYTES], "big")


def every_drop_out_set(people: Sequence[Candidate], dropout: DropOut) -> list[tuple[tuple[str, ...], float]]:
    """All drop-out sets that can happen, with their chances (sum 1): 2^n of them, so only for a handful of people."""
    sets: list[tuple[tuple[str, ...], float]] = [((), 1.0)]
    for one in sorted(people, key=lambda person: person.id):
        chance = dropout.chance(one)
        leaves = [((*who, one.id), weight * chance) for who, weight in sets if chance > 0]
        sets = [(who, weight * (1 - chance)) for who, weight in sets] + leaves
    return sets
