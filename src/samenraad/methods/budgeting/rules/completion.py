"""What happens with money that equal shares leave: raise the share, and fill up with greedy.

Add1 has two stop rules in use, and they differ by whole projects. `exhaustive` stops when no further project fits or
when the next outcome costs too much; `overspend` only at the latter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from samenraad.methods.budgeting.entry import Entry
from samenraad.methods.budgeting.rules.greedy import greedy
from samenraad.methods.budgeting.rules.jump import furthest
from samenraad.methods.budgeting.rules.shares import Count, Run
from samenraad.methods.budgeting.rules.support import Support, support
from samenraad.refusals import Refusal

#: so many shares are tried at most; then the increment is too small to be useful
MOST_SHARES = 100_000


@dataclass(frozen=True)
class Shared:
    """`run` is the count with the last share that fits the budget. `shares` says how many were counted; `added` are
    projects that greedy put in afterwards; `stopped` why the share rose no further."""

    run: Run
    bought: tuple[str, ...]
    added: tuple[str, ...]
    shares: int
    stopped: str
    support: Support
    start: Fraction


def equal_shares(entry: Entry) -> Shared:
    """The winners of equal shares with the completion that was chosen.

    Refuses `budgeting.many_shares` when Add1 needs more than 100,000 steps.
    """
    settings = entry.settings
    supporters = support(entry, settings.utility)
    start = first_share(entry)
    rivals = rivals_of(entry, supporters)
    run, shares, stopped = Count(supporters, start, rivals).finish(), 1, "fixed"
    if settings.completion in ("add1", "add1u") and supporters.projects:
        run, shares, stopped = _raise(entry, supporters, rivals, run)
    bought = tuple(supporters.projects[place].id for place in run.bought)
    added: tuple[str, ...] = ()
    if settings.completion in ("add1u", "greedy"):
        score = "points" if settings.utility == "points" else "votes"
        added = greedy(entry, bought, score=score, fit="skip")[len(bought) :]
    return Shared(run, bought, added, shares, stopped, supporters, start)


def first_share(entry: Entry) -> Fraction:
    """The budget over the voters, exact or rounded down to whole currency."""
    if not entry.instance.voters:
        return Fraction(0)
    share = Fraction(entry.instance.budget) / entry.instance.voters
    return Fraction(share.__floor__()) if entry.settings.share == "down" else share


def rivals_of(entry: Entry, supporters: Support) -> list[frozenset[int]]:
    index = supporters.index
    return [frozenset(index[id] for id in entry.rivals(one.id) if id in index) for one in supporters.projects]


def _raise(entry: Entry, supporters: Support, rivals: Sequence[frozenset[int]], run: Run) -> tuple[Run, int, str]:
    """Higher and higher shares, until the budget or the stop rule says no."""
    settings, shares, power = entry.settings, 1, 0
    step = Fraction(settings.increment)
    while True:
        if settings.stop == "exhaustive" and _exhaustive(supporters, rivals, run):
            return run, shares, "exhaustive"
        if not _open(supporters, rivals, run):
            return run, shares, "everything"
        if shares >= MOST_SHARES:
            raise Refusal("budgeting.many_shares", shares=shares, increment=settings.increment)
        last = run.share
        if settings.step == "jump":
            power = furthest(supporters, run, step, rivals, power)
            last += step * 2**power if power >= 0 else 0
        raised = Count(supporters, last + step, rivals, run.bought).finish()
        shares += 1
        if sum(supporters.projects[place].cost for place in raised.bought) > supporters.budget:
            if last > run.share:  # the same projects as before, at the last share that fits
                run = Count(supporters, last, rivals).finish()
            return run, shares, "overspend"
        run = raised


def _open(supporters: Support, rivals: Sequence[frozenset[int]], run: Run) -> set[int]:
    """The projects that are not bought and not shut out."""
    gone = set(run.bought).union(*(rivals[place] for place in run.bought))
    return set(range(len(supporters.projects))) - gone


def _exhaustive(supporters: Support, rivals: Sequence[frozenset[int]], run: Run) -> bool:
    left = supporters.budget - sum(supporters.projects[place].cost for place in run.bought)
    return all(supporters.projects[place].cost > left for place in _open(supporters, rivals, run))
