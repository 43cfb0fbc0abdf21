"""Where votes overlap and where they go: first as a table, pictures are decoration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from samenraad.methods.language import _
from samenraad.methods.tally.ballots import Marked
from samenraad.methods.tally.result import Result, Step, Term, percent


@dataclass(frozen=True)
class Overlap:
    """Row i, column j: of those who marked i, the part that marked j too; None where nobody marked i."""

    options: tuple[str, ...]
    shares: tuple[tuple[Fraction | None, ...], ...]

    def lines(self, language: str = "en") -> tuple[str, ...]:
        """A sentence per option, the others from most to least shared."""
        return tuple(self._line(i, language) for i in range(len(self.options)))

    def _line(self, i: int, language: str) -> str:
        pairs = zip(self.options, self.shares[i], strict=True)
        others = [(other, share) for other, share in pairs if share is not None and other != self.options[i]]
        others.sort(key=lambda pair: (-pair[1], pair[0]))
        told = [f"{other} {percent(share, language)}" for other, share in others]
        return Step(_("Of those who chose {option} also chose: {others}."), {"option": self.options[i], "others": told}).sentence(language)  # fmt: skip  # noqa: E501


def overlap(ballots: Marked) -> Overlap:
    """Of those who chose i, which part chose j?

    >>> overlap(Marked.of("ab", [("a", 3), ("ab", 1)])).shares[0]
    (Fraction(1, 1), Fraction(1, 4))
    """
    both = [[int(ballots.counts.sum(where=(a & b) == 1)) for b in ballots.rows] for a in ballots.rows]
    shares = tuple(tuple(Fraction(n, row[i]) if row[i] else None for n in row) for i, row in enumerate(both))
    return Overlap(ballots.options, shares)


@dataclass(frozen=True)
class Transfer:
    """One round in which somebody's votes moved on. `to` has who got how many, `lost` those that count no longer."""

    round: int
    source: str
    to: Mapping[str, Fraction]
    lost: Fraction


def transfers(result: Result) -> tuple[Transfer, ...]:
    """The moves of a count in rounds (irv, stv), in order; nothing for other rules."""
    rounds = result.details.get("rounds", ())
    assert isinstance(rounds, Sequence)  # noqa: S101
    found = []
    for place, (one, after) in enumerate(pairwise(rounds), start=1):
        source = [o for o in one["votes"] if after["votes"].get(o, 0) < one["votes"][o]]
        to = {option: more for option, more in (one["moved"] or {}).items() if more}
        found.append(Transfer(place, source[0] if source else "", to, after["exhausted"] - one["exhausted"]))
    return tuple(found)


def transfer_steps(result: Result) -> tuple[Step, ...]:
    """A sentence per move."""
    return tuple(
        Step(
            _("After round {n}, from {source}: {to}; {lost}: {number}."),
            {
                "n": one.round,
                "source": one.source,
                "to": [Moved(option, votes) for option, votes in one.to.items()],
                "lost": Term(_("no longer counting")),
                "number": one.lost,
            },
        )
        for one in transfers(result)
    )


@dataclass(frozen=True)
class Moved:
    """So many votes to an option."""

    option: str
    votes: Fraction

    def sentence(self, language: str = "en") -> str:
        return Step("{option} +{votes}", {"option": self.option, "votes": self.votes}).sentence(language)
