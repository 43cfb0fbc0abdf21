"""Sequential Phragmén: money flows evenly to all voters; as soon as supporters can pay a project, they buy it.

A voter's load is the time at which their money was last spent. A project with n supporters can be bought at time
(cost + sum of their loads) / n. Brill, Freeman, Janson and Lackner, Phragmén's Voting Methods and Justified
Representation, Mathematical Programming 2024; Los, Christoff and Grossi, IJCAI 2022, for budgets.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from samenraad.methods.budgeting.entry import Entry
from samenraad.methods.budgeting.rules.completion import rivals_of
from samenraad.methods.budgeting.rules.support import Support, support

_NEAR = 1e-9


@dataclass(frozen=True)
class Bought:
    """The winners in order, the moment at which each was bought, and the project at which it stopped."""

    winners: tuple[str, ...]
    times: tuple[Fraction, ...]
    stopped_by: str


class Clock:
    """Loads have few different values: the times of purchases. So they are kept as the number of a purchase."""

    def __init__(self, supporters: Support) -> None:
        self.support = supporters
        self.last = np.zeros(supporters.ballots, dtype=np.intp)
        self.load = np.zeros(supporters.ballots)  # the same as floating point
        self.times = [Fraction(0)]

    def near(self, project: int) -> float:
        one = self.support.projects[project]
        return (one.price + float(self.load[one.who] @ one.weight)) / one.many

    def exact(self, project: int) -> Fraction:
        one = self.support.projects[project]
        many = np.bincount(self.last[one.who], weights=one.weight)
        loads = sum((self.times[place] * int(n) for place, n in enumerate(many) if n), Fraction(0))
        return (one.cost + loads) / one.many

    def buy(self, project: int, time: Fraction) -> None:
        self.times.append(time)
        self.last[self.support.projects[project].who] = len(self.times) - 1
        self.load[self.support.projects[project].who] = float(time)


def phragmen(entry: Entry) -> Bought:
    """`first` stops as soon as a project could be bought that does not fit in what is left (also when another could
    be bought at the same moment); `skip` leaves such projects out and goes on."""
    supporters = support(entry, "votes")
    rivals = rivals_of(entry, supporters)
    clock, left = Clock(supporters), supporters.budget
    running = {place: clock.near(place) for place in range(len(supporters.projects))}
    winners: list[str] = []
    while running:
        time, tied = _next(clock, running)
        wide = [project for project in tied if supporters.projects[project].cost > left]
        if wide and entry.settings.phragmen == "first":
            return Bought(tuple(winners), tuple(clock.times[1:]), supporters.projects[wide[0]].id)
        gone = wide or [tied[0], *rivals[tied[0]]]
        if not wide:
            clock.buy(tied[0], time)
            left -= supporters.projects[tied[0]].cost
            winners.append(supporters.projects[tied[0]].id)
        for project in gone:
            running.pop(project, None)
    return Bought(tuple(winners), tuple(clock.times[1:]), "")


def _next(clock: Clock, running: dict[int, float]) -> tuple[Fraction, list[int]]:
    """The first moment at which something can be bought, and what, in the order of ties. `running` has the moment of
    each as last computed; moments only become later."""
    limit = float("inf")
    for project in sorted(running, key=running.__getitem__):
        if running[project] > limit:
            break
        running[project] = clock.near(project)
        limit = min(limit, running[project] * (1 + _NEAR))
    exact = {project: clock.exact(project) for project in running if running[project] <= limit}
    first = min(exact.values())
    return first, sorted(project for project, time in exact.items() if time == first)
