"""A `.pb` file as it stands on disk, and what it says. Format: Pabulib, Faliszewski et al., IJCAI 2023."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from sys import intern

from samenraad.methods.budgeting.instance import Ballot, Instance, Money, Project
from samenraad.methods.budgeting.pb.numbers import number
from samenraad.methods.budgeting.settings import PRESETS, Settings
from samenraad.methods.budgeting.ties import tie_order

#: vote type -> kind of ballot
TYPES = {
    "approval": "approval",
    "choose-1": "approval",
    "ordinal": "ranks",
    "cumulative": "points",
    "scoring": "points",
}
PLACES = ("neighborhood", "neighbourhood", "district")
CATEGORIES = ("category", "categories")

Row = tuple[str, ...]


@dataclass(frozen=True)
class PbFile:
    """The three parts: `meta` in its order, and the rows of projects and votes under their columns, every cell as it
    was."""

    meta: tuple[tuple[str, str], ...]
    project_columns: Row
    projects: tuple[Row, ...]
    vote_columns: Row
    votes: tuple[Row, ...]

    @cached_property
    def facts(self) -> dict[str, str]:
        return dict(self.meta)

    @cached_property
    def instance(self) -> Instance:
        """Projects, budget and ballots; voters have a place when the file knows their neighbourhood."""
        kind = TYPES[self.facts["vote_type"].strip().lower()]
        return Instance(self._projects(), _exact(self.facts["budget"]), self._ballots(kind), kind, self.facts)

    @property
    def selected(self) -> tuple[str, ...] | None:
        """The official winners, when the file names them."""
        if "selected" not in self.project_columns:
            return None
        cell, id = self.project_columns.index("selected"), self.project_columns.index("project_id")
        return tuple(row[id].strip() for row in self.projects if row[cell].strip() in ("1", "2"))

    def _projects(self) -> tuple[Project, ...]:
        id, cost = self.project_columns.index("project_id"), self.project_columns.index("cost")
        name = _column(self.project_columns, ("name",))
        group = _column(self.project_columns, CATEGORIES)
        return tuple(
            Project(intern(row[id].strip()), _exact(row[cost]), _cell(row, name), _split(_cell(row, group)))
            for row in self.projects
        )

    def _ballots(self, kind: str) -> tuple[Ballot, ...]:
        vote, points = self.vote_columns.index("vote"), _column(self.vote_columns, ("points",))
        place = _column(self.vote_columns, PLACES)
        counted = Counter((row[vote], _cell(row, points), _cell(row, place)) for row in self.votes)
        return tuple(ballot(*cells, many, kind) for cells, many in counted.items())


def ballot(vote: str, points: str, place: str, many: int, kind: str) -> Ballot:
    """
    >>> ballot("b,a", "2,1", "", 1, "points")
    Ballot(choices=('a', 'b'), points=(1, 2), voters=1, place='')
    """
    named = _split(vote)
    if kind == "ranks":
        return Ballot(named, (1,) * len(named), many, place)
    if kind == "approval":
        return Ballot(tuple(sorted(named)), (1,) * len(named), many, place)
    given = sorted((id, worth) for id, worth in zip(named, map(_exact, _split(points)), strict=True) if worth)
    return Ballot(tuple(id for id, _ in given), tuple(worth for _, worth in given), many, place)


def settings_of(file: PbFile) -> Settings:
    """The rule that the file names, with its threshold; greedy when it names none that has a definition here."""
    named = PRESETS.get(file.facts.get("rule", "").strip().lower(), PRESETS["greedy"])
    low = number(file.facts.get("min_project_score_threshold", ""))
    return named.with_(threshold=-int(-low // 1)) if low and named.rule == "greedy" else named


def with_winners(file: PbFile, winners: tuple[str, ...]) -> PbFile:
    """The same file, in which the column `selected` says who won."""
    id = file.project_columns.index("project_id")
    known = "selected" in file.project_columns
    cell = file.project_columns.index("selected") if known else len(file.project_columns)
    rows = tuple((*row[:cell], "01"[row[id].strip() in winners], *row[cell + 1 :]) for row in file.projects)
    columns = file.project_columns if known else (*file.project_columns, "selected")
    return PbFile(file.meta, columns, rows, file.vote_columns, file.votes)


def from_instance(instance: Instance, description: str = "", currency: str = "EUR") -> PbFile:
    """A file for an instance that was made elsewhere. Voters are numbered by their ballots."""
    kind = {"approval": "approval", "points": "scoring", "ranks": "ordinal"}[instance.kind]
    meta = {"description": description, "num_projects": len(instance.projects), "num_votes": instance.voters}
    meta |= {"budget": _written(instance.budget), "vote_type": kind, "rule": "unknown", "currency": currency}
    order = tie_order(instance, Settings(ties=("list",)))
    projects = [
        (one.id, _written(one.cost), str(instance.votes[one.id]), one.name, ",".join(one.categories))
        for one in sorted(instance.projects, key=lambda one: order[one.id])
    ]
    votes: list[Row] = []
    for one in instance.ballots:
        points = ",".join(map(_written, one.points))
        votes += [
            (str(len(votes) + place + 1), one.place, ",".join(one.choices), points) for place in range(one.voters)
        ]
    columns: Row = ("voter_id", "neighborhood", "vote", "points")
    if instance.kind != "points":
        columns, votes = columns[:3], [row[:3] for row in votes]
    top: Row = ("project_id", "cost", "votes", "name", "category")
    return PbFile(tuple((key, str(value)) for key, value in meta.items()), top, tuple(projects), columns, tuple(votes))


def _written(money: Money) -> str:
    return str(money) if money == int(money) else format(float(money), "f").rstrip("0")


def _exact(text: str) -> Money:
    found = number(text)
    if found is None:
        raise AssertionError(f"{text!r} was checked to be a number")
    return found


def _column(columns: Row, names: tuple[str, ...]) -> int | None:
    return next((columns.index(name) for name in names if name in columns), None)


def _cell(row: Row, place: int | None) -> str:
    return "" if place is None else row[place].strip()


def _split(cell: str) -> tuple[str, ...]:
    # one object per id, however often it is named: less memory, and found sooner
    return tuple(intern(part) for one in cell.split(",") if (part := one.strip()))
