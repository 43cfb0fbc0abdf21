"""Points for places: Borda's count, and the Modified Borda Count of the de Borda Institute."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from samenraad.methods.language import _
from samenraad.methods.tally.ballots import Ranked
from samenraad.methods.tally.drawn import Key, choose, drawn_order, in_order
from samenraad.methods.tally.result import Result, Step
from samenraad.methods.tally.rules.pairs import matrix
from samenraad.methods.tally.rules.rounds import INVALID, usable
from samenraad.refusals import Refusal

if TYPE_CHECKING:
    from samenraad.methods.tally.ballots import Whole

SHARE, ZERO = "share", "zero"
EQUAL, UNRANKED = (SHARE, INVALID), (SHARE, ZERO)

POINTS, RANKED, FIRST, CONSENSUS = _("points"), _("ranked by"), _("first places"), _("consensus coefficient")


def borda(ballots: Ranked, seed: str, *, unranked: str = SHARE, equal: str = SHARE) -> Result:
    """First of m gets m - 1 points, the next m - 2, ... and the last none. With everything shared this is the same as a
    tournament: a point for every voter and every other option that the voter puts lower, half a point where equal.

    `unranked`   options that a ballot does not rank: "share" (each the mean of the places left) or "zero" (no points)
    `equal`      equals on a ballot: "share" the points of their places, or "invalid" (the ballot does not count)

    >>> borda(Ranked.of("abc", [("abc", 2), ("b", 1)]), "goose").column("points")
    {'a': Fraction(9, 2), 'b': Fraction(4, 1), 'c': Fraction(1, 2)}

    Among equals in points: who wins most pairs between them; then the drawn order. Blank ballots do not count.
    Source: J.-C. de Borda, "Mémoire sur les élections au scrutin" (1784).
    """
    _check(unranked=unranked, equal=equal)
    counted = usable(ballots, equal, EQUAL)
    m, points = len(ballots.options), {}
    for option, row, equals in _with_equals(counted):
        doubled = np.where(row < m, 2 * (m - 1 - row) - (equals - 1), (m - 1 - counted.ranked) * (unranked == SHARE))
        points[option] = Fraction(int((doubled * counted.counts).sum()), 2)
    pairs, each = matrix(counted), range(m)
    best = [i for i in each if points[ballots.options[i]] == max(points.values())]
    between = {ballots.options[i]: sum(pairs[i][j] > pairs[j][i] for j in best) for i in best}
    keys: list[Key] = [(_("pairs won between them"), between)]
    rows = {option: (each_points,) for option, each_points in points.items()}
    made = _by_points("borda", ballots, counted, seed, points, keys, (POINTS,), rows)
    return replace(made, settings={"unranked": unranked, "equal": equal})


def modified_borda(ballots: Ranked, seed: str, *, equal: str = SHARE) -> Result:
    """Who ranks r options gives r points to the first, r - 1 to the next, ... 1 to the last ranked, none to the others.
    The consensus coefficient is points / (m × valid ballots): 1 when everybody ranks all m and puts this one first.

    `equal`   equals on a ballot: "share" the points of their places, or "invalid" (the ballot does not count)

    >>> modified_borda(Ranked.of("abc", [("abc", 2), ("b", 1)]), "goose").table[1]
    (Fraction(5, 1), 3, 1, Fraction(5, 9))

    Among equals in points: ranked on most ballots, then most first places (not shared), then the drawn order.
    Source: P. Emerson, "The original Borda count and partial voting", Social Choice and Welfare 40 (2013) 353-358.
    """
    _check(unranked=SHARE, equal=equal)
    counted = usable(ballots, equal, EQUAL)
    m, points, by, first = len(ballots.options), {}, {}, {}
    for option, row, equals in _with_equals(counted):
        doubled = (2 * (counted.ranked - row) - (equals - 1)) * (row < m)
        points[option] = Fraction(int((doubled * counted.counts).sum()), 2)
        by[option] = int(counted.counts.sum(where=row < m))
        first[option] = int(counted.counts.sum(where=(row == 0) & (equals == 1)))
    most = m * counted.total
    rows = {o: (points[o], by[o], first[o], points[o] / most if most else None) for o in ballots.options}
    keys: list[Key] = [(RANKED, by), (FIRST, first)]
    columns = (POINTS, RANKED, FIRST, CONSENSUS)
    made = _by_points("modified borda", ballots, counted, seed, points, keys, columns, rows)
    return replace(made, settings={"equal": equal})


def _check(*, unranked: str, equal: str) -> None:
    if unranked not in UNRANKED:
        raise Refusal("tally.unranked", unranked=unranked, known=UNRANKED)
    if equal not in EQUAL:
        raise Refusal("tally.equal_ranked", equal=equal, known=EQUAL)


def _with_equals(ballots: Ranked) -> Iterator[tuple[str, Whole, Whole]]:
    """Per option its places, and how many options share each of them."""
    for option, row in zip(ballots.options, ballots.rows, strict=True):
        equals = (ballots.rows == row).sum(axis=0, dtype=np.int64)
        yield option, row.astype(np.int64), equals


def _by_points(
    rule: str,
    ballots: Ranked,
    counted: Ranked,
    seed: str,
    points: dict[str, Fraction],
    keys: list[Key],
    columns: tuple[str, ...],
    rows: Mapping[str, tuple[Fraction | int | None, ...]],
) -> Result:
    drawn = drawn_order(ballots.options, seed)
    winners = in_order((option for option in points if points[option] == max(points.values())), drawn)
    winner, ties = choose(winners, drawn, keys)
    order = sorted(points, key=lambda option: (-points[option], drawn.index(option)))
    told = [Step(_("Points for {option}: {points}."), {"option": option, "points": points[option]}) for option in order]
    return Result(
        rule=rule,
        options=ballots.options,
        ballots=ballots.total,
        columns=columns,
        table=tuple(rows[option] for option in ballots.options),
        winners=winners,
        winner=winner,
        drawn=drawn,
        trace=(*told, *ties, Step(_("{winner} wins."), {"winner": winner})),
        details={"valid": counted.total, "not counted": ballots.total - counted.total},
    )
