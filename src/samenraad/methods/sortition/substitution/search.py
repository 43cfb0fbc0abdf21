"""The search for substitutes: who can be one, and which set of them brings the panel back closest to its quotas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from math import ceil, comb

import numpy as np

from samenraad.methods.seeds import in_lot_order
from samenraad.methods.sortition.pool import Pool, Quotas
from samenraad.methods.sortition.substitution import scenarios as many
from samenraad.methods.sortition.substitution.scenarios import Repairs
from samenraad.refusals import Refusal

#: how many rounds of exchanges at most
ROUNDS = 4
#: how often a third of the plan is put aside for others, and the work that this may take in all
KICKS, WORK = 20, 24_000_000
#: up to so many numbers to look at, all sets of substitutes are tried
SMALL = 20_000_000


class Spare:
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


def found(fresh: Repairs, spare: Spare, appointed: Sequence[str], wanted: int, seed: str) -> tuple[list[str], bool]:
    """`wanted` substitutes, in order, those appointed first; and whether no set of this size is better.

    `fresh` holds the scenarios, without any substitute."""
    proven = comb(len(spare.ranked), wanted) * 2**wanted * fresh.counts.size <= SMALL
    chosen = _best(fresh, spare, appointed, wanted) if proven else _good(fresh, spare, appointed, wanted, seed)
    return _ordered(fresh, spare, chosen, len(appointed)), proven


def _good(fresh: Repairs, spare: Spare, kept: Sequence[str], wanted: int, seed: str) -> list[str]:
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

    def __init__(self, fresh: Repairs, spare: Spare, plan: Sequence[str]) -> None:
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


def _best(fresh: Repairs, spare: Spare, chosen: Sequence[str], wanted: int) -> list[str]:
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


def _ordered(fresh: Repairs, spare: Spare, chosen: Sequence[str], kept: int) -> list[str]:
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
