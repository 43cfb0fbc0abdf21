"""From the best lottery to one that can be drawn with dice: m numbered panels, each with the same chance.

Rounding weights to multiples of 1/m changes chances. We round, then mend: take a panel out, and put back the one that
brings the number of seats of each type nearest to m times its chance. Where every type ends between the whole numbers
around that, everybody is on floor(m p) or ceil(m p) panels, so that no chance changes by 1/m or more.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING

import numpy as np

from samenraad.methods.sortition.lotteries.panels import Finder, whole
from samenraad.methods.sortition.progress import SILENT, Progress, Stopped

if TYPE_CHECKING:
    from samenraad.methods.sortition.lotteries.distribution import Distribution
    from samenraad.methods.sortition.problem import Counts, Problem, Vector

#: how much worse it is to leave the whole numbers around m p than to move between them
_OUTSIDE = 100.0
#: prices are shaken in so many ways for one panel, and so many panels in a row may be left as they are
_SHAKEN, _NOISE, _PATIENCE = 6, 0.3, 300
#: chances within this of a whole number of panels are that number
_EXACT = 1e-6


def numbered(distribution: Distribution, finder: Finder, m: int, progress: Progress = SILENT) -> Counts:
    """m panels per type (m x T whole numbers) whose numbers of seats come as near to m times the chances as we can.

    They are panels from the start and each step brings them nearer, so that when it is time to stop they can be drawn
    from as they are.
    """
    panels = _copies(distribution, m)
    with suppress(Stopped):
        _mend(panels, _Seats(finder.problem, distribution.point, m), finder, progress)
    finder.free()
    return panels


def _mend(panels: Counts, seats: _Seats, finder: Finder, progress: Progress) -> None:
    """Replace panels until every type has what it should have, or until nothing helps."""
    total, failed = panels.sum(axis=0), 0
    while failed < _PATIENCE and seats.outside(total).any():
        progress.step("rounding", float(np.mean(seats.outside(total) == 0)))
        number = _worst(panels, seats.over(total), skip=failed)
        new = _better(finder, seats, total, panels[number])
        if new is None:
            failed += 1
        else:
            failed, total = 0, total - panels[number] + new
            panels[number] = new


class _Seats:
    """What the m panels should hold together: per type between `low` and `high` seats, best at `wanted`."""

    def __init__(self, problem: Problem, point: Vector, m: int) -> None:
        self.sizes = problem.sizes.astype(float)
        self.wanted = m * point
        each = self.wanted / self.sizes
        self.low = self.sizes * np.floor(each + _EXACT)
        self.high = self.sizes * np.ceil(each - _EXACT)

    def outside(self, total: Counts | Vector) -> Vector:
        return np.asarray(np.maximum(np.maximum(self.low - total, total - self.high), 0.0))

    def over(self, total: Counts) -> Vector:
        """How far each type is above (or below) what it may have; only types that are outside."""
        return np.where(total > self.high, total - self.high, np.where(total < self.low, total - self.low, 0.0))

    def cost(self, total: Vector) -> Vector:
        return np.asarray(_OUTSIDE * self.outside(total) + (total - self.wanted) ** 2 / self.sizes)


def _copies(distribution: Distribution, m: int) -> Counts:
    """Largest remainders: how often each panel comes back among m."""
    exact = m * distribution.weights
    copies = np.floor(exact + 1e-9).astype(np.int64)
    order = np.argsort(-(exact - copies), kind="stable")
    copies[order[: m - copies.sum()]] += 1
    return np.repeat(np.round(distribution.panels).astype(np.int64), copies, axis=0)


def _worst(panels: Counts, over: Vector, skip: int) -> int:
    """The panel with most people of types that have too many seats and fewest of those with too few."""
    return int(np.argsort(-(panels @ over), kind="stable")[skip % len(panels)])


def _better(finder: Finder, seats: _Seats, total: Counts, old: Counts) -> Counts | None:
    """A panel to take the place of `old`, so that the m panels are nearer to what is wanted; None when none is found.

    Each type may move by one seat, and not to where it would be outside.
    """
    over = seats.over(total)
    lower = np.where((total - 1 >= seats.low) | (over > 0), old - 1, old)
    upper = np.where((total + 1 <= seats.high) | (over < 0), old + 1, old)
    finder.within(np.maximum(lower, 0), np.minimum(upper, finder.capacity), finder.low, finder.high)
    prices = -_OUTSIDE * np.sign(over) - 2 * (total - seats.wanted) / seats.sizes
    before = seats.cost(total.astype(float)).sum()
    for attempt in range(_SHAKEN):
        panel = whole(finder.corner(prices + _NOISE * attempt * finder.noise(len(prices)))[0])
        if panel is not None and seats.cost(total - old + panel).sum() < before - 1e-9:
            return panel.astype(np.int64)
    panel, _ = finder.best(prices)
    if seats.cost(total - old + panel).sum() < before - 1e-9:
        return panel.astype(np.int64)
    return None


# --- from types to people -----------------------------------------------------------------------------------------


def seated(problem: Problem, panels: Counts) -> tuple[tuple[str, ...], ...]:
    """m panels of ids. Within a type everybody gets the same number of seats, or one more; nobody sits with somebody of
    her own address. Panels are in the order of their ids; the people already in are on each."""
    people: list[list[str]] = [list(problem.already) for _ in range(len(panels))]
    homes: dict[object, list[int]] = defaultdict(list)
    for t, kind in enumerate(problem.types):
        homes[kind.household or (kind.incidence,)].append(t)
    for together in homes.values():
        _seat(problem, panels, together, people)
    return tuple(sorted(tuple(sorted(panel)) for panel in people))


def _seat(problem: Problem, panels: Counts, types: list[int], people: list[list[str]]) -> None:
    """Give the seats of one kind of household (one type, or several that live together) to its addresses.

    Each seat gets an address: within a panel never the same twice, and for each type every address equally often, or
    once more. That is an edge colouring of the graph between panels and types, with addresses as colours; it exists
    for every such graph (de Werra 1971, König 1916: cut the seats of a type into packs of as many as there are
    addresses, and give the seats of a pack to different addresses).
    """
    seats: list[tuple[int, tuple[int, int]]] = []
    addresses = problem.types[types[0]].capacity
    for t in types:
        numbers = np.repeat(np.arange(len(panels)), panels[:, t]).tolist()
        seats += [(number, (t, seat // addresses)) for seat, number in enumerate(numbers)]
    # one type alone takes turns: the seats it has on a panel follow one another, and are no more than its addresses
    turns = [seat % addresses for seat in range(len(seats))] if len(types) == 1 else _coloured(seats, addresses)
    had: dict[tuple[int, int], int] = defaultdict(int)
    for (number, (t, _)), address in zip(seats, turns, strict=True):
        living = problem.types[t].members[address]
        people[number].append(living[had[t, address] % len(living)])
        had[t, address] += 1


def _coloured(edges: list[tuple[int, tuple[int, int]]], colours: int) -> list[int]:
    """A colour per edge, no two alike at one end. Each end has at most `colours` edges (König's alternating paths)."""
    at: dict[object, dict[int, int]] = defaultdict(dict)
    colour = [0] * len(edges)
    if colours == 1:
        return colour
    for edge, (left, right) in enumerate(edges):
        here, there = at["panel", left], at["pack", right]
        free_here, free_there = _free(here, colours, edge), _free(there, colours, edge)
        if free_here not in there:
            free_there = free_here
        elif free_there in here:
            _swap(edges, at, colour, ("panel", left), free_there, free_here)
        colour[edge] = free_there
        here[free_there] = there[free_there] = edge
    return colour


def _free(used: dict[int, int], colours: int, start: int) -> int:
    """A colour that is not in use here; the search starts elsewhere each time, so that colours take turns."""
    return next(one % colours for one in range(start, start + colours) if one % colours not in used)


def _swap(
    edges: list[tuple[int, tuple[int, int]]],
    at: dict[object, dict[int, int]],
    colour: list[int],
    end: tuple[str, object],
    one: int,
    other: int,
) -> None:
    """Exchange two colours along the path that starts at `end` with `one`, so that `one` is free there."""
    path = []
    while one in at[end]:
        edge = at[end][one]
        path.append(edge)
        left, right = edges[edge]
        end = ("pack", right) if end[0] == "panel" else ("panel", left)
        one, other = other, one
    for edge in path:
        left, right = edges[edge]
        for node in (("panel", left), ("pack", right)):
            if at[node].get(colour[edge]) == edge:
                del at[node][colour[edge]]
    first, second = colour[path[0]], other if colour[path[0]] == one else one
    for edge in path:
        colour[edge] = second if colour[edge] == first else first
        left, right = edges[edge]
        at["panel", left][colour[edge]] = edge
        at["pack", right][colour[edge]] = edge
