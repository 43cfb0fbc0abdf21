"""Add1 without counting every step: how far the share can rise before anything can change.

Along one fixed row of purchases, everybody's money only grows with the share, and so every rate only falls: by
induction, who has more before a purchase and faces a lower rate has more after it. So between two shares each rate
lies between its values at the two ends. When in every round the project that was bought is still the cheapest with
its rate at the low end against the others' rates at the high end, and nobody can pay a further project at the high
end, then every share in between buys the same row. What the ends prove needs no count in the middle.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from samenraad.methods.budgeting.rules.shares import Count, Rate, Run
from samenraad.methods.budgeting.rules.support import Support

#: a jump is at most two to this power of steps
HIGHEST = 40


def furthest(support: Support, run: Run, step: Fraction, rivals: Sequence[frozenset[int]] = (), guess: int = 0) -> int:
    """How many doublings of a step the share can surely rise above that of `run`, with the same bought in the same
    order; -1 when not even one step is sure. `guess` is where to begin looking."""

    def sure(power: int) -> bool:
        return same(support, run, run.share + 2**power * step, rivals)

    power = max(0, guess)
    if sure(power):
        while power < HIGHEST and sure(power + 1):
            power += 1
        return power
    while power > 0 and not sure(power - 1):
        power -= 1
    return power - 1


def same(support: Support, run: Run, share: Fraction, rivals: Sequence[frozenset[int]] = ()) -> bool:
    """Whether all shares from that of `run` up to `share` provably buy what `run` bought, in its order."""
    count = Count(support, share, rivals)
    for kept in run.rates:
        own = count.rate(kept.project)
        if own is None or not _first(count, kept):
            return False
        count.buy(own)
    return all(count.rate(project) is None for project in list(count.bounds))


def _first(count: Count, kept: Rate) -> bool:
    """Whether no other project, at this share, is as cheap as the kept one was at the lower share."""
    for project in sorted(count.bounds, key=count.bounds.__getitem__):
        if count.bounds[project] > kept.high:
            return True
        other = None if project == kept.project else count.rate(project)
        if other is None:
            continue
        if other.low <= kept.high and not _tie_lost(count.support, kept, other):
            return False
        count.bounds[project] = other.low
    return True


def _tie_lost(support: Support, kept: Rate, other: Rate) -> bool:
    """Near one another, but certainly behind: both rates are the same at every share, as nobody pays all they have."""
    if kept.poor or other.poor:
        return False
    mine, theirs = (support.projects[rate.project].nobody_poor for rate in (kept, other))
    return (mine, kept.project) < (theirs, other.project)
