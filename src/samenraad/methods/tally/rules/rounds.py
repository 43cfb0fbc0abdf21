"""Counting in rounds: whose vote a ballot is now, and who goes when several have the fewest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from samenraad.methods.language import _
from samenraad.methods.tally.ballots import Ranked
from samenraad.methods.tally.result import Step
from samenraad.refusals import Refusal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from samenraad.methods.tally.ballots import Small

INVALID, SPLIT, EXHAUSTED = "invalid", "split", "exhausted"

Votes = dict[str, Fraction]


@dataclass(frozen=True)
class Round:
    """Votes of everybody still in it, the ballots that rank none of them any more, and who goes out or gets in."""

    votes: Mapping[str, Fraction]
    exhausted: Fraction
    eliminated: tuple[str, ...] = ()
    elected: tuple[str, ...] = ()
    moved: Mapping[str, Fraction] | None = None  # from whoever goes, to whom how many

    def facts(self) -> dict[str, object]:
        return {
            "votes": dict(self.votes),
            "exhausted": self.exhausted,
            "eliminated": self.eliminated,
            "elected": self.elected,
            "moved": None if self.moved is None else dict(self.moved),
        }


def usable(ballots: Ranked, equal: str, known: Sequence[str]) -> Ranked:
    """Without blank ballots, and without those with equals when they are invalid. Refuses `tally.equal_ranked`."""
    if equal not in known:
        raise Refusal("tally.equal_ranked", equal=equal, known=known)
    keep = ballots.ranked > 0
    if equal == INVALID:
        keep &= ~has_equals(ballots)
    return ballots.only(keep)


def has_equals(ballots: Ranked) -> NDArray[np.bool_]:
    """Per column, whether two options share a place."""
    m = len(ballots.options)
    ordered = np.sort(ballots.rows, axis=0)
    return np.asarray(((ordered[1:] == ordered[:-1]) & (ordered[1:] < m)).any(axis=0))


def tops(ballots: Ranked, left: Iterable[str]) -> tuple[Small, NDArray[np.bool_]]:
    """Per column the highest place that an option still in it has (m when none is ranked); and a row per option: it
    has that place."""
    m = len(ballots.options)
    best = np.full(ballots.rows.shape[1], m, dtype=np.int16)
    inside = [ballots.index(option) for option in left]
    for i in inside:
        np.minimum(best, ballots.rows[i], out=best)
    first = np.zeros(ballots.rows.shape, dtype=bool)
    for i in inside:
        first[i] = (ballots.rows[i] == best) & (best < m)
    return best, first


def lowest(left: Sequence[str], history: Sequence[Mapping[str, Fraction]]) -> tuple[list[str], int]:
    """Who has the fewest votes now, and among those in the round before, and so backwards; and how many rounds it took
    to look back. Several when they were level all along."""
    tied = list(left)
    for back, votes in enumerate(reversed(history)):
        least = min(votes[option] for option in tied)
        tied = [option for option in tied if votes[option] == least]
        if len(tied) == 1:
            return tied, back
    return tied, len(history)


def who_goes(
    left: Sequence[str], history: Sequence[Mapping[str, Fraction]], drawn: Sequence[str]
) -> tuple[str, list[Step]]:
    """The one to eliminate: fewest votes, then earlier rounds backwards, then last in the drawn order."""
    tied, back = lowest(left, history)
    gone = max(tied, key=drawn.index)
    least = min(history[-1][option] for option in left)
    together = tuple(option for option in drawn if option in left and history[-1][option] == least)
    if len(tied) > 1:
        text = _("{tied} have equally few votes and had so before. {gone} comes last in the drawn order.")
        return gone, [Step(text, {"tied": sorted(tied, key=drawn.index), "gone": gone})]
    if back:
        text = _("{tied} have equally few votes. {gone} had the fewest in an earlier round.")
        return gone, [Step(text, {"tied": together, "gone": gone})]
    return gone, []
