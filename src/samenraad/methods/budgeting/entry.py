"""What takes part in the count: which projects, with how many votes or points, and who supports them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from operator import attrgetter

from samenraad.methods.budgeting.instance import Instance, Money
from samenraad.methods.budgeting.settings import Settings
from samenraad.methods.budgeting.ties import tie_order
from samenraad.refusals import Refusal

#: what Pabulib writes as the cost of a project that was withdrawn
WITHDRAWN_COST = 999_999_999


@dataclass(frozen=True)
class Entry:
    """An instance as the rules see it. `left_out` says why a project takes no part: withdrawn, too_dear, threshold.
    `points` are the points of each ballot, after an order was turned into points."""

    instance: Instance
    settings: Settings
    left_out: Mapping[str, str]
    place: Mapping[str, int]
    points: tuple[tuple[Money, ...], ...]

    @property
    def running(self) -> tuple[str, ...]:
        """The projects that take part, in the order of ties."""
        return tuple(sorted((id for id in self.place if id not in self.left_out), key=self.place.__getitem__))

    def rivals(self, id: str) -> set[str]:
        """Those that cannot win beside this one."""
        return {other for group in self.settings.exclusive if id in group for other in group} - {id}


def enter(instance: Instance, settings: Settings) -> Entry:
    """Refuses `budgeting.unknown` when `withdrawn` or `exclusive` name a project that is not there."""
    named = {*settings.withdrawn, *(id for group in settings.exclusive for id in group)}
    strange = sorted(named - set(instance.cost))
    if strange:
        raise Refusal("budgeting.unknown", ids=strange)
    left_out = {one.id: why for one in instance.projects if (why := _why_out(instance, settings, one.id))}
    return Entry(instance, settings, left_out, tie_order(instance, settings), _points(instance, settings))


def _why_out(instance: Instance, settings: Settings, id: str) -> str:
    cost = instance.cost[id]
    if id in settings.withdrawn or (cost == WITHDRAWN_COST and cost > instance.budget):
        return "withdrawn"
    if cost > instance.budget:
        return "too_dear"
    return "threshold" if instance.votes[id] < settings.threshold else ""


def _points(instance: Instance, settings: Settings) -> tuple[tuple[Money, ...], ...]:
    """Of each ballot."""
    if instance.kind != "ranks":
        return tuple(map(attrgetter("points"), instance.ballots))
    return tuple(_of_ranks(instance, settings, len(ballot.choices)) for ballot in instance.ballots)


def _of_ranks(instance: Instance, settings: Settings, named: int) -> tuple[Money, ...]:
    everything = len(instance.projects)
    first = {"length": named, "projects": everything, "lowest": everything - 1}[settings.ranks]
    return tuple(max(0, first - place) for place in range(named))


def scores(entry: Entry, by: str) -> dict[str, Fraction]:
    """Votes, votes times cost, votes divided by cost, or points of every project.

    >>> made = Instance.of({"a": 5, "b": 4}, 9, [["a"], ["a", "b"]])
    >>> {id: int(score) for id, score in scores(enter(made, Settings()), "cost-votes").items()}
    {'a': 10, 'b': 4}
    """
    votes, cost = entry.instance.votes, entry.instance.cost
    if by == "votes-per-cost":
        return {id: votes[id] / Fraction(cost[id]) for id in votes}
    if by != "points":
        return {id: Fraction(votes[id] * (cost[id] if by == "cost-votes" else 1)) for id in votes}
    summed = dict.fromkeys(votes, Fraction(0))
    for ballot, points in zip(entry.instance.ballots, entry.points, strict=True):
        for id, given in zip(ballot.choices, points, strict=True):
            summed[id] += given * ballot.voters
    return summed
