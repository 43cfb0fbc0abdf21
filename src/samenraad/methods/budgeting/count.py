"""From an instance and settings to an outcome: the front door of the budget. Numpy is imported when it is needed."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from samenraad.methods.budgeting.entry import Entry, enter
from samenraad.methods.budgeting.instance import Instance
from samenraad.methods.budgeting.outcome import Outcome, Round
from samenraad.methods.budgeting.rules.compare import prefer
from samenraad.methods.budgeting.rules.greedy import greedy
from samenraad.methods.budgeting.settings import Settings

if TYPE_CHECKING:
    from samenraad.methods.budgeting.rules.completion import Shared


def count(instance: Instance, settings: Settings | None = None) -> Outcome:
    """Who wins, and everything that explains it.

    >>> votes = [["park", "fair"]] * 6 + [["park"]] + [["club"]] * 4
    >>> made = Instance.of({"park": 80, "fair": 50, "club": 40}, 100, votes)
    >>> count(made).winners, count(made, Settings(rule="greedy")).winners
    (('fair',), ('park',))

    Refuses what `Settings` and `enter` refuse, and `budgeting.many_shares`.
    """
    entry = enter(instance, settings or Settings())
    if entry.settings.rule == "greedy":
        return _listed(entry, greedy(entry))
    if entry.settings.rule == "phragmen":
        return _phragmen(entry)
    return _equal_shares(entry)


def winners(instance: Instance, settings: Settings) -> tuple[str, ...]:
    """Only who wins: for the many counts that verify an explanation."""
    entry = enter(instance, settings)
    if settings.rule == "greedy":
        return greedy(entry)
    if settings.rule == "phragmen":
        from samenraad.methods.budgeting.rules.phragmen import phragmen

        return phragmen(entry).winners
    from samenraad.methods.budgeting.rules.completion import equal_shares

    shared = equal_shares(entry)
    return _compared(entry, shared.bought + shared.added)[0]


def _listed(entry: Entry, ids: tuple[str, ...], **notes: object) -> Outcome:
    rounds = tuple(Round(id, Fraction(entry.instance.cost[id])) for id in ids)
    return Outcome(entry, ids, rounds, notes=notes)


def _phragmen(entry: Entry) -> Outcome:
    from samenraad.methods.budgeting.rules.phragmen import phragmen

    found = phragmen(entry)
    cost = entry.instance.cost
    rounds = (Round(id, Fraction(cost[id]), time=time) for id, time in zip(found.winners, found.times, strict=True))
    return Outcome(entry, found.winners, tuple(rounds), notes={"stopped_by": found.stopped_by})


def _equal_shares(entry: Entry) -> Outcome:
    from samenraad.methods.budgeting.explain.rounds import trace
    from samenraad.methods.budgeting.rules.completion import equal_shares

    shared = equal_shares(entry)
    ids, notes = _compared(entry, shared.bought + shared.added)
    notes = _notes(shared) | notes
    if ids != shared.bought + shared.added:
        return _listed(entry, ids, **notes)
    return trace(entry, shared, notes)


def _compared(entry: Entry, ids: tuple[str, ...]) -> tuple[tuple[str, ...], dict[str, object]]:
    """Greedy's winners when more voters do better with them, and the two numbers."""
    if entry.settings.compare == "no":
        return ids, {}
    other = greedy(entry, score="points" if entry.settings.utility == "points" else "votes", fit="skip")
    mine, theirs = prefer(entry, ids, other)
    chosen = other if theirs > mine else ids
    return chosen, {"prefer_shares": mine, "prefer_greedy": theirs, "greedy_chosen": chosen != ids}


def _notes(shared: Shared) -> dict[str, object]:
    return {
        "first_share": shared.start,
        "last_share": shared.run.share,
        "shares_counted": shared.shares,
        "stopped": shared.stopped,
    }
