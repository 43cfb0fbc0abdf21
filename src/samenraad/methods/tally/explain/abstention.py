"""What if some had stayed at home? Samples of the ballots, and the count without each neighbourhood."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

from samenraad.methods.language import _
from samenraad.methods.seeds import prefix
from samenraad.methods.tally.ballots import Ballots, Ranked
from samenraad.methods.tally.result import Result, Step, percent
from samenraad.refusals import Refusal

if TYPE_CHECKING:
    from samenraad.methods.tally.ballots import Whole

#: sums of whole numbers below this are exact in 32 bits, in any order
EXACT = 2**24
#: so many numbers of voters are held at once
TOGETHER = 2_000_000
#: bits of a random number that decide about one voter
BITS = 64

Rule = Callable[[Any], Result]


@dataclass(frozen=True)
class Abstention:
    """How often each option won, in so many samples in which everybody stayed at home with the same chance."""

    share: Fraction
    samples: int
    wins: Mapping[str | None, int]

    def sentence(self, language: str = "en") -> str:
        won = sorted(self.wins.items(), key=lambda pair: (-pair[1], str(pair[0])))
        told = [f"{option or '-'} {percent(Fraction(many, self.samples), language)}" for option, many in won]
        facts = {"share": percent(self.share, language), "samples": self.samples, "wins": told}
        text = _("Had {share} stayed at home, anybody alike ({samples} samples): {wins}.")
        return Step(text, facts).sentence(language)


def abstention(ballots: Ballots, rule: Rule, seed: str, *, share: Fraction, samples: int = 100) -> Abstention:
    """Counts so many samples; in each of them every voter stays at home with chance `share`, on their own.

    Chance is PCG64 started from SHA-256 of the lines samenraad, abstention, seed and share: the same seed gives the
    same samples, whatever the order of ballots and options. Refuses `tally.samples`.

    >>> from samenraad.methods.tally.ballots import Marked
    >>> from samenraad.methods.tally.rules.plurality import plurality
    >>> votes = Marked.of("ab", [("a", 60), ("b", 40)])
    >>> dict(abstention(votes, lambda b: plurality(b, "goose"), "goose", share=Fraction(1, 10)).wins)
    {'a': 100}
    """
    if samples < 1 or not 0 <= share < 1:
        raise Refusal("tally.samples")
    fixed = ballots.without_strata().with_options(sorted(ballots.options))
    all_kept = _kept(fixed.counts, seed, share, samples)
    found: Counter[str | None] = Counter()
    while batch := list(islice(all_kept, max(1, TOGETHER // max(1, len(fixed.counts))))):
        kept = np.stack(batch)
        pairs = _pairs(fixed, kept)
        found.update(_counted(fixed, rule, one, two).winner for one, two in zip(kept, pairs, strict=True))
    return Abstention(share, samples, found)


@dataclass(frozen=True)
class Without:
    """Per neighbourhood who wins when its ballots are left out."""

    winner: str | None
    winners: Mapping[str, str | None]

    @property
    def others(self) -> dict[str, str | None]:
        """Where that is somebody else."""
        return {place: winner for place, winner in self.winners.items() if winner != self.winner}

    def sentences(self, language: str = "en") -> tuple[str, ...]:
        steps = [
            Step(_("Without {place}: {winner} wins."), {"place": place, "winner": winner})
            for place, winner in self.others.items()
        ]
        if not steps:
            steps = [Step(_("Without any one neighbourhood the winner is the same."))]
        return tuple(step.sentence(language) for step in steps)


def without_each(ballots: Ballots, rule: Rule) -> Without:
    """The count without each neighbourhood in turn. Empty when there are none."""
    winners = {}
    for place, name in enumerate(ballots.strata):
        assert ballots.stratum is not None  # noqa: S101
        winners[name] = rule(ballots.only(ballots.stratum != place).without_strata()).winner
    return Without(rule(ballots.without_strata()).winner, winners)


def _kept(counts: Whole, seed: str, share: Fraction, samples: int) -> Iterator[Whole]:
    """Per sample how many of each column are left."""
    start = int.from_bytes(hashlib.sha256(prefix(seed, "abstention") + str(share).encode()).digest(), "big")
    chance = np.random.PCG64(start)
    home = np.uint64(share * 2**BITS // 1)
    column = np.repeat(np.arange(len(counts)), counts)
    for _sample in range(samples):
        left = column[chance.random_raw(len(column)) >= home]
        yield np.bincount(left, minlength=len(counts)).astype(np.int64)


def _counted(ballots: Ballots, rule: Rule, counts: Whole, pairs: Whole | None) -> Result:
    sample = ballots.with_counts(counts)
    if pairs is not None:
        vars(sample)["pairs"] = pairs
    return rule(sample)


def _pairs(ballots: Ballots, kept: Whole) -> Iterator[Whole | None]:
    """The pairwise counts of all samples at once, for rankings: one product of matrices instead of many sums."""
    if not isinstance(ballots, Ranked):
        yield from [None] * len(kept)
        return
    m = len(ballots.options)
    found = np.zeros((len(kept), m, m), dtype=np.int64)
    exact = np.float32 if ballots.total < EXACT else np.float64  # whole numbers, and sums of them, exact in any order
    some = kept.astype(exact)
    for i in range(m):
        found[:, i, :] = some @ (ballots.rows[i] < ballots.rows).T.astype(exact)
    yield from found
