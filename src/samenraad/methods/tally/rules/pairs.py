"""Two by two: what the rules that compare every pair of options have in common, and Condorcet's own rule."""

from __future__ import annotations

from collections.abc import Sequence

from samenraad.methods.language import _
from samenraad.methods.tally.ballots import Ranked
from samenraad.methods.tally.drawn import drawn_order, in_order
from samenraad.methods.tally.result import Result, Step, Term, Value
from samenraad.refusals import Refusal

WINNING, MARGINS = "winning", "margins"
STRENGTHS = (WINNING, MARGINS)

BEATS, TIES, LOSES = _("beats"), _("ties with"), _("loses to")

Matrix = tuple[tuple[int, ...], ...]


def matrix(ballots: Ranked) -> Matrix:
    """Row i, column j: how many voters prefer option i to option j."""
    return tuple(tuple(row) for row in ballots.pairs.tolist())


def defeats(pairs: Matrix, strength: str = WINNING) -> Matrix:
    """How strongly i defeats j: by the votes for i (`winning`) or by the difference (`margins`); 0 when it does not.

    >>> defeats(((0, 3), (1, 0))), defeats(((0, 3), (1, 0)), "margins")
    (((0, 3), (0, 0)), ((0, 2), (0, 0)))

    Refuses `tally.strength` any other word.
    """
    if strength not in STRENGTHS:
        raise Refusal("tally.strength", strength=strength, known=STRENGTHS)
    each = range(len(pairs))
    less = 1 if strength == MARGINS else 0
    return tuple(
        tuple(pairs[i][j] - less * pairs[j][i] if pairs[i][j] > pairs[j][i] else 0 for j in each) for i in each
    )


def record(pairs: Matrix, i: int) -> tuple[int, int, int]:
    """How many others option i beats, ties with and loses to."""
    others = [j for j in range(len(pairs)) if j != i]
    won = sum(pairs[i][j] > pairs[j][i] for j in others)
    lost = sum(pairs[i][j] < pairs[j][i] for j in others)
    return won, len(others) - won - lost, lost


def told_pairs(options: Sequence[str], pairs: Matrix, drawn: Sequence[str]) -> tuple[Step, ...]:
    """A sentence per pair: who is preferred to whom, by how many to how many."""
    steps = []
    order = [options.index(option) for option in drawn]
    for place, i in enumerate(order):
        for j in order[place + 1 :]:
            a, b = (i, j) if pairs[i][j] >= pairs[j][i] else (j, i)
            facts = {"a": options[a], "b": options[b], "for": pairs[a][b], "against": pairs[b][a]}
            level = pairs[a][b] == pairs[b][a]
            text = _("{a} and {b} are level: {for} to {against}.") if level else _("{a} beats {b}: {for} to {against}.")
            steps.append(Step(text, facts))
    return tuple(steps)


def condorcet(ballots: Ranked, seed: str) -> Result:
    """The option that beats every other one, if there is one; `winners` is empty when there is none.

    >>> condorcet(Ranked.of("abc", [("abc", 2), ("bca", 2), ("cab", 2)]), "goose").winners
    ()

    Source: M.J.A.N. de Condorcet, Essai sur l'application de l'analyse (1785).
    """
    pairs, drawn = matrix(ballots), drawn_order(ballots.options, seed)
    records = [record(pairs, i) for i in range(len(pairs))]
    winners = in_order((o for o, r in zip(ballots.options, records, strict=True) if r[0] == len(pairs) - 1), drawn)
    if winners:
        last = Step(_("{winner} beats every other option."), {"winner": winners[0]})
    else:
        last = Step(_("No option beats every other one, so this rule names no winner."))
    return Result(
        rule="condorcet",
        options=ballots.options,
        ballots=ballots.total,
        columns=(BEATS, TIES, LOSES),
        table=tuple(records),
        winners=winners,
        winner=winners[0] if winners else None,
        drawn=drawn,
        trace=(*told_pairs(ballots.options, pairs, drawn), last),
        details={"pairs": pairs},
    )


def strength_word(strength: Value) -> Term:
    return Term(_("votes for the winner of the pair") if strength == WINNING else _("the difference between the two"))
