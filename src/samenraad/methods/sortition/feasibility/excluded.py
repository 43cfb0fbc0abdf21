"""Nobody silently at zero: who is in no panel at all, and which requirements keep them out.

Panels are looked for that hold as many as possible of the types that were in none so far. Who is left when the best
of them holds nobody new is in no panel: that is exact. Why somebody is out is the smallest set of requirements that no
panel with this person keeps (`feasibility`); most ways out are found by a swap of one person in a panel that works.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from samenraad.methods.language import _, ngettext, say, say_many
from samenraad.methods.linear import INFINITY
from samenraad.methods.sortition.feasibility.conflict import smallest_clash
from samenraad.methods.sortition.feasibility.elastic import WHOLE, Elastic, Requirement, group
from samenraad.methods.sortition.pool import Quota
from samenraad.methods.sortition.problem import Problem
from samenraad.refusals import Refusal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Counts = NDArray[np.int64]

#: how many people a sentence names; the rest is counted
NAMED = 10
#: how many panels are used for swaps
SWAPPED = 8

Named = frozenset[int]


@dataclass(frozen=True)
class Excluded:
    """People who are in no panel. No panel with one of them keeps all `requirements`; without any one of these some
    does; without requirements there is no seat left. `beside` names who is in already at the same address, when that is
    the reason."""

    ids: tuple[str, ...]
    requirements: tuple[Requirement, ...]
    smallest: bool
    beside: str | None = None

    def sentence(self, language: str = "en") -> str:
        named = ", ".join(self.ids[:NAMED]) + (", ..." if len(self.ids) > NAMED else "")
        who = say_many(_WHO, len(self.ids), language, ids=named)
        if self.beside is not None:
            return f"{who} {say(_BESIDE, language, beside=self.beside)}"
        if not self.requirements:
            return f"{who} {say(_NO_SEAT, language)}"
        rules = "; ".join(one.sentence(language) for one in self.requirements)
        return f"{who} {say_many(_WHY, len(self.requirements), language, rules=rules)}"


_WHO = ngettext("{ids} cannot be on any panel.", "{ids} cannot be on any panel ({n} people).")
_BESIDE = _("The reason: {beside} is in already and lives at the same address.")
_NO_SEAT = _("The reason: people who are in already have all seats.")
_WHY = ngettext(
    "The reason: with this person on the panel it would not be possible to keep this rule: {rules}.",
    "The reason: with this person on the panel it would not be possible to keep these rules together: {rules}.",
)


@dataclass(frozen=True)
class Room:
    """How few and how many people of a group a panel can have when all other quotas and rules hold; None when the
    others cannot be met by themselves."""

    quota: Quota
    fewest: int | None
    most: int | None

    def sentence(self, language: str = "en") -> str:
        name = group(self.quota)
        words = {"group": name[:1].upper() + name[1:], "fewest": self.fewest, "most": self.most}
        return say(_NO_ROOM if self.fewest is None else _ROOM, language, **words)


_ROOM = _("{group}: with the other quotas as they are, a panel can have {fewest} to {most} of them.")
_NO_ROOM = _("{group}: the other quotas cannot be met, whatever this one is.")


def excluded(problem: Problem, witnesses: Iterable[Iterable[str]] = ()) -> tuple[Excluded, ...]:
    """Everybody who is in no panel, people with the same reason together.

    `witnesses` are panels (ids) that are known already: who is on one that meets all rules is not looked at again.
    Refuses `sortition.no_panel` when there is no panel at all.

    >>> from samenraad.methods.sortition.pool import Pool, Quotas
    >>> from samenraad.methods.sortition.problem import pose
    >>> pool = Pool.of({"a": {"age": "young"}, "b": {"age": "old"}, "c": {"age": "old"}})
    >>> [one.ids for one in excluded(pose(pool, Quotas.of({"age": {"young": (0, 0), "old": (0, 2)}}), 2))]
    [('a',)]
    """
    elastic = Elastic(problem)
    panels = [panel for panel in (_counts(problem, ids) for ids in witnesses) if panel is not None]
    out = _never_in(elastic, panels)
    because: dict[tuple[Named, bool], list[str]] = defaultdict(list)
    for column in out:
        because[_reason(elastic, column, panels)] += _ids(problem, column)
    found = [
        Excluded(tuple(sorted(ids)), tuple(elastic.requirements[r] for r in sorted(named)), smallest)
        for (named, smallest), ids in because.items()
    ]
    return tuple(sorted([*found, *_shut_out(problem)], key=lambda one: one.ids))


def _counts(problem: Problem, ids: Iterable[str]) -> Counts | None:
    """People per type of a panel; None when it does not meet all rules."""
    drawn = sorted(set(ids) - set(problem.already))
    if any(one not in problem.type_of for one in drawn):
        return None
    types = [problem.type_of[one] for one in drawn]
    panel = np.bincount(np.array(types, dtype=np.int64), minlength=len(problem.types)).astype(np.int64)
    return panel if problem.accepts(panel) else None


def _never_in(elastic: Elastic, panels: list[Counts]) -> list[int]:
    """The types that are in no panel; adds the panels that it finds to `panels`."""
    types = len(elastic.problem.types)
    missing = np.ones(types, dtype=bool)
    for panel in panels:
        missing &= panel == 0
    while not panels or missing.any():
        panel = _with_most(elastic, missing, INFINITY)
        if panels and not panel[missing].any():
            panel = _with_most(elastic, missing, WHOLE)
            if not panel[missing].any():
                break
        panels.append(panel)
        missing &= panel == 0
    return [int(t) for t in np.flatnonzero(missing)]


def _with_most(elastic: Elastic, missing: NDArray[np.bool_], gap: float) -> Counts:
    wish = np.zeros(elastic.width)
    wish[: len(missing)] = missing
    answer = elastic.meet(elastic.everything, wish=wish, gap=gap)
    if answer is None:
        raise Refusal("sortition.no_panel")
    return answer.panel[: len(missing)]


def _reason(elastic: Elastic, column: int, panels: list[Counts]) -> tuple[Named, bool]:
    ways_out = {way for panel in panels[:SWAPPED] for way in _swaps(elastic, panel, column)}
    minimal = [way for way in ways_out if not any(other < way for other in ways_out)]
    clash = smallest_clash(elastic, column, known=sorted(minimal, key=sorted))
    if clash is None:
        raise ArithmeticError("somebody who is in no panel is in one")
    return clash


def _swaps(elastic: Elastic, panel: Counts, column: int) -> Iterator[Named]:
    """What is given up when somebody of `column` takes the place of one member of the panel. Plain sums."""
    problem = elastic.problem
    held = problem.rows @ panel + problem.rows[:, column]
    quotas = range(len(problem.quotas))
    for member in np.flatnonzero(panel):
        now = held - problem.rows[:, member]
        less, more = now < problem.low, now > problem.high
        homes = bool(more[len(problem.quotas) :].any())
        broken = [("min", problem.quotas[q]) for q in quotas if less[q]]
        broken += [("max", problem.quotas[q]) for q in quotas if more[q]]
        yield frozenset(elastic.index[one] for one in [*broken, *([("household", None)] if homes else [])])


def _ids(problem: Problem, column: int) -> list[str]:
    return [one for address in problem.types[column].members for one in address]


def _shut_out(problem: Problem) -> Iterator[Excluded]:
    living = {problem.pool.by_id[one].household: one for one in problem.already}
    for one in problem.shut_out:
        beside = living[problem.pool.by_id[one].household]
        yield Excluded((one,), (Requirement("household"),), smallest=True, beside=beside)


def room(problem: Problem) -> tuple[Room, ...]:
    """For every quota that can bind: how few and how many of its people a panel can have, given all the others."""
    elastic = Elastic(problem)
    return tuple(_room(elastic, place, quota) for place, quota in enumerate(problem.quotas))


def _room(elastic: Elastic, place: int, quota: Quota) -> Room:
    held = quota.min - int(elastic.problem.low[place])
    kept = [r for r, one in enumerate(elastic.requirements) if one.quota != quota]
    counted = elastic.counted[place].astype(float)
    answers = [elastic.meet(kept, wish=sign * counted) for sign in (-1, 1)]
    fewest, most = (None if one is None else held + int(counted @ one.panel) for one in answers)
    return Room(quota, fewest, most)
