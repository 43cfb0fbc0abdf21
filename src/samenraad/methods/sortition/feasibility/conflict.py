"""Can the quotas be met, and if not, which of them clash?

The clash is the smallest set of requirements that no panel keeps together, found by implicit hitting sets (Ignatiev,
Previti, Liffiton and Marques-Silva, "Smallest MUS extraction with minimal hitting set dualization", CP 2015): guess
the smallest set that blocks every way out known so far; if some panel keeps that set, what this panel gives up is one
more way out; if none does, the guess is the answer. When that takes too many guesses, the requirements that carry a
price in the linear programme are dropped one by one as long as what remains still clashes: irreducible, quick and
sure, but perhaps not the smallest.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from samenraad.methods.language import _, say
from samenraad.methods.linear import INFINITY, Programme
from samenraad.methods.sortition.feasibility.elastic import Elastic, Requirement
from samenraad.methods.sortition.pool import Quota
from samenraad.methods.sortition.problem import Problem

#: how many guesses the search for the smallest clash may take
GUESSES = 60

Named = frozenset[int]


@dataclass(frozen=True)
class Conflict:
    """Requirements that no panel of `seats` from these `people` keeps together; without any one of them some does.

    Without requirements there are simply too few people. `smallest` says whether it is proven that no smaller set of
    requirements clashes. `people` can be drawn or are in already; `already` of them are in.
    """

    requirements: tuple[Requirement, ...]
    smallest: bool
    seats: int
    people: int
    already: int = 0

    @property
    def kind(self) -> str:
        """Why: "people" (fewer than seats), "group" (one group is too small), "addresses" (one group shares too few
        addresses), "household" (people share too few addresses), "sum" (the limits of one category add up to more, or
        fewer, than the seats), "one" (one limit, for another reason) or "together"."""
        quotas = self._quotas
        if not self.requirements:
            return "people"
        if len(quotas) < len(self.requirements):
            return "addresses" if len(quotas) == 1 and self._lacks("addresses") else "household"
        if len(quotas) == 1 and self._lacks("available"):
            return "group"
        if self._is_sum():
            return "sum"
        return "one" if len(quotas) == 1 else "together"

    @property
    def _quotas(self) -> list[Quota]:
        return [one.quota for one in self.requirements if one.quota is not None]

    def _lacks(self, what: str) -> bool:
        first = self.requirements[0]
        return first.side == "min" and getattr(first, what) < first.number

    def _is_sum(self) -> bool:
        """Groups of one category, of which the minima alone, or the maxima with nobody outside them, decide."""
        if len({quota.where[0][0] for quota in self._quotas}) > 1 or any(len(one.where) > 1 for one in self._quotas):
            return False
        sides = {one.side for one in self.requirements}
        if sides == {"min"}:
            return self.total > self.seats
        everybody = sum(one.available for one in self.requirements) == self.people
        return sides == {"max"} and everybody and self.total < self.seats

    @property
    def total(self) -> int:
        """What the limits add up to."""
        return sum(one.number for one in self.requirements if one.quota)

    def sentence(self, language: str = "en") -> str:
        facts = {"seats": self.seats, "people": self.people, "total": self.total, "already": self.already}
        rules = "; ".join(one.sentence(language) for one in self.requirements)
        first = self.requirements[0] if self.requirements else Requirement("household")
        numbers = {"available": first.available, "addresses": first.addresses}
        taken = _TAKEN.get(self.kind) if self.already else None
        return say(taken or _SENTENCES[self.kind], language, rules=rules, **facts, **numbers)


_SENTENCES = {
    "people": _("There are {seats} seats, and only {people} people who can be drawn."),
    "group": _("With {seats} seats this is impossible: {rules}. The pool has {available} of them."),
    "addresses": _(
        "With {seats} seats this is impossible: {rules}. The pool has {available} people of this group, "
        "at {addresses} addresses."
    ),
    "household": _("With {seats} seats this cannot go together, because people share addresses: {rules}."),
    "sum": _("There are {seats} seats, but these limits add up to {total}: {rules}."),
    "one": _("With {seats} seats and the people in this pool this is impossible: {rules}."),
    "together": _("With {seats} seats and the people in this pool this cannot go together: {rules}."),
}
#: when people are in already
_TAKEN = {
    "one": _("With {seats} seats, of which {already} are taken already, this is impossible: {rules}."),
    "together": _("With {seats} seats, of which {already} are taken already, this cannot go together: {rules}."),
}


def feasible(problem: Problem) -> bool:
    """Whether any panel meets all quotas and rules. One linear programme, and a whole one when that says yes."""
    elastic = Elastic(problem)
    return elastic.meet(elastic.everything) is not None


def check(problem: Problem) -> Conflict | None:
    """None when there is a panel, otherwise the clash.

    >>> from samenraad.methods.sortition.pool import Pool, Quotas
    >>> from samenraad.methods.sortition.problem import pose
    >>> pool = Pool.of({"a": {"age": "young"}, "b": {"age": "old"}, "c": {"age": "old"}})
    >>> found = check(pose(pool, Quotas.of({"age": {"young": (2, 2), "old": (0, 2)}}), 2))
    >>> found.sentence()
    'With 2 seats this is impossible: at least 2 of age young. The pool has 1 of them.'
    >>> check(pose(pool, Quotas.of({"age": {"young": (1, 1), "old": (1, 2)}}), 2)) is None
    True
    """
    return None if feasible(problem) else conflict(problem)


def conflict(problem: Problem) -> Conflict | None:
    """The smallest clash, without asking first whether there is one; None when the quotas can be met."""
    elastic = Elastic(problem)
    clash = smallest_clash(elastic)
    if clash is None:
        return None
    named, smallest = clash
    people = len(problem.already) + int(elastic.sizes.sum())
    requirements = tuple(elastic.requirements[r] for r in sorted(named))
    return Conflict(requirements, smallest, problem.seats, people, len(problem.already))


def smallest_clash(
    elastic: Elastic, pinned: int | None = None, guesses: int = GUESSES, known: Iterable[Named] = ()
) -> tuple[Named, bool] | None:
    """The requirements that no panel (with somebody of column `pinned`) keeps together, and whether this is proven to
    be the smallest such set; None when one panel keeps everything. `known` are ways out that are known already: what
    some panel (with that person) gives up."""
    ways_out = list(known)
    guess = _smallest_block(ways_out)
    for _guess in range(guesses):
        answer = elastic.meet(guess, pinned=pinned, gap=INFINITY)
        if answer is None:
            return guess, True
        if not answer.stretched:
            return None
        ways_out.append(frozenset(answer.stretched))
        guess = _smallest_block(ways_out)
    return _one_by_one(elastic, pinned, ways_out, len(guess))


def _smallest_block(ways_out: list[Named]) -> Named:
    """The smallest set with something of each way out."""
    if not ways_out:
        return frozenset()
    names = sorted(frozenset().union(*ways_out))
    rows = np.array([[name in way for name in names] for way in ways_out], dtype=float)
    found = Programme(rows, 1.0, INFINITY, upper=1.0, cost=1.0, whole=True, mip_abs_gap=0.99).solve()
    return frozenset(name for name, chosen in zip(names, found.x, strict=True) if chosen > 0.5)


def _one_by_one(
    elastic: Elastic, pinned: int | None, ways_out: list[Named], at_least: int
) -> tuple[Named, bool] | None:
    """Leave out what can be left out. A set that misses a way out altogether is known to be kept by a panel."""
    named = elastic.blamed(pinned)
    for start in (named, elastic.everything):
        named = start
        if elastic.meet(named, pinned=pinned, gap=INFINITY) is None:
            break
    else:
        return None
    for one in sorted(named):
        fewer = named - {one}
        if all(fewer & way for way in ways_out):
            answer = elastic.meet(fewer, pinned=pinned, gap=INFINITY)
            if answer is None:
                named = fewer
            else:
                ways_out.append(frozenset(answer.stretched))
    return named, len(named) == at_least
