"""The same figures per neighbourhood, without telling what only a few people said.

A cell below ten is not shown. Because rows and columns have totals, one hidden cell could be computed back; so each row
and each column with a hidden cell has at least two of them, and what is hidden in it sums to at least ten.
Source: A. Hundepool and others, Handbook on Statistical Disclosure Control (2010), chapter 4.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from samenraad.methods.language import _
from samenraad.methods.tally.explain.bars import spread
from samenraad.methods.tally.preferendum.count import Preferendum, Rules, support
from samenraad.methods.tally.result import Step, percent

#: a smaller cell is not shown
SMALLEST = 10

Cells = tuple[tuple[int | None, ...], ...]


@dataclass(frozen=True)
class ByPlace:
    """One proposal: a row per neighbourhood with how often each word was given, then "no opinion" and left blank; None
    where a cell is hidden. `support` only where a whole row is shown; `spread` between the highest and the lowest."""

    proposal: str
    places: tuple[str, ...]
    cells: Cells
    support: Mapping[str, Fraction]
    spread: Fraction | None

    def sentence(self, language: str = "en") -> str:
        told = [f"{place} {percent(part, language)}" for place, part in self.support.items()]
        hidden = [place for place in self.places if place not in self.support]
        if hidden:
            facts = {"proposal": self.proposal, "support": told, "hidden": hidden}
            text = _("{proposal}, support per neighbourhood: {support}. Not shown, because of small numbers: {hidden}.")
            return Step(text, facts).sentence(language)
        text = _("{proposal}, support per neighbourhood: {support}.")
        return Step(text, {"proposal": self.proposal, "support": told}).sentence(language)


def by_place(counted: Preferendum, rules: Rules | None = None) -> tuple[ByPlace, ...]:
    """A table per proposal. Empty when there are no neighbourhoods."""
    agreed = (rules or Rules()).for_proposals(len(counted.slips))
    if not counted.places:
        return ()
    names = tuple(sorted(counted.places))
    return tuple(_table(counted, proposal, names, agreed) for proposal in counted.slips)


def _table(counted: Preferendum, proposal: str, names: tuple[str, ...], rules: Rules) -> ByPlace:
    rows = []
    for name in names:
        ballots, slips = counted.places[name]
        one = slips[proposal]
        rows.append((*one.grades, one.no_opinion, ballots - one.graded - one.no_opinion))
    cells = suppressed(rows)
    shown = {name: counted.places[name][1][proposal] for name, row in zip(names, cells, strict=True) if None not in row}
    backed = {name: part for name, one in shown.items() if (part := support(one, rules.agreeing)) is not None}
    return ByPlace(proposal, names, cells, backed, spread(list(backed.values())))


def suppressed(rows: Sequence[Sequence[int]]) -> Cells:
    """The table with its small cells hidden, and as many others as it takes so that none can be computed back.

    >>> suppressed([[50, 3, 20], [60, 30, 40], [70, 80, 90]])
    ((50, None, None), (60, None, None), (70, 80, 90))
    """
    height, width = len(rows), len(rows[0]) if rows else 0
    hidden = {(i, j) for i in range(height) for j in range(width) if rows[i][j] < SMALLEST}
    lines = [[(i, j) for j in range(width)] for i in range(height)]
    lines += [[(i, j) for i in range(height)] for j in range(width)]
    before = -1
    while len(hidden) > before:
        before = len(hidden)
        for line in lines:
            _protect(line, rows, hidden)
    return tuple(tuple(None if (i, j) in hidden else rows[i][j] for j in range(width)) for i in range(height))


def _protect(line: Iterable[tuple[int, int]], rows: Sequence[Sequence[int]], hidden: set[tuple[int, int]]) -> None:
    """One row or column: hides its smallest cells until two are hidden that sum to enough."""
    cells = list(line)
    here = [cell for cell in cells if cell in hidden]
    if not here:
        return
    for cell in sorted((c for c in cells if c not in hidden), key=lambda c: (rows[c[0]][c[1]], c)):
        if len(here) > 1 and sum(rows[i][j] for i, j in here) >= SMALLEST:
            return
        hidden.add(cell)
        here.append(cell)
