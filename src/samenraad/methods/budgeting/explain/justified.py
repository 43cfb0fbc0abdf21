"""Is there a group that got too little? A check of proportionality, for any outcome.

Take a losing project p and s of its supporters. Together they are entitled to s/n of the budget. They have a claim
when that would pay p and still leave them at least what each of them got: when for each of them

    what was spent on projects they named  +  cost of p   ≤   s / n × budget.

Equal shares with utility cost and no withdrawn or rival projects never leaves such a claim: as long as nobody in the
group has paid more than 1/s of what they got, each still has cost/s, and p can be bought at the rate 1/s. It is EJR+
(Brill and Peters, Robust and Verifiable Proportionality Axioms, EC 2023) up to one project, for costs.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from samenraad.methods.budgeting.entry import Entry
from samenraad.methods.budgeting.instance import Money


@dataclass(frozen=True)
class Claim:
    """So many supporters of a losing project could pay it with their part of the budget (`entitled`), and each of
    them got at most `got`."""

    project: str
    people: int
    entitled: Fraction
    got: Fraction


def claims(entry: Entry, winners: Collection[str]) -> tuple[Claim, ...]:
    """Per losing project the largest group with a claim; none at all means that the check is passed.

    >>> from samenraad.methods.budgeting.entry import enter
    >>> from samenraad.methods.budgeting.instance import Instance
    >>> from samenraad.methods.budgeting.settings import Settings
    >>> made = Instance.of({"park": 80, "club": 40}, 100, [["park"]] * 6 + [["club"]] * 4)
    >>> [(claim.project, claim.people) for claim in claims(enter(made, Settings()), ["park"])]
    [('club', 4)]
    """
    instance = entry.instance
    chosen = set(winners)
    got = [instance.sum_of(id for id in ballot.choices if id in chosen) for ballot in instance.ballots]
    groups: dict[str, list[tuple[Money, int]]] = {id: [] for id in entry.running if id not in chosen}
    for ballot, amount in zip(instance.ballots, got, strict=True):
        for id in ballot.choices:
            if id in groups:
                groups[id].append((amount, ballot.voters))
    found = (_claim(entry, id, group) for id, group in groups.items())
    return tuple(sorted((one for one in found if one), key=lambda one: (-one.people, one.project)))


def _claim(entry: Entry, id: str, group: list[tuple[Money, int]]) -> Claim | None:
    """The largest group with a claim: the supporters who got least, as many as possible."""
    budget, voters = entry.instance.budget, entry.instance.voters
    cost, people, best = entry.instance.cost[id], 0, None
    for got, many in sorted(group):
        people += many
        if (got + cost) * voters <= people * budget:
            best = Claim(id, people, Fraction(people * budget) / voters, Fraction(got))
    return best
