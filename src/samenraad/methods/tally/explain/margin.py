"""How close was it? How many voters would have to vote otherwise for another winner."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from samenraad.methods.language import _
from samenraad.methods.tally.ballots import Ballots, Marked, Ranked
from samenraad.methods.tally.result import Result, Step

if TYPE_CHECKING:
    from samenraad.methods.tally.ballots import Whole

#: rules that always choose the option that beats every other one
CONDORCET = ("condorcet", "schulze", "ranked pairs", "minimax")
#: what a changed ballot is worth at most: (for the rival at the top, for the winner at the bottom)
_ADDITIVE = ("plurality", "approval", "borda", "modified borda")


@dataclass(frozen=True)
class Margin:
    """`at_least` changed ballots are needed for another winner; with `at_most`, the right ones changed in favour of
    `rival`, it is so (counted again, not estimated). Equal: then it is exact. None: no such change was found."""

    winner: str
    rival: str | None
    at_least: int
    at_most: int | None

    @property
    def exact(self) -> bool:
        return self.at_least == self.at_most

    def sentence(self, language: str = "en") -> str:
        if self.exact:
            text = _(
                "Ballots that would have to change for {rival} to win: {at_most}. With fewer changes "
                "{winner} still wins."
            )
        elif self.at_most is not None:
            text = _(
                "Ballots that would have to change for {winner} to lose: at most {at_most}, in favour of {rival}, "
                "and at least "
                "{at_least}."
            )
        else:
            text = _("Ballots that would have to change for {winner} to lose: at least {at_least}.")
        return Step(text, vars(self)).sentence(language)


def margin(ballots: Ballots, result: Result, rule: Callable[[Any], Result]) -> Margin | None:
    """For a result with one winner. Exact for plurality and approval; for the two Borda counts up to one tie; bounds
    for other rules, the upper one found by counting ballots with changes in them. None without a winner or a rival.

    >>> from samenraad.methods.tally.rules.plurality import plurality
    >>> votes = Marked.of("ab", [("a", 7), ("b", 4)])
    >>> margin(votes, plurality(votes, "goose"), lambda b: plurality(b, "goose"))
    Margin(winner='a', rival='b', at_least=2, at_most=2)
    """
    if result.winner is None or len(ballots.options) < 2:
        return None
    ballots = ballots.without_strata()
    if result.rule in _ADDITIVE and isinstance(ballots, (Ranked, Marked)) and _usual(result):
        return _additive(ballots, result)
    if isinstance(ballots, Ranked):
        return _searched(ballots, result, rule)
    return None


def _usual(result: Result) -> bool:
    return result.settings.get("equal", "share") == "share" and result.settings.get("unranked", "share") == "share"


def _additive(ballots: Ranked | Marked, result: Result) -> Margin:
    """The nearest rival: take the ballots first on which a change brings most."""
    winner, best = str(result.winner), None
    for rival in result.drawn:
        if rival == winner:
            continue
        gains, gap = _gains(ballots, result, winner, rival)
        before = result.drawn.index(rival) < result.drawn.index(winner)
        sure, level = _fewest(gains, ballots.counts, gap + 1), _fewest(gains, ballots.counts, gap)
        lot = result.rule in ("plurality", "approval")
        high = level if lot and before else sure
        low = high if lot else level
        if high is not None and low is not None and (best is None or (low, high) < (best.at_least, best.at_most)):
            best = Margin(winner, rival, low, high)
    return best or Margin(winner, None, ballots.total + 1, None)


def _gains(ballots: Ranked | Marked, result: Result, winner: str, rival: str) -> tuple[Whole, int]:
    """Per column what a change can bring the rival over the winner, and how far it is behind; in half points."""
    w, b = ballots.rows[ballots.index(winner)], ballots.rows[ballots.index(rival)]
    if result.rule in ("plurality", "approval"):
        votes = result.column(result.columns[0])
        top = _chosen(ballots, result)
        gains = 1 + top[ballots.index(winner)] - top[ballots.index(rival)]
        return gains, int(str(votes[winner])) - int(str(votes[rival]))
    points, m = result.column("points"), len(ballots.options)
    lead = _half_points(ballots, result.rule, w) - _half_points(ballots, result.rule, b)
    most = 2 * (m if result.rule == "modified borda" else m - 1)
    return lead + most, int(2 * (points[winner] - points[rival]))  # type: ignore[operator]


def _chosen(ballots: Ranked | Marked, result: Result) -> Whole:
    top = (ballots.rows == (1 if isinstance(ballots, Marked) else 0)).astype(np.int64)
    if result.rule == "plurality":
        return np.where(top.sum(axis=0) == 1, top, 0)
    least, most = int(str(result.settings["least"])), int(str(result.settings["most"]))
    marks = top.sum(axis=0)
    return np.where((marks >= least) & (marks <= most), top, 0)


def _half_points(ballots: Ranked | Marked, rule: str, row: np.ndarray) -> Whole:
    m, ranked = len(ballots.options), (ballots.rows < len(ballots.options)).sum(axis=0)
    equals = (ballots.rows == row).sum(axis=0)
    if rule == "modified borda":
        return np.where(row < m, 2 * (ranked - row) - (equals - 1), 0).astype(np.int64)
    given = np.where(row < m, 2 * (m - 1 - row) - (equals - 1), m - 1 - ranked)
    return np.where(ranked > 0, given, 0).astype(np.int64)


def _fewest(gains: Whole, counts: Whole, needed: int) -> int | None:
    """The fewest voters whose changes together bring `needed`; None when all of them do not."""
    if needed <= 0:
        return 0
    taken = 0
    for gain in sorted({int(one) for one in np.unique(gains)}, reverse=True):
        here = int(counts.sum(where=gains == gain))
        if gain <= 0:
            return None
        if here * gain >= needed:
            return taken + -(-needed // gain)
        taken, needed = taken + here, needed - here * gain
    return None


def _searched(ballots: Ranked, result: Result, rule: Callable[[Any], Result]) -> Margin:
    winner = str(result.winner)
    least = _lower_bound(ballots, winner) if result.rule in CONDORCET else 1
    rival = _nearest(ballots, result, winner)
    most = _doubling(lambda many: rule(changed(ballots, winner, rival, many)).winner != winner, least, ballots.total)
    return Margin(winner, rival, least, most)


def _lower_bound(ballots: Ranked, winner: str) -> int:
    """A change moves a pair by two at most; while the winner beats all others it stays."""
    i = ballots.index(winner)
    leads = [int(ballots.pairs[i, j] - ballots.pairs[j, i]) for j in range(len(ballots.options)) if j != i]
    return max(1, -(-min(leads) // 2))


def _nearest(ballots: Ranked, result: Result, winner: str) -> str:
    """Who stayed in longest, or who is behind by least when put beside the winner."""
    rounds: Sequence[Any] = result.details.get("rounds", ())  # type: ignore[assignment]
    for one in reversed(rounds):
        others: list[str] = [option for option in one["votes"] if option != winner]
        if others:
            votes: dict[str, Fraction] = one["votes"]
            return max(others, key=lambda option: (votes[option], -result.drawn.index(option)))
    i = ballots.index(winner)
    rivals = [option for option in result.drawn if option != winner]
    return min(rivals, key=lambda o: int(ballots.pairs[i, ballots.index(o)] - ballots.pairs[ballots.index(o), i]))


def changed(ballots: Ranked, winner: str, rival: str, many: int) -> Ranked:
    """With so many ballots replaced by the rival alone: first those on which the winner stands highest above it."""
    m, w, b = len(ballots.options), ballots.index(winner), ballots.index(rival)
    order = np.lexsort((ballots.rows[w], ballots.rows[w].astype(np.int64) - ballots.rows[b]))
    before = np.concatenate([[0], np.cumsum(ballots.counts[order])[:-1]])
    taken = np.zeros_like(ballots.counts)
    taken[order] = np.clip(many - before, 0, ballots.counts[order])
    alone = np.full((m, 1), m, dtype=np.int16)
    alone[b] = 0
    rows, counts = np.hstack([ballots.rows, alone]), np.append(ballots.counts - taken, int(taken.sum()))
    return replace(ballots, rows=rows, counts=counts).only(counts > 0)


def _doubling(otherwise: Callable[[int], bool], least: int, most: int) -> int | None:
    """A number from `least` on for which it is true, near the smallest: by doubling, then halving the step back."""
    low, high = least - 1, least
    while not otherwise(high):
        if high >= most:
            return None
        low, high = high, min(most, high + max(1, 2 * (high - least + 1)))
    while high - low > 1:
        middle = (low + high) // 2
        if otherwise(middle):
            high = middle
        else:
            low = middle
    return high
