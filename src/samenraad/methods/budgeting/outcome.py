"""The result of a count: who won, in which rounds, paid by whom, with all settings; frozen, exact."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from samenraad.methods.budgeting.entry import Entry


@dataclass(frozen=True)
class Round:
    """One purchase. `payers` are (how many voters, what each paid), largest groups first: together they paid the
    cost. `all_they_had` counts those who had nothing left. `effective` is the number of votes the project counted
    for: its cost over the highest payment, so that supporters who pay less count less."""

    project: str
    cost: Fraction
    rate: Fraction | None = None
    effective: Fraction | None = None
    payers: tuple[tuple[int, Fraction], ...] = ()
    all_they_had: int = 0
    time: Fraction | None = None

    @property
    def paid(self) -> Fraction:
        return sum((amount * many for many, amount in self.payers), Fraction(0))


@dataclass(frozen=True)
class Outcome:
    """`winners` in the order in which they won; `rounds` beside them. `added` won only when money was left over.
    `notes` are facts of the count by name, such as the last share and how many shares were tried."""

    entry: Entry
    winners: tuple[str, ...]
    rounds: tuple[Round, ...]
    added: tuple[str, ...] = ()
    notes: Mapping[str, object] = field(default_factory=dict)
    #: losing project -> (money its supporters had at the end, effective votes before each round)
    money_left: Mapping[str, Fraction] = field(default_factory=dict)
    support: Mapping[str, tuple[float | None, ...]] = field(default_factory=dict)

    @property
    def losers(self) -> tuple[str, ...]:
        return tuple(one.id for one in self.entry.instance.projects if one.id not in set(self.winners))

    @property
    def spent(self) -> Fraction:
        return Fraction(self.entry.instance.sum_of(self.winners))

    @property
    def left(self) -> Fraction:
        return self.entry.instance.budget - self.spent

    @property
    def digest(self) -> str:
        """Twelve signs that change when the winners change; their order does not matter."""
        return digest(self.winners)


def digest(ids: Iterable[str]) -> str:
    """
    >>> digest(["b", "a"]) == digest(["a", "b"])
    True
    """
    return hashlib.sha256(",".join(sorted(ids)).encode()).hexdigest()[:12]
