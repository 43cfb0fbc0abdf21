"""Greedy: by score, from the top, what fits. The rule of most towns; here also to compare with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from samenraad.methods.budgeting.entry import Entry, scores


def greedy(entry: Entry, already: Sequence[str] = (), score: str = "", fit: str = "") -> tuple[str, ...]:
    """The winners in the order in which they were taken, after those who were in already.

    A project without a single vote is never taken. Source: Faliszewski et al., IJCAI 2023, section 2.

    >>> from samenraad.methods.budgeting.entry import enter
    >>> from samenraad.methods.budgeting.instance import Instance
    >>> from samenraad.methods.budgeting.settings import Settings
    >>> made = Instance.of({"a": 5, "b": 4, "c": 3}, 8, [["a"], ["a", "b"], ["b"], ["b", "c"]])
    >>> greedy(enter(made, Settings(rule="greedy"))), greedy(enter(made, Settings(rule="greedy", fit="stop")))
    (('b', 'c'), ('b',))
    """
    settings = entry.settings
    points = scores(entry, score or settings.score)
    queue = (id for id in in_order(entry, points) if points[id] > 0 and id not in already)
    return take(entry, queue, already, stop=(fit or settings.fit) == "stop")


def in_order(entry: Entry, points: dict[str, Fraction]) -> list[str]:
    """Highest score first; equal scores in the order of ties."""
    return sorted(entry.running, key=lambda id: (-points[id], entry.place[id]))


def take(entry: Entry, queue: Iterable[str], already: Sequence[str], *, stop: bool) -> tuple[str, ...]:
    """From this queue what fits in what is left of the budget."""
    cost = entry.instance.cost
    taken = list(already)
    shut = {rival for id in taken for rival in entry.rivals(id)}
    left = Fraction(entry.instance.budget) - entry.instance.sum_of(taken)
    for id in queue:
        if id in shut:
            continue
        if cost[id] <= left:
            taken.append(id)
            left -= cost[id]
            shut |= entry.rivals(id)
        elif stop:
            break
    return tuple(taken)
