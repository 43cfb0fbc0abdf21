"""An ordered plan of substitutes, chosen for the drop-outs that are to be expected.

After Assos, Baharav, Flanigan and Procaccia, "Alternates, Assemble! Selecting Optimal Alternates for Citizens'
Assemblies" (EC 2025, arXiv 2506.15716): draw many drop-out sets, and choose the substitutes that on average bring the
panel back closest to its quotas (sample average approximation). The distance is in `scenarios.py`.

Who is chosen follows from the pool, the panel, the drop-out model and the public seed. The seed decides the sampled
drop-outs and every tie: all people are ranked by SHA-256 of seed and id, and of equally good people the first is taken.
Whoever must fix the pool before the seed is known can therefore not choose among equals.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from samenraad.methods.language import _, say
from samenraad.methods.seeds import in_lot_order
from samenraad.methods.sortition.pool import Candidate, Pool, Quota, Quotas
from samenraad.methods.sortition.sentences import decimal, percent
from samenraad.methods.sortition.substitution import scenarios as many
from samenraad.methods.sortition.substitution.dropout import DropOut, drop_out_sets, every_drop_out_set
from samenraad.methods.sortition.substitution.scenarios import Repairs
from samenraad.methods.sortition.substitution.search import Spare, found
from samenraad.refusals import Refusal

if TYPE_CHECKING:
    from samenraad.methods.sortition.substitution.scenarios import Floats

#: as many random plans are averaged for the comparison
COMPARISONS = 5


@dataclass(frozen=True)
class Substitute:
    """One person of the plan: the groups with a quota that she counts in, the expected distance to the quotas with the
    substitutes before her and with her too, and the chance that she is called when the whole plan stands."""

    id: str
    groups: tuple[str, ...]
    before: float
    after: float
    called: float


@dataclass(frozen=True)
class Plan:
    """Substitutes in the order in which they were chosen: the first j are a good plan of j, for every j.

    `unrepaired`   the expected distance to the quotas with no substitutes at all
    `random`       the same with as many random substitutes (the mean of five such plans)
    `short`        how many fewer there are than was asked, because nobody else is available
    `broken`       the quotas that the panel broke before anybody left, with the number it has
    `scenarios`    how many drop-out sets were looked at; `all_sets` when these are all that can happen
    `proven`       True when every set of substitutes was tried with its best repairs: no set of this size does better
                   in the scenarios looked at. False for all but small draws: a search found it, and the distances are
                   those of repairs that a search found too, so that the true ones are the same or a little less
    """

    substitutes: tuple[Substitute, ...]
    unrepaired: float
    random: float
    short: int
    broken: tuple[tuple[Quota, int], ...]
    scenarios: int
    all_sets: bool
    proven: bool

    @property
    def order(self) -> tuple[str, ...]:
        return tuple(one.id for one in self.substitutes)

    @property
    def expected(self) -> float:
        """The expected distance to the quotas with the whole plan."""
        return self.substitutes[-1].after if self.substitutes else self.unrepaired

    def sentences(self, language: str = "en") -> tuple[str, ...]:
        return tuple(say(sentence, language, **facts) for sentence, facts in _told(self, language))


def substitutes(
    pool: Pool,
    quotas: Quotas,
    panel: Iterable[str],
    *,
    how_many: int,
    seed: str,
    dropout: DropOut | None = None,
    scenarios: int = 500,
    already: Sequence[str] = (),
    seats: int | None = None,
) -> Plan:
    """A plan of `how_many` substitutes for this panel, out of the rest of the pool.

    Nobody is chosen who sits on the panel or lives with somebody who does, and no two of the plan live together, so
    that every way of calling them keeps the household rule. Substitutes who were appointed before (`already`) come
    first, in their order, and the others are chosen around them. A panel with fewer people than `seats` counts as one
    with empty seats. Substitutes are taken to say yes; when one does not, `replacement.replace` goes on without her.

    >>> people = {f"w{i}": {"sex": "woman"} for i in range(4)} | {f"m{i}": {"sex": "man"} for i in range(4)}
    >>> quotas = Quotas.of({"sex": {"woman": (2, 2), "man": (2, 2)}})
    >>> only_women_leave = DropOut.by_hand({("sex", "woman"): 0.5, ("sex", "man"): 0.0})
    >>> panel = ["w0", "w1", "m0", "m1"]
    >>> plan = substitutes(Pool.of(people), quotas, panel, how_many=2, seed="goose", dropout=only_women_leave)
    >>> sorted(plan.order), plan.unrepaired, plan.expected
    (['w2', 'w3'], 2.0, 0.0)

    When fewer people are available than asked, the plan holds all of them and `short` says so. A panel that breaks
    quotas is allowed, and `broken` says so. Refuses `sortition.unknown` (an id that is not in the pool),
    `sortition.substitutes` (fewer than one, or fewer than are appointed), `sortition.scenarios` (fewer than one),
    `sortition.seats` (fewer seats than people) and `sortition.substitute_shut_out` (an appointed substitute who sits
    on the panel or lives with somebody of the panel or the plan).
    """
    members = sorted(set(panel))
    seats = len(members) if seats is None else seats
    _check(pool, members, already, how_many, scenarios, seats)
    dropout = dropout or DropOut()
    spare = Spare(pool, quotas, members, seed)
    sets, weights, all_sets = _scenarios([pool.by_id[one] for one in members], dropout, seed, scenarios)
    fresh = _left(pool, quotas, members, seats, spare, sets, weights)
    spare.refuse_clashes(already)
    wanted = min(how_many, spare.at_most)
    ordered, proven = found(fresh, spare, already, wanted, seed)
    told = _explained(pool, quotas, fresh, [spare.kind[one] for one in ordered], ordered, proven)
    return Plan(
        substitutes=told,
        unrepaired=fresh.expected,
        random=_random(fresh, spare, wanted, seed),
        short=how_many - wanted,
        broken=tuple(quotas.broken_by(pool.by_id[one] for one in members)),
        scenarios=len(sets),
        all_sets=all_sets,
        proven=proven,
    )


def _check(
    pool: Pool, members: Sequence[str], already: Sequence[str], how_many: int, scenarios: int, seats: int
) -> None:
    unknown = sorted({one for one in (*members, *already) if one not in pool.by_id})
    if unknown:
        raise Refusal("sortition.unknown", ids=unknown)
    if how_many < max(1, len(already)):
        raise Refusal("sortition.substitutes", how_many=how_many, already=len(already))
    if scenarios < 1:
        raise Refusal("sortition.scenarios", scenarios=scenarios)
    if seats < len(members):
        raise Refusal("sortition.seats", seats=seats, already=len(members))


def _scenarios(
    people: Sequence[Candidate], dropout: DropOut, seed: str, most: int
) -> tuple[list[tuple[str, ...]], Floats, bool]:
    """Drop-out sets and their weights: all of them when they are few, else a sample."""
    in_doubt = sum(dropout.chance(one) > 0 for one in people)
    if 2**in_doubt <= most:
        every = every_drop_out_set(people, dropout)
        return [who for who, _weight in every], np.array([weight for _who, weight in every]), True
    return drop_out_sets(people, dropout, seed=seed, sets=most), np.full(most, 1 / most), False


def _left(
    pool: Pool,
    quotas: Quotas,
    members: Sequence[str],
    seats: int,
    spare: Spare,
    sets: Sequence[Sequence[str]],
    weights: Floats,
) -> Repairs:
    groups = many.groups_of((pool.by_id[one] for one in members), quotas)
    place = {one: number for number, one in enumerate(members)}
    leaves = np.zeros((len(sets), len(members)), dtype=np.float32)
    for number, who in enumerate(sets):
        leaves[number, [place[one] for one in who]] = 1
    return Repairs(many.limits_of(quotas, seats), spare.kinds, groups.sum(axis=0) - leaves @ groups, weights)


def _explained(
    pool: Pool, quotas: Quotas, fresh: Repairs, kinds: Sequence[int], order: Sequence[str], proven: bool
) -> tuple[Substitute, ...]:
    repairs, values = fresh.copy(), [fresh.expected]
    for number, kind in enumerate(kinds, 1):
        repairs.add(kind)
        values.append(many.exact(fresh, kinds[:number]) if proven else repairs.expected)
    called = fresh.weights @ repairs.called
    return tuple(
        Substitute(
            id=one,
            groups=tuple(quota.label for quota in quotas if pool.by_id[one].matches(quota.where)),
            before=values[place],
            after=values[place + 1],
            called=round(float(called[place]), 9),
        )
        for place, one in enumerate(order)
    )


def _random(fresh: Repairs, spare: Spare, wanted: int, seed: str) -> float:
    """The expected distance with `wanted` random substitutes, the mean over a few such plans."""
    values = []
    for number in range(COMPARISONS):
        per_home: dict[object, str] = {}
        for one in in_lot_order(spare.ranked, seed, f"random_{number}"):
            per_home.setdefault(spare.home[one], one)
        repairs = fresh.copy()
        repairs.add(*(spare.kind[one] for one in list(per_home.values())[:wanted]))
        values.append(repairs.expected)
    return round(sum(values) / COMPARISONS, 9)


def _told(plan: Plan, language: str) -> list[tuple[str, dict[str, object]]]:
    told: list[tuple[str, dict[str, object]]] = []
    for quota, number in plan.broken:
        facts: dict[str, object] = {"group": quota.label, "number": number, "min": quota.min, "max": quota.max}
        told.append(
            (_("{group}: the panel has {number}, outside the quota of {min} to {max}, before anybody leaves."), facts)
        )
    for place, one in enumerate(plan.substitutes, 1):
        facts = {
            "place": place,
            "id": one.id,
            "groups": ", ".join(one.groups),
            "called": percent(round(one.called, 2), language),
        }
        facts |= {"before": _distance(one.before, language), "after": _distance(one.after, language)}
        told.append(
            (
                _(
                    "Substitute {place} is {id} ({groups}). With this person the expected distance to the quotas goes "
                    "from {before} to {after}. The chance of being called is about {called}."
                ),
                facts,
            )
        )
    facts = {"n": len(plan.substitutes), "none": _distance(plan.unrepaired, language)}
    facts |= {"ours": _distance(plan.expected, language), "random": _distance(plan.random, language)}
    told.append(
        (
            _(
                "Expected distance to the quotas: {none} without substitutes, {ours} with these {n}, "
                "{random} with as many random substitutes."
            ),
            facts,
        )
    )
    if plan.short:
        facts = {"asked": plan.short + len(plan.substitutes), "n": len(plan.substitutes)}
        told.append((_("You asked for {asked} substitutes. Only {n} people are available."), facts))
    return told


def _distance(number: float, language: str) -> str:
    return decimal(round(number, 2), 4, language)
