"""The comparison step: which of two outcomes do more voters prefer?"""

from __future__ import annotations

from collections.abc import Sequence

from samenraad.methods.budgeting.entry import Entry


def prefer(entry: Entry, one: Sequence[str], other: Sequence[str]) -> tuple[int, int]:
    """How many voters do better with the first outcome, and how many with the second: by what is spent on projects
    they named (utility cost), by how many of them win (votes), or by the points of those (points).

    >>> from samenraad.methods.budgeting.entry import enter
    >>> from samenraad.methods.budgeting.instance import Instance
    >>> from samenraad.methods.budgeting.settings import Settings
    >>> made = Instance.of({"a": 5, "b": 4}, 5, [["a"], ["a", "b"], ["b"]])
    >>> prefer(enter(made, Settings()), ["a"], ["b"])
    (2, 1)
    """
    utility, cost = entry.settings.utility, entry.instance.cost
    first = second = 0
    for ballot, points in zip(entry.instance.ballots, entry.points, strict=True):
        worth = dict(zip(ballot.choices, points, strict=True))
        if utility != "points":
            worth = {id: cost[id] if utility == "cost" else 1 for id in worth}
        mine, theirs = (sum(worth.get(id, 0) for id in winners) for winners in (one, other))
        first += ballot.voters * (mine > theirs)
        second += ballot.voters * (theirs > mine)
    return first, second
