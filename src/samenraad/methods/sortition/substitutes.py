"""An ordered plan of substitutes, chosen for the drop-outs that are to be expected.

After Assos, Baharav, Flanigan and Procaccia, "Alternates, Assemble! Selecting Optimal Alternates for Citizens'
Assemblies" (EC 2025, arXiv 2506.15716): draw many drop-out sets, and choose the substitutes that on average bring the
panel back closest to its quotas (sample average approximation). The distance is in `scenarios.py`.

Who is chosen follows from the pool, the panel, the drop-out model and the public seed. The seed decides the sampled
drop-outs and every tie: all people are ranked by SHA-256 of seed and id, and of equally good people the first is taken.
Whoever must fix the pool before the seed is known can therefore not choose among equals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil, comb
from typing import TYPE_CHECKING

import numpy as np

from samenraad.methods.language import _, say
from samenraad.methods.sortition import scenarios as many
from samenraad.methods.sortition.dropout import DropOut, drop_out_sets, every_drop_out_set
from samenraad.methods.sortition.pool import Candidate, Pool, Quota, Quotas
from samenraad.methods.sortition.scenarios import Repairs
from samenraad.methods.sortition.seeds import in_lot_order
from samenraad.refusals import Refusal

if TYPE_CHECKING:
    from samenraad.methods.sortition.scenarios import Floats

#: how many rounds of exchanges at most
ROUNDS = 4
#: how often a third of the plan is put aside for others, and the work that this may take in all
KICKS, WORK = 20, 24_000_000
#: up to so many numbers to look at, all sets of substitutes are tried
SMALL = 20_000_000
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
        return tuple(say(sentence, language, **facts) for sentence, facts in _told(self))


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
    spare = _Spare(pool, quotas, members, seed)
    sets, weights, all_sets = _scenarios([pool.by_id[one] for one in members], dropout, seed, scenarios)
    fresh = _left(pool, quotas, members, seats, spare, sets, weights)
    chosen = list(already)
    spare.refuse_clashes(chosen)
    wanted = min(how_many, spare.at_most)
    proven = comb(len(spare.ranked), wanted) * 2**wanted * fresh.counts.size <= SMALL
    chosen = _best(fresh, spare, chosen, wanted) if proven else _good(fresh, spare, chosen, wanted, seed)
    ordered = _ordered(fresh, spare, chosen, len(already))
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


class _Spare:
    """Everybody who can be a substitute, ranked by the seed; `kind` is the number of the groups somebody counts in."""

    def __init__(self, pool: Pool, quotas: Quotas, members: Sequence[str], seed: str) -> None:
        homes = {pool.by_id[one].household for one in members} - {None}
        free = [one.id for one in pool.candidates if one.id not in set(members) and one.household not in homes]
        self.home = {one: pool.by_id[one].household or ("alone", one) for one in free}
        self.ranked = in_lot_order(free, seed, "substitute")
        groups = many.groups_of((pool.by_id[one] for one in self.ranked), quotas)
        numbers: dict[bytes, int] = {}
        self.kind = {
            one: numbers.setdefault(row.tobytes(), len(numbers)) for one, row in zip(self.ranked, groups, strict=True)
        }
        first = [list(self.kind.values()).index(number) for number in range(len(numbers))]
        self.kinds = groups[first]

    def first_free(self, chosen: Sequence[str]) -> dict[int, str]:
        """Per kind the first by the seed who is not chosen and lives with nobody chosen."""
        homes = {self.home[one] for one in chosen}
        free: dict[int, str] = {}
        for one in self.ranked:
            if self.home[one] not in homes:
                free.setdefault(self.kind[one], one)
        return free

    @property
    def at_most(self) -> int:
        """How many can be substitutes together: one per address."""
        return len(set(self.home.values()))

    def live_apart(self, chosen: Sequence[str]) -> bool:
        return len({self.home[one] for one in chosen}) == len(chosen)

    def refuse_clashes(self, appointed: Sequence[str]) -> None:
        outside = [one for one in appointed if one not in self.home]
        homes = Counter(self.home[one] for one in appointed if one in self.home)
        clashing = [one for one in appointed if one in self.home and homes[self.home[one]] > 1]
        if outside or clashing:
            raise Refusal("sortition.substitute_shut_out", ids=sorted(set(outside + clashing)))


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
    spare: _Spare,
    sets: Sequence[Sequence[str]],
    weights: Floats,
) -> Repairs:
    groups = many.groups_of((pool.by_id[one] for one in members), quotas)
    place = {one: number for number, one in enumerate(members)}
    leaves = np.zeros((len(sets), len(members)), dtype=np.float32)
    for number, who in enumerate(sets):
        leaves[number, [place[one] for one in who]] = 1
    return Repairs(many.limits_of(quotas, seats), spare.kinds, groups.sum(axis=0) - leaves @ groups, weights)


def _good(fresh: Repairs, spare: _Spare, kept: Sequence[str], wanted: int, seed: str) -> list[str]:
    """Add the most useful person again and again, exchange one for another while that helps; then, as often as the
    size of the problem allows, put others in the place of a third of the plan, exchange again, and keep the better."""
    best = _Draft(fresh, spare, kept)
    while len(best.plan) < wanted:
        best.add(_most_useful(best.repairs, spare.first_free(best.plan)))
    best = _exchanged(best, len(kept))
    size = fresh.counts.size * wanted**2
    for number in range(min(KICKS, WORK // size)):
        other = _exchanged(_kicked(best, fresh, len(kept), seed, number), len(kept))
        best = other if other.repairs.expected < best.repairs.expected else best
    return best.plan


class _Draft:
    """A plan under construction: its people and the repairs that they make possible."""

    def __init__(self, fresh: Repairs, spare: _Spare, plan: Sequence[str]) -> None:
        self.spare, self.plan, self.repairs = spare, list(plan), fresh.copy()
        self.repairs.add(*(spare.kind[one] for one in plan))

    def add(self, one: str) -> None:
        self.plan.append(one)
        self.repairs.add(self.spare.kind[one])

    def without(self, one: str) -> _Draft:
        less = _Draft.__new__(_Draft)
        less.spare, less.plan, less.repairs = self.spare, list(self.plan), self.repairs.copy()
        less.repairs.remove(less.plan.index(one))
        less.plan.remove(one)
        return less


def _most_useful(repairs: Repairs, free: dict[int, str]) -> str:
    kinds = sorted(free)
    return free[kinds[int(repairs.gains(np.array(kinds)).argmax())]]


def _exchanged(draft: _Draft, kept: int) -> _Draft:
    """Somebody more useful in the place of each of the plan, until nobody can be exchanged."""
    for _round in range(ROUNDS):
        before = draft.repairs.expected
        for one in draft.plan[kept:]:
            trial = draft.without(one)
            comes = _most_useful(trial.repairs, trial.spare.first_free(trial.plan))
            if trial.spare.kind[comes] != trial.spare.kind[one]:
                trial.add(comes)
                draft = trial if trial.repairs.expected < draft.repairs.expected else draft
        if draft.repairs.expected >= before:
            break
    return draft


def _kicked(draft: _Draft, fresh: Repairs, kept: int, seed: str, number: int) -> _Draft:
    """The same plan with others, by the seed, in the place of a third of it."""
    spare, purpose = draft.spare, f"kick_{number}"
    movable = in_lot_order(draft.plan[kept:], seed, purpose)
    gone = set(movable[: ceil(len(movable) / 3)])
    plan = [one for one in draft.plan if one not in gone]
    homes = {spare.home[one] for one in plan}
    for one in in_lot_order([one for one in spare.ranked if one not in gone], seed, purpose):
        if len(plan) < len(draft.plan) and spare.home[one] not in homes:
            plan.append(one)
            homes.add(spare.home[one])
    while len(plan) < len(draft.plan):
        plan.append(next(iter(spare.first_free(plan).values())))
    return _Draft(fresh, spare, plan)


def _best(fresh: Repairs, spare: _Spare, chosen: Sequence[str], wanted: int) -> list[str]:
    """Try every set, each with its best repairs; of equally good ones the first by the seed."""
    others = [one for one in spare.ranked if one not in chosen]
    tried: dict[tuple[int, ...], float] = {}
    best: tuple[float, list[str]] = (float("inf"), [])
    for extra in combinations(others, wanted - len(chosen)):
        plan = [*chosen, *extra]
        kinds = tuple(sorted(spare.kind[one] for one in plan))
        if not spare.live_apart(plan) or kinds in tried:
            continue
        tried[kinds] = many.exact(fresh, kinds)
        if tried[kinds] < best[0]:
            best = tried[kinds], plan
    return best[1]


def _ordered(fresh: Repairs, spare: _Spare, chosen: Sequence[str], kept: int) -> list[str]:
    """The same people, the most useful first; those appointed before keep their places."""
    ordered, repairs = list(chosen[:kept]), fresh.copy()
    repairs.add(*(spare.kind[one] for one in ordered))
    rest = [one for one in spare.ranked if one in chosen[kept:]]
    while rest:
        free: dict[int, str] = {}
        for one in rest:
            free.setdefault(spare.kind[one], one)
        ordered.append(_most_useful(repairs, free))
        rest.remove(ordered[-1])
        repairs.add(spare.kind[ordered[-1]])
    return ordered


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


def _random(fresh: Repairs, spare: _Spare, wanted: int, seed: str) -> float:
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


def _told(plan: Plan) -> list[tuple[str, dict[str, object]]]:
    told: list[tuple[str, dict[str, object]]] = []
    for quota, number in plan.broken:
        facts: dict[str, object] = {"group": quota.label, "number": number, "min": quota.min, "max": quota.max}
        told.append(
            (_("{group}: the panel has {number}, outside the quota of {min} to {max}, before anybody leaves."), facts)
        )
    for place, one in enumerate(plan.substitutes, 1):
        facts = {"place": place, "id": one.id, "groups": ", ".join(one.groups), "called": f"{one.called:.0%}"}
        facts |= {"before": f"{one.before:.2f}", "after": f"{one.after:.2f}"}
        told.append(
            (
                _(
                    "Substitute {place} is {id} ({groups}). With this person the expected distance to the quotas goes "
                    "from {before} to {after}. The chance of being called is about {called}."
                ),
                facts,
            )
        )
    facts = {"n": len(plan.substitutes), "none": f"{plan.unrepaired:.2f}"}
    facts |= {"ours": f"{plan.expected:.2f}", "random": f"{plan.random:.2f}"}
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
