"""What a losing project lacked: votes, or a lower cost. Found by counting again, and true at both sides of the line:
with so many it wins, with one fewer it does not.

"Votes" are voters more who name only this project; everybody else votes as they did. For equal shares they bring no
money along: the same budget is divided by more voters. (Boehmer, Faliszewski, Janeczko, Peters, Pierczyński,
Schierreich, Skowron and Szufa, Evaluation of Project Performance in Participatory Budgeting, IJCAI 2024, study such
measures.) Where a rule is not monotone there can be more than one such line; this is then one of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from samenraad.methods.budgeting.count import winners
from samenraad.methods.budgeting.instance import Ballot, Instance, Money
from samenraad.methods.budgeting.outcome import Outcome
from samenraad.methods.budgeting.settings import Settings
from samenraad.refusals import Refusal

#: costs are lowered in steps of one of these parts of the currency
CENTS = 100


@dataclass(frozen=True)
class Margin:
    """`votes` more and it wins, one fewer and it does not; or at this `cost` it wins, and `step` dearer it does not.
    None when no number does it. `counts` says how often was counted to know."""

    project: str
    votes: int | None
    cost: Money | None
    step: Money
    counts: int

    @property
    def cheaper(self) -> bool:
        return self.cost is not None


def margin(outcome: Outcome, project: str) -> Margin:
    """What this losing project lacked.

    >>> from samenraad.methods.budgeting.count import count
    >>> made = Instance.of({"a": 6, "b": 5}, 8, [["a"]] * 4 + [["b"]] * 2)
    >>> lacked = margin(count(made, Settings(rule="greedy")), "b")
    >>> lacked.votes, lacked.cost
    (2, 2)

    Refuses `budgeting.margin` a project that won or was withdrawn.
    """
    entry = outcome.entry
    if project in outcome.winners or entry.left_out.get(project) == "withdrawn" or project not in entry.place:
        raise Refusal("budgeting.margin", id=project)
    asked = Asked(entry.instance, entry.settings, project)
    votes = _votes(asked)
    cheap, step = _cost(asked, _step(entry.instance, project))
    return Margin(project, votes, cheap, step, asked.counts)


class Asked:
    """Counts again with something changed, and remembers how often."""

    def __init__(self, instance: Instance, settings: Settings, project: str) -> None:
        # jumping finds the same winners as counting every step, and sooner
        self.instance, self.settings, self.project = instance, settings.with_(step="jump"), project
        self.counts = 0

    def with_votes(self, more: int) -> bool:
        return self._wins(more_votes(self.instance, self.project, more))

    def with_cost(self, cost: Money) -> bool:
        return self._wins(at_cost(self.instance, self.project, cost))

    def _wins(self, instance: Instance) -> bool:
        self.counts += 1
        return self.project in winners(instance, self.settings)


def more_votes(instance: Instance, project: str, more: int) -> Instance:
    """So many voters more who name only this project (with as many points as any voter gave to a single project)."""
    if not more:
        return instance
    points = max((given for ballot in instance.ballots for given in ballot.points), default=1)
    return instance.changed(
        ballots=(*instance.ballots, Ballot((project,), (points,), more)),
        voters=instance.voters + more,
        votes={**instance.votes, project: instance.votes[project] + more},
    )


def at_cost(instance: Instance, project: str, cost: Money) -> Instance:
    changed = tuple(replace(one, cost=cost) if one.id == project else one for one in instance.projects)
    return instance.changed(projects=changed, cost={**instance.cost, project: cost})


def _votes(asked: Asked) -> int | None:
    """None when it costs more than the budget, or when even very many do not help."""
    cost, budget = Fraction(asked.instance.cost[asked.project]), Fraction(asked.instance.budget)
    if cost > budget:
        return None
    most = max(1, asked.instance.voters, asked.settings.threshold)
    if cost < budget:  # then the new voters can pay it from their own shares
        most = max(most, -int(-cost * asked.instance.voters // (budget - cost)) + 1)
    high = _first_power(asked.with_votes, 16 * most)
    return None if high is None else _line(asked.with_votes, high // 2, high)


def _first_power(wins: Callable[[int], bool], most: int) -> int | None:
    size = 1
    while not wins(size):
        size *= 2
        if size > most:
            return None
    return size


def _line(wins: Callable[[int], bool], low: int, high: int) -> int:
    """Between `low`, which loses, and `high`, which wins: a number that wins after one that does not."""
    while high - low > 1:
        middle = (low + high) // 2
        if wins(middle):
            high = middle
        else:
            low = middle
    return high


def _step(instance: Instance, project: str) -> Money:
    """Whole currency when the cost is whole; else cents."""
    cost = instance.cost[project]
    return 1 if cost == int(cost) else Fraction(1, CENTS)


def _cost(asked: Asked, step: Money) -> tuple[Money | None, Money]:
    """The cost at which it wins while one step more it does not, found from above, and that step; None when even the
    lowest cost loses. A cost that is no number of whole steps is one step, of its own size, above the next lower."""
    cost = asked.instance.cost[asked.project]
    most = int(cost // step)
    if most < 1 or not asked.with_cost(step):
        return None, step
    if most * step < cost and asked.with_cost(most * step):
        return most * step, cost - most * step
    drop = _line(lambda less: asked.with_cost((most - less) * step), 0, most - 1)
    return (most - drop) * step, step
