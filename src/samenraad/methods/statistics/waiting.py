"""How long it takes until something happens, when for some it has not happened yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from samenraad.refusals import Refusal


@dataclass(frozen=True)
class Waiting:
    """The curve of who still waits: after `days[i]` days the share `still[i]` waits. `median` is the first day on
    which half no longer waits; None while more than half still does."""

    count: int
    happened: int
    days: tuple[int, ...]
    still: tuple[float, ...]
    median: int | None

    def still_after(self, day: int) -> float:
        """The share that still waits at the end of this day."""
        return next((share for at, share in zip(self.days[::-1], self.still[::-1], strict=True) if at <= day), 1.0)


def waiting(cases: Iterable[tuple[int, bool]]) -> Waiting | None:
    """The product-limit estimate from (days, happened); a case that still waits counts for the days it waited.
    None without cases.

    At each day t on which something happened, S(t) = S(before) · (1 - d/n), with d the cases that happened on that
    day and n those that still waited when it began.

    Source: E.L. Kaplan and P. Meier, "Nonparametric estimation from incomplete observations", Journal of the
    American Statistical Association 53 (1958) 457-481; the example in their section 2: deaths at 0.8, 3.1, 5.4 and
    9.2 months, losses at 1.0, 2.7, 7.0 and 12.1. In tenths of a month:

    >>> paper = waiting([(8, True), (10, False), (27, False), (31, True), (54, True), (70, False), (92, True),
    ...                  (121, False)])
    >>> [(day, round(share, 4)) for day, share in zip(paper.days, paper.still)]
    [(8, 0.875), (31, 0.7), (54, 0.525), (92, 0.2625)]
    >>> paper.median
    92

    Refuses (`statistics.days`) a negative number of days.
    """
    rows = sorted(cases)
    if not rows:
        return None
    if rows[0][0] < 0:
        raise Refusal("statistics.days", days=rows[0][0])
    days, still = [], []
    waits, share = len(rows), 1.0
    for day, group in groupby(rows, key=lambda row: row[0]):
        these = list(group)
        happened = sum(1 for _, done in these if done)
        if happened:
            share *= 1 - happened / waits
            days.append(day)
            still.append(share)
        waits -= len(these)
    half = 0.5 + 1e-12  # half is half, whatever the last binary digit says
    median = next((day for day, rest in zip(days, still, strict=True) if rest <= half), None)
    return Waiting(len(rows), sum(1 for _, done in rows if done), tuple(days), tuple(still), median)
