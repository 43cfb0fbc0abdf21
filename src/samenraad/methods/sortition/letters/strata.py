"""Groups of the population that get their own number of letters, and what a plan does for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import inf

from samenraad.methods.sortition.letters.response import Response
from samenraad.methods.sortition.pool import Feature
from samenraad.refusals import Refusal


@dataclass(frozen=True)
class Stratum:
    """`people` who may be invited, of whom `sent` had a letter before and `accepted` said yes to it.

    `factor` is over-sampling on purpose: how many times its share of the population this group should have among
    the acceptors (before the shares are made to sum to one again). `where` says who they are, such as
    `(("age", "16-24"), ("district", "North"))`; nothing means everybody.

    Refuses `sortition.stratum` numbers that cannot be: below zero, more letters than people, a factor of zero.
    """

    where: tuple[Feature, ...]
    people: int
    response: Response
    factor: float = 1.0
    sent: int = 0
    accepted: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "where", tuple(sorted(self.where)))
        if not (0 <= self.accepted <= self.sent <= self.people and 0 < self.factor < inf):
            raise Refusal(
                "sortition.stratum",
                stratum=self.label,
                people=self.people,
                sent=self.sent,
                accepted=self.accepted,
                factor=self.factor,
            )

    @property
    def label(self) -> str:
        return label(self.where)

    @property
    def left(self) -> int:
        """Who had no letter yet."""
        return self.people - self.sent

    @property
    def rate(self) -> Fraction:
        return exact(self.response.rate)

    @property
    def weight(self) -> Fraction:
        """Its part in the wanted acceptors, before shares are taken."""
        return self.people * exact(self.factor)


@dataclass(frozen=True)
class Share:
    """What the plan does for one stratum.

    `letters` go out now; `wanted` acceptors in all would match the population; `expected` of them come (those who
    accepted before included), between `low` and `high` with the plan's confidence.
    """

    stratum: Stratum
    letters: int
    wanted: Fraction
    low: int
    high: int

    @property
    def chance(self) -> Fraction:
        """The chance to be invited, in this round or before: the first of the two chances of a drawn panel."""
        return Fraction(self.letters + self.stratum.sent, self.stratum.people) if self.stratum.people else Fraction(0)

    @property
    def expected(self) -> float:
        return self.stratum.accepted + self.letters * self.stratum.response.rate


@dataclass(frozen=True)
class Notice:
    """Something the organiser should know: a code such as `sortition.large_share`, and its facts."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


def label(where: tuple[Feature, ...]) -> str:
    """The name of a group, as in quotas.

    >>> label((("age", "16-24"), ("district", "North")))
    'age: 16-24 & district: North'
    """
    return " & ".join(f"{category}: {value}" for category, value in where) or "*"


def exact(number: float) -> Fraction:
    """0.05 means one in twenty, not the nearest binary number."""
    return Fraction(str(number))
