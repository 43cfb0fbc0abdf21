"""Everything there is to know about quotas before a draw, in one object: for a page that answers while one types."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from samenraad.methods.language import _, say
from samenraad.methods.sortition.feasibility.conflict import Conflict, check
from samenraad.methods.sortition.feasibility.excluded import Excluded, Room, excluded, room
from samenraad.methods.sortition.feasibility.more_people import MorePeople, more_people
from samenraad.methods.sortition.feasibility.repairs import OtherSeats, Repair, other_seats, repairs
from samenraad.methods.sortition.pool import Pool, Quotas
from samenraad.methods.sortition.problem import Problem, pose

#: how many repairs are offered
OFFERED = 3


@dataclass(frozen=True)
class Examination:
    """What `examine` found. Each part is computed when it is first asked for, and then kept.

    `conflict`     None, or the smallest set of requirements that clash
    `repairs`      at most three changes of quotas that would help, best first; empty when nothing clashes
    `other_seats`  other numbers of seats that would help, where they differ less than the first repair moves
    `more_people`  how many more people in the pool would help, and of which groups; None when no number does
    `excluded`     who is in no panel at all, and why; empty when there is no panel
    `room`         per quota how few and how many of its people a panel can have when the others hold
    """

    pool: Pool
    quotas: Quotas
    problem: Problem

    @cached_property
    def conflict(self) -> Conflict | None:
        return check(self.problem)

    @property
    def feasible(self) -> bool:
        return self.conflict is None

    @cached_property
    def repairs(self) -> tuple[Repair, ...]:
        return () if self.feasible else repairs(self.problem, OFFERED)

    @cached_property
    def other_seats(self) -> tuple[OtherSeats, ...]:
        if self.feasible:
            return ()
        found = other_seats(self.pool, self.quotas, self.problem.seats, self.problem.already)
        return tuple(one for one in found if not self.repairs or one.difference < self.repairs[0].seats)

    @cached_property
    def more_people(self) -> MorePeople | None:
        return None if self.feasible else more_people(self.problem)

    @cached_property
    def excluded(self) -> tuple[Excluded, ...]:
        return excluded(self.problem) if self.feasible else ()

    @cached_property
    def room(self) -> tuple[Room, ...]:
        return room(self.problem)

    def sentences(self, language: str = "en") -> tuple[str, ...]:
        """All of it but the room, in words, the most important first."""
        if self.conflict is None:
            return (say(_FEASIBLE, language), *(one.sentence(language) for one in self.excluded))
        ways = (f"{number}. {one.sentence(language)}" for number, one in enumerate(self.repairs, start=1))
        others = [one.sentence(language) for one in self.other_seats]
        others += [self.more_people.sentence(language)] if self.more_people else []
        return (
            self.conflict.sentence(language),
            say(_REPAIRS[len(self.repairs)], language),
            *ways,
            *others,
        )


_FEASIBLE = _("The quotas can be met.")
_REPAIRS = (
    _("No change of quotas within the agreed limits makes this possible."),
    _("There is one smallest change of quotas that makes this possible; every other change contains it:"),
    _("There are two smallest changes of quotas that make this possible; every other change contains one of them:"),
    _("Changes of quotas that make this possible, the smallest first:"),
)


def examine(pool: Pool, quotas: Quotas, seats: int, already: Iterable[str] = ()) -> Examination:
    """Look at a draw before anything is drawn. Refuses what `pose` refuses.

    >>> pool = Pool.of({"a": {"age": "young"}, "b": {"age": "old"}, "c": {"age": "old"}})
    >>> found = examine(pool, Quotas.of({"age": {"young": (1, 2), "old": (1, 2)}}), 2)
    >>> found.feasible, found.sentences()
    (True, ('The quotas can be met.',))
    """
    return Examination(pool, quotas, pose(pool, quotas, seats, already))
