"""A draw as a set of whole numbers: how many people of each type, within which limits.

People are of one type when no rule of the draw can tell them apart: the same quotas count them, and their household
is made up in the same way. A panel is then a whole number per type. This is exact: whoever draws uniformly within
a type treats its people alike, and no lottery that treats them differently is better in any method we offer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from samenraad.methods.sortition.pool import Candidate, Pool, Quota, Quotas
from samenraad.refusals import Refusal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vector = NDArray[np.float64]
    Counts = NDArray[np.int64]

#: which quotas count somebody: True or False per quota
Incidence = tuple[bool, ...]


@dataclass(frozen=True)
class Type:
    """People who are equal before the rules. `household` lists the incidences of everybody at one address, sorted,
    or is empty for people who share no address with anybody in the pool. `members` are ids, grouped by address."""

    incidence: Incidence
    household: tuple[Incidence, ...]
    members: tuple[tuple[str, ...], ...]

    @property
    def size(self) -> int:
        return sum(len(address) for address in self.members)

    @property
    def capacity(self) -> int:
        """How many can sit on one panel: one per address."""
        return len(self.members)


@dataclass(frozen=True)
class Problem:
    """Find whole numbers x, 0 ≤ x ≤ capacity, that sum to `open_seats`, with low ≤ A x ≤ high.

    `types`      T types in a canonical order; `sizes` and `capacity` are their numbers of people and of addresses
    `rows`       R x T zeros and ones: first one row per quota in `quotas`, then one row per kind of household
    `low, high`  R limits; people who are already in have been taken off, so that a limit may be negative
    `already`    ids who sit on every panel; `shut_out` ids who live with one of them and so sit on none
    """

    pool: Pool
    quotas: tuple[Quota, ...]
    seats: int
    already: tuple[str, ...]
    shut_out: tuple[str, ...]
    types: tuple[Type, ...]
    rows: NDArray[np.int8]
    low: Counts
    high: Counts

    @property
    def open_seats(self) -> int:
        return self.seats - len(self.already)

    @cached_property
    def sizes(self) -> Counts:
        return np.array([one.size for one in self.types], dtype=np.int64)

    @cached_property
    def capacity(self) -> Counts:
        return np.array([one.capacity for one in self.types], dtype=np.int64)

    @cached_property
    def type_of(self) -> dict[str, int]:
        """id -> index of its type; only people who can be drawn."""
        return {one: t for t, kind in enumerate(self.types) for address in kind.members for one in address}

    def accepts(self, panel: Counts) -> bool:
        """Whether these numbers per type are a panel that meets every rule. Plain sums, no solver."""
        held = self.rows @ panel
        return bool(
            np.all(panel >= 0)
            and np.all(panel <= self.capacity)
            and panel.sum() == self.open_seats
            and np.all(held >= self.low)
            and np.all(held <= self.high)
        )


def pose(pool: Pool, quotas: Quotas, seats: int, already: Iterable[str] = ()) -> Problem:
    """The problem of drawing `seats` people from the pool, given those who are in already.

    Refuses `sortition.seats` (fewer than one seat, or fewer than the people already in), `sortition.unknown`
    (an id already in that is not in the pool), `sortition.household_already` (two people already in live together)
    and `sortition.missing` (somebody without a value for a category that has quotas).
    """
    settled = _settled(pool, seats, already)
    addresses = _addresses(pool)
    with_settled = {one for address in addresses for one in address if set(address) & set(settled)}
    shut_out = tuple(sorted(with_settled - set(settled)))
    _complete(pool, quotas)
    counting = tuple(quota for quota in quotas if _can_bind(quota, min(seats, len(pool))))
    incidence = {one.id: tuple(one.matches(quota.where) for quota in counting) for one in pool.candidates}
    free = [address for address in addresses if not set(address) & set(settled)]
    types = _types(free, incidence)
    held = np.array([sum(incidence[one][q] for one in settled) for q in range(len(counting))], dtype=np.int64)
    kinds = sorted({one.household for one in types if one.household})
    rows = np.zeros((len(counting) + len(kinds), len(types)), dtype=np.int8)
    row_of = {kind: len(counting) + number for number, kind in enumerate(kinds)}
    for t, one in enumerate(types):
        rows[: len(counting), t] = one.incidence
        if one.household:
            rows[row_of[one.household], t] = 1
    addresses_of = {one.household: one.capacity for one in types if one.household}
    low = np.array([quota.min for quota in counting], dtype=np.int64) - held
    high = np.array([quota.max for quota in counting], dtype=np.int64) - held
    return Problem(
        pool=pool,
        quotas=counting,
        seats=seats,
        already=settled,
        shut_out=shut_out,
        types=types,
        rows=rows,
        low=np.concatenate([low, np.zeros(len(kinds), dtype=np.int64)]),
        high=np.concatenate([high, np.array([addresses_of[kind] for kind in kinds], dtype=np.int64)]),
    )


def _settled(pool: Pool, seats: int, already: Iterable[str]) -> tuple[str, ...]:
    settled = tuple(sorted(set(already)))
    unknown = [one for one in settled if one not in pool.by_id]
    if unknown:
        raise Refusal("sortition.unknown", ids=unknown)
    if seats < max(1, len(settled)):
        raise Refusal("sortition.seats", seats=seats, already=len(settled))
    homes = [pool.by_id[one].household for one in settled if pool.by_id[one].household is not None]
    if len(set(homes)) < len(homes):
        raise Refusal("sortition.household_already", ids=list(settled))
    return settled


def _addresses(pool: Pool) -> list[tuple[str, ...]]:
    """Everybody by address; who shares no address stands alone."""
    at: dict[str, list[str]] = defaultdict(list)
    alone = []
    for one in pool.candidates:
        if one.household is None:
            alone.append((one.id,))
        else:
            at[one.household].append(one.id)
    return alone + [tuple(ids) for ids in at.values()]


def _complete(pool: Pool, quotas: Quotas) -> None:
    for category in quotas.categories:
        without = [one.id for one in pool.candidates if not one.features.get(category)]
        if without:
            raise Refusal("sortition.missing", category=category, ids=without)


def _can_bind(quota: Quota, most: int) -> bool:
    return quota.min > 0 or quota.max < most


def _types(addresses: Iterable[tuple[str, ...]], incidence: dict[str, Incidence]) -> tuple[Type, ...]:
    members: dict[tuple[Incidence, tuple[Incidence, ...]], list[tuple[str, ...]]] = defaultdict(list)
    for address in addresses:
        made_of = tuple(sorted(incidence[one] for one in address)) if len(address) > 1 else ()
        for one in sorted({incidence[one] for one in address}):
            members[one, made_of].append(tuple(sorted(who for who in address if incidence[who] == one)))
    return tuple(Type(one, made_of, tuple(ids)) for (one, made_of), ids in sorted(members.items()))


def candidates(problem: Problem, ids: Iterable[str]) -> list[Candidate]:
    return [problem.pool.by_id[one] for one in ids]
