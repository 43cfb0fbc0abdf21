"""How much could one person gain by lying about one feature? A figure to choose a method by.

Who says to be of a group that few people answer for is drawn more often: the fairer a method is to rare groups, the
more there is to gain. Flanigan, Liang, Procaccia and Wang, "Manipulation-robust selection of citizens' assemblies"
(AAAI 2024), study this for several methods; Baharav and Flanigan (arXiv 2406.15009) balance both in goldilocks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Protocol

from samenraad.methods.sortition.pool import Candidate, Pool, Quotas
from samenraad.methods.sortition.problem import pose
from samenraad.methods.sortition.progress import SILENT, Progress
from samenraad.refusals import Refusal


class Chances(Protocol):
    """What a method gives; a Lottery is one."""

    @property
    def optimum(self) -> Mapping[str, float]: ...


#: leximin(pool, quotas, seats) and the others; fix more arguments with functools.partial
Solver = Callable[[Pool, Quotas, int], Chances]


@dataclass(frozen=True)
class Lie:
    """Somebody says `said` instead of `true` in one category; the chance when honest and when lying.

    `after` is None where no panel exists any more: the lie is found out, and gains nothing.
    """

    id: str
    category: str
    true: str
    said: str
    before: float
    after: float | None

    @property
    def gain(self) -> float:
        return 0.0 if self.after is None else max(0.0, self.after - self.before)


@dataclass(frozen=True)
class Manipulation:
    """All lies that were tried, in a fixed order: every other answer to every category, for one person per kind."""

    lies: tuple[Lie, ...]

    @property
    def best(self) -> tuple[Lie, ...]:
        """For each person who was tried the lie that pays most."""
        most: dict[str, Lie] = {}
        for lie in self.lies:
            if lie.id not in most or lie.gain > most[lie.id].gain:
                most[lie.id] = lie
        return tuple(most.values())

    @property
    def largest_gain(self) -> float:
        """The most that anybody's chance rises."""
        return max((lie.gain for lie in self.lies), default=0.0)

    @property
    def mean_gain(self) -> float:
        """The mean over the people who were tried, each with the lie that pays most, or honest when none does."""
        gains = [lie.gain for lie in self.best]
        return sum(gains) / len(gains) if gains else 0.0


def manipulation(
    method: Solver,
    pool: Pool,
    quotas: Quotas,
    seats: int,
    *,
    already: Iterable[str] = (),
    sample: int | None = None,
    seed: int | str = 0,
    progress: Progress = SILENT,
) -> Manipulation:
    """The chance of one lying person, under the lottery made anew with the lie in it.

    `method`  gives the lottery: `leximin`, or `partial(goldilocks, already=...)`; only its `optimum` counts
    `sample`  so many kinds of people, chosen with `seed`; None tries all. People are of one kind when the rules
              cannot tell them apart; the first by id stands for the others
    The other people stay honest, and the quotas stay what they are. Each lie costs one computation of the lottery.

    Stops with `Stopped` when `progress` says so; refuses what `pose` and the method refuse of the honest pool.
    """
    problem = pose(pool, quotas, seats, already)
    people = [kind.members[0][0] for kind in problem.types]
    if sample is not None and sample < len(people):
        people = Random(f"manipulation {seed}").sample(people, sample)  # noqa: S311  nobody's seat depends on it
    lies = [(one, category, value) for one in sorted(people) for category, value in _lies(pool, quotas, one)]
    before = method(pool, quotas, seats).optimum
    found = []
    for number, (one, category, value) in enumerate(lies):
        progress.step("lies", number / len(lies))
        after = _chance(method, _with_lie(pool, one, category, value), quotas, seats, one)
        found.append(Lie(one, category, pool.by_id[one].features[category], value, before[one], after))
    return Manipulation(tuple(found))


def _lies(pool: Pool, quotas: Quotas, one: str) -> Iterator[tuple[str, str]]:
    """Every other answer that somebody in the pool gave to a category that counts."""
    for category in quotas.categories:
        given = {candidate.features[category] for candidate in pool.candidates}
        for value in sorted(given - {pool.by_id[one].features[category]}):
            yield category, value


def _with_lie(pool: Pool, one: str, category: str, value: str) -> Pool:
    def said(candidate: Candidate) -> Candidate:
        if candidate.id != one:
            return candidate
        return replace(candidate, features={**candidate.features, category: value})

    return Pool(tuple(said(candidate) for candidate in pool.candidates))


def _chance(method: Solver, pool: Pool, quotas: Quotas, seats: int, one: str) -> float | None:
    """None where the quotas cannot be met with the lie in the pool."""
    try:
        return method(pool, quotas, seats).optimum[one]
    except Refusal:
        return None
