"""The older way of drawing, only to compare with: it fills the hardest seat first and gives nobody a known chance.

As described in Flanigan, Gölz, Gupta, Hennig and Procaccia, Nature 596 (2021) 548-552, where it is called LEGACY.
Its chances can only be estimated, by drawing many times. There is no lottery to publish, so none is made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, cast

import numpy as np

from samenraad.methods.sortition.pool import Pool, Quotas
from samenraad.methods.sortition.problem import Problem, pose
from samenraad.methods.statistics import Share, share
from samenraad.refusals import Refusal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Estimate:
    """How often each person was drawn in `draws` draws; `starts` counts all attempts, the failed ones too.

    `counts`  id -> number of draws; everybody of the pool, also those who were never drawn
    """

    counts: Mapping[str, int]
    draws: int
    starts: int
    method: str = "legacy"

    @property
    def chances(self) -> Mapping[str, float]:
        """id -> the share of the draws: an estimate of the chance, never the chance itself."""
        return {one: count / self.draws for one, count in self.counts.items()}

    def interval(self, one: str, confidence: float = 0.99) -> Share:
        """The estimated chance of one person with its Wilson interval."""
        return cast(Share, share(self.counts[one], self.draws, confidence))

    @property
    def lowest_at_most(self) -> float:
        """The upper end of the 99 % interval of somebody who was drawn least often."""
        return self.interval(min(self.counts, key=lambda one: (self.counts[one], one))).high


def legacy(
    pool: Pool,
    quotas: Quotas,
    seats: int,
    *,
    draws: int,
    seed: int | str,
    already: Iterable[str] = (),
    attempts: int = 1000,
) -> Estimate:
    """Draw `draws` panels in the older way and count who is on them.

    Per seat: take the group that is hardest to fill, (minimum - held) / (people left) the highest (the first in the
    order of the quotas when several are equal), and draw one of its people. A group at its maximum leaves with all
    its people, and housemates leave with who is drawn. Where a minimum cannot be reached any more, start again.
    Once all groups have their minimum the same rule goes on, with shares below zero.

    >>> people = {"a": {"age": "young"}, "b": {"age": "old"}, "c": {"age": "old"}}
    >>> found = legacy(Pool.of(people), Quotas.of({"age": {"young": (1, 1), "old": (1, 1)}}), 2, draws=10, seed=1)
    >>> found.counts["a"], found.counts["b"] + found.counts["c"]
    (10, 10)

    Refuses what `pose` refuses, `sortition.draws` (fewer than one), and `sortition.legacy_stuck` when `attempts`
    starts in a row failed.
    """
    if draws < 1:
        raise Refusal("sortition.draws", draws=draws)
    board = _Board(pose(pool, quotas, seats, already))
    chance = Random(f"legacy {seed}")  # noqa: S311  an estimate, not a draw
    counts: Counter[str] = Counter()
    starts = 0
    for _ in range(draws):
        panel, tries = board.panel(chance, attempts)
        counts.update(panel)
        starts += tries
    return Estimate({one.id: counts[one.id] for one in pool.candidates}, draws, starts)


class _Board:
    """People who can be drawn against the quotas that count them: n x Q, 1 where the quota counts the person."""

    def __init__(self, problem: Problem) -> None:
        quotas = len(problem.quotas)
        self.problem = problem
        self.ids = sorted(problem.type_of)
        self.counted = np.array(
            [problem.types[problem.type_of[one]].incidence for one in self.ids], dtype=np.int64
        ).reshape(len(self.ids), quotas)
        self.low, self.high = problem.low[:quotas], problem.high[:quotas]
        self.home = _homes(problem, self.ids)
        self.open = self._outside(np.flatnonzero(self.high <= 0))

    def panel(self, chance: Random, attempts: int) -> tuple[list[str], int]:
        for tries in range(1, attempts + 1):
            drawn = self.attempt(chance)
            if drawn is not None:
                return [*self.problem.already, *(self.ids[i] for i in drawn)], tries
        raise Refusal("sortition.legacy_stuck", attempts=attempts)

    def attempt(self, chance: Random) -> list[int] | None:
        """One panel, or None where it got stuck."""
        free = self.open.copy()
        left = self.counted[free].sum(axis=0)
        held = np.zeros(len(self.low), dtype=np.int64)
        drawn: list[int] = []
        while len(drawn) < self.problem.open_seats and np.all(held + left >= self.low):
            group = self._hardest(held, left)
            people = np.flatnonzero(free if group is None else free & (self.counted[:, group] == 1))
            if len(people) == 0:
                return None
            one = int(people[chance.randrange(len(people))])
            drawn.append(one)
            held += self.counted[one]
            filled = np.flatnonzero(self.counted[one] & (held == self.high))
            stay = free & (self.home != self.home[one]) & self._outside(filled)
            left -= self.counted[free & ~stay].sum(axis=0)
            free = stay
        kept = np.all(held >= self.low) and np.all(held <= self.high)
        return drawn if kept and len(drawn) == self.problem.open_seats else None

    def _outside(self, groups: Whole) -> NDArray[np.bool_]:
        """Who is in none of these groups."""
        outside = np.ones(len(self.ids), dtype=bool)
        for group in groups:
            outside &= self.counted[:, group] == 0
        return outside

    def _hardest(self, held: Whole, left: Whole) -> int | None:
        """The group with the highest (minimum - held) / left; None when no group has anybody left."""
        if not left.any():
            return None
        needed = np.where(left > 0, (self.low - held) / np.maximum(left, 1), -np.inf)
        return int(np.argmax(needed))


def _homes(problem: Problem, ids: list[str]) -> Whole:
    """A number per person, the same for people at one address."""
    names = [problem.pool.by_id[one].household for one in ids]
    number = {name: i for i, name in enumerate(sorted({name for name in names if name is not None}))}
    return np.array([len(number) + i if name is None else number[name] for i, name in enumerate(names)], dtype=np.int64)
