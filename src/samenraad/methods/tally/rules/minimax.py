"""Minimax: whose worst defeat is smallest."""

from __future__ import annotations

from samenraad.methods.language import _
from samenraad.methods.tally.ballots import Ranked
from samenraad.methods.tally.drawn import choose, drawn_order, in_order
from samenraad.methods.tally.result import Result, Step
from samenraad.methods.tally.rules.pairs import WINNING, defeats, matrix, told_pairs

WORST = _("worst defeat")


def minimax(ballots: Ranked, seed: str, *, strength: str = WINNING) -> Result:
    """The option whose worst defeat is smallest. Among equals the second worst decides, and so on; then the lot.

    `strength`   of a defeat: "winning" (how many prefer the other) or "margins" (the difference)

    >>> minimax(Ranked.of("abc", [("abc", 4), ("bca", 3), ("cab", 2)]), "goose").table
    ((5,), (6,), (7,))

    Source: P.B. Simpson (1969) and G.H. Kramer (1977); see H.P. Young, "Condorcet's theory of voting", American
    Political Science Review 82 (1988) 1231-1244.
    """
    pairs, drawn = matrix(ballots), drawn_order(ballots.options, seed)
    links = defeats(pairs, strength)
    lost = {
        option: tuple(sorted((links[j][i] for j in range(len(links)) if j != i), reverse=True)) or (0,)
        for i, option in enumerate(ballots.options)
    }
    least = min(worst[0] for worst in lost.values())
    winners = in_order((option for option in lost if lost[option][0] == least), drawn)
    fewer = {option: tuple(-one for one in worst) for option, worst in lost.items()}
    winner, ties = choose(winners, drawn, [(_("the second worst defeat, then the third, and so on"), fewer)])
    told = [Step(_("Worst defeat of {option}: {worst}."), {"option": o, "worst": lost[o][0]}) for o in drawn]
    return Result(
        rule="minimax",
        options=ballots.options,
        ballots=ballots.total,
        columns=(WORST,),
        table=tuple((worst[0],) for worst in lost.values()),
        winners=winners,
        winner=winner,
        drawn=drawn,
        trace=(
            *told_pairs(ballots.options, pairs, drawn), *told, *ties, Step(_("{winner} wins."), {"winner": winner})
        ),
        settings={"strength": strength},
        details={"pairs": pairs, "defeats": lost},
    )  # fmt: skip
