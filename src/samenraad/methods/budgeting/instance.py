"""What is to be decided: projects with a cost, a budget, and ballots. Equal ballots are kept once, with a number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from samenraad.refusals import Refusal

Money = int | Fraction

#: how people voted: they named projects, gave each a number of points, or put them in order
KINDS = ("approval", "points", "ranks")


@dataclass(frozen=True, order=True)
class Project:
    """`cost` in the currency of the budget, exact and above zero; `categories` and `name` only for showing."""

    id: str
    cost: Money
    name: str = ""
    categories: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return self.name or self.id


@dataclass(frozen=True, order=True)
class Ballot:
    """`voters` people who voted exactly this. `choices` are ids of projects: sorted, or in order of preference for
    ranks; `points` stand beside them, and are all 1 for approval. `place` is the neighbourhood of the voters."""

    choices: tuple[str, ...]
    points: tuple[Money, ...]
    voters: int = 1
    place: str = ""


@dataclass(frozen=True)
class Instance:
    """A budget to divide. `ballots` are distinct and sorted: the order in which people voted is not kept.

    >>> made = Instance.of({"tree": 300, "bench": 200}, 400, [["tree"], ["bench", "tree"], ["tree"]])
    >>> made.voters, made.votes["tree"], [ballot.voters for ballot in made.ballots]
    (3, 3, [1, 2])

    Refuses `budgeting.cost`, `.budget`, `.twice`, `.unknown`, `.points` and `.kind`.
    """

    projects: tuple[Project, ...]
    budget: Money
    ballots: tuple[Ballot, ...] = ()
    kind: str = "approval"
    extra: Mapping[str, str] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise Refusal("budgeting.kind", kind=self.kind, kinds=KINDS)
        if self.budget < 0:
            raise Refusal("budgeting.budget", budget=self.budget)
        _check_projects(self.projects)
        known = {project.id for project in self.projects}
        for ballot in self.ballots:
            _check_ballot(ballot, known)
        object.__setattr__(self, "ballots", _grouped(self.ballots))

    @classmethod
    def of(
        cls,
        costs: Mapping[str, Money],
        budget: Money,
        ballots: Iterable[Iterable[str] | Mapping[str, Money]],
        kind: str | None = None,
    ) -> Instance:
        """From plain values: a ballot is a list of ids, or a mapping of ids to points."""
        made = [_ballot(one, kind) for one in ballots]
        found = kind or ("points" if any(points for _, points in made) else "approval")
        each = [Ballot(choices, points or (1,) * len(choices)) for choices, points in made]
        return cls(tuple(Project(id, cost) for id, cost in costs.items()), budget, tuple(each), found)

    def changed(self, **facts: object) -> Instance:
        """A twin with these facts (fields, or the numbers below) and all others as they are. Nothing is looked at
        again: for the many counts that try a small change."""
        twin = copy(self)
        twin.__dict__.update(facts)
        return twin

    @cached_property
    def voters(self) -> int:
        return sum(ballot.voters for ballot in self.ballots)

    @cached_property
    def votes(self) -> Mapping[str, int]:
        """Project -> how many people named it, whatever the points."""
        counted = dict.fromkeys((project.id for project in self.projects), 0)
        for ballot in self.ballots:
            for id in ballot.choices:
                counted[id] += ballot.voters
        return counted

    @cached_property
    def cost(self) -> Mapping[str, Money]:
        return {project.id: project.cost for project in self.projects}

    def sum_of(self, ids: Iterable[str]) -> Money:
        """What these projects cost together."""
        return sum(self.cost[id] for id in ids)


def _ballot(one: Iterable[str] | Mapping[str, Money], kind: str | None) -> tuple[tuple[str, ...], tuple[Money, ...]]:
    if isinstance(one, Mapping):
        given = sorted((id, points) for id, points in one.items() if points)
        return tuple(id for id, _ in given), tuple(points for _, points in given)
    return tuple(one) if kind == "ranks" else tuple(sorted(one)), ()


def _check_projects(projects: tuple[Project, ...]) -> None:
    twice = sorted(id for id, times in Counter(one.id for one in projects).items() if times > 1)
    if twice:
        raise Refusal("budgeting.twice", ids=twice)
    wrong = [one.id for one in projects if one.cost <= 0]
    if wrong:
        raise Refusal("budgeting.cost", ids=wrong)


def _check_ballot(ballot: Ballot, known: set[str]) -> None:
    strange = sorted(set(ballot.choices) - known)
    if strange:
        raise Refusal("budgeting.unknown", ids=strange)
    proper = len(set(ballot.choices)) == len(ballot.choices) == len(ballot.points)
    if not proper or ballot.voters < 1 or any(points <= 0 for points in ballot.points):
        raise Refusal("budgeting.points", ids=ballot.choices)


def _grouped(ballots: Iterable[Ballot]) -> tuple[Ballot, ...]:
    """Equal ballots together."""
    counted: Counter[tuple[tuple[str, ...], tuple[Money, ...], str]] = Counter()
    for one in ballots:
        counted[one.choices, one.points, one.place] += one.voters
    return tuple(sorted(Ballot(choices, points, n, place) for (choices, points, place), n in counted.items()))
