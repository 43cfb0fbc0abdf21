"""Schulze: the strongest path between every two options."""

from __future__ import annotations

from samenraad.methods.language import _
from samenraad.methods.tally.ballots import Ranked
from samenraad.methods.tally.drawn import choose, drawn_order, in_order
from samenraad.methods.tally.result import Result, Step
from samenraad.methods.tally.rules.pairs import (
    BEATS,
    LOSES,
    TIES,
    WINNING,
    Matrix,
    defeats,
    matrix,
    record,
    strength_word,
    told_pairs,
)


def schulze(ballots: Ranked, seed: str, *, strength: str = WINNING) -> Result:
    """An option wins when no other has a stronger path to it than it has back. A path goes from winner to loser of a
    pair, and on; it is as strong as its weakest pair.

    `strength`   of a pair: "winning" (how many prefer the winner of it) or "margins" (the difference)

    >>> schulze(Ranked.of("abc", [("abc", 4), ("bca", 3), ("cab", 2)]), "goose").winners
    ('a',)

    Source: M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent
    single-winner election method", Social Choice and Welfare 36 (2011) 267-303.
    """
    pairs, drawn = matrix(ballots), drawn_order(ballots.options, seed)
    paths = strongest_paths(defeats(pairs, strength))
    records = [record(paths, i) for i in range(len(paths))]
    winners = in_order((o for o, r in zip(ballots.options, records, strict=True) if r[2] == 0), drawn)
    winner, ties = choose(winners, drawn)
    trace = [
        *told_pairs(ballots.options, pairs, drawn),
        *_told(ballots.options, drawn, paths, winners, strength),
        *ties,
    ]
    return Result(
        rule="schulze",
        options=ballots.options,
        ballots=ballots.total,
        columns=(BEATS, TIES, LOSES),
        table=tuple(records),
        winners=winners,
        winner=winner,
        drawn=drawn,
        trace=(*trace, Step(_("{winner} wins."), {"winner": winner})),
        settings={"strength": strength},
        details={"pairs": pairs, "paths": paths},
    )


def strongest_paths(links: Matrix) -> Matrix:
    """The strength of the strongest path from i to j; 0 where there is none (Floyd and Warshall's way).

    >>> strongest_paths(((0, 6, 0), (0, 0, 7), (5, 0, 0)))
    ((0, 6, 6), (5, 0, 7), (5, 5, 0))
    """
    each = range(len(links))
    paths = [list(row) for row in links]
    for via in each:
        for i in each:
            if i == via:
                continue
            for j in each:
                if j not in (i, via):
                    paths[i][j] = max(paths[i][j], min(paths[i][via], paths[via][j]))
    return tuple(tuple(row) for row in paths)


def _told(
    options: tuple[str, ...], drawn: tuple[str, ...], paths: Matrix, winners: tuple[str, ...], strength: str
) -> list[Step]:
    steps = [Step(_("A pair is as strong as {strength}."), {"strength": strength_word(strength)})]
    for option in winners:
        i = options.index(option)
        for other in drawn:
            j = options.index(other)
            if j != i:
                facts = {"a": option, "b": other, "there": paths[i][j], "back": paths[j][i]}
                steps.append(Step(_("The strongest path from {a} to {b} has {there}, the way back {back}."), facts))
    return steps
