"""Most votes, and most approvals."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from samenraad.methods.language import _
from samenraad.methods.tally.ballots import Marked, Ranked
from samenraad.methods.tally.drawn import choose, drawn_order, in_order
from samenraad.methods.tally.result import Result, Step
from samenraad.refusals import Refusal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

VOTES, APPROVALS, SHARE, SHARE_OF_BALLOTS = _("votes"), _("approvals"), _("share of votes"), _("share of ballots")


def plurality(ballots: Marked | Ranked, seed: str) -> Result:
    """One vote per ballot: the only option marked, or the only one at the top of a ranking. Most votes wins.

    >>> plurality(Marked.of(["a", "b"], [(["a"], 3), (["b"], 2), (["a", "b"], 9)]), "goose").table
    ((3, Fraction(3, 5)), (2, Fraction(2, 5)))

    Ballots that mark none, or more than one, do not count; `details["not counted"]` says how many.
    """
    chosen = ballots.rows == (1 if isinstance(ballots, Marked) else 0)
    return _most("plurality", ballots, seed, chosen, chosen.sum(axis=0) == 1, (VOTES, SHARE))


def approval(ballots: Marked, seed: str, *, least: int = 0, most: int | None = None) -> Result:
    """Every option that is marked gets a vote. Most votes wins; the share is of ballots, not of marks.

    `least` and `most`   how many options may be marked; other ballots are invalid and do not count

    >>> approval(Marked.of(["a", "b"], [(["a"], 3), (["a", "b"], 1)]), "goose").table
    ((4, Fraction(1, 1)), (1, Fraction(1, 4)))

    Source: S.J. Brams and P.C. Fishburn, "Approval Voting", American Political Science Review 72 (1978) 831-847.
    Refuses `tally.limits` when `least` is above `most` or below 0.
    """
    most = len(ballots.options) if most is None else most
    if not 0 <= least <= most:
        raise Refusal("tally.limits", least=least, most=most)
    fits = (ballots.marks >= least) & (ballots.marks <= most)
    made = _most("approval", ballots, seed, ballots.rows == 1, fits, (APPROVALS, SHARE_OF_BALLOTS))
    return Result(**{**vars(made), "settings": {"least": least, "most": most}})


def _most(
    rule: str,
    ballots: Marked | Ranked,
    seed: str,
    chosen: NDArray[np.bool_],
    fits: NDArray[np.bool_],
    columns: tuple[str, str],
) -> Result:
    votes = {option: int(ballots.counts[row & fits].sum()) for option, row in zip(ballots.options, chosen, strict=True)}
    valid = int(ballots.counts[fits].sum())
    drawn = drawn_order(ballots.options, seed)
    best = max(votes.values())
    winners = in_order((option for option in votes if votes[option] == best), drawn)
    winner, ties = choose(winners, drawn)
    out = ballots.total - valid
    trace = [Step(_("Ballots that count: {valid}. Ballots that do not: {out}."), {"valid": valid, "out": out})]
    order = sorted(votes, key=lambda option: (-votes[option], drawn.index(option)))
    trace += [Step(_("Votes for {option}: {votes}."), {"option": option, "votes": votes[option]}) for option in order]
    return Result(
        rule=rule,
        options=ballots.options,
        ballots=ballots.total,
        columns=columns,
        table=tuple((count, Fraction(count, valid) if valid else None) for count in votes.values()),
        winners=winners,
        winner=winner,
        drawn=drawn,
        trace=(*trace, *ties, Step(_("{winner} wins."), {"winner": winner})),
        details={"valid": valid, "not counted": out},
    )
