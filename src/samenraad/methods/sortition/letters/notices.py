"""What the organiser of an invitation should know before the letters go out: codes and facts, no sentences.

`sortition.large_share`      so many letters that this is no longer a sample but most of the village (R025)
`sortition.everybody`        a stratum in which everybody gets a letter
`sortition.too_few`          a stratum that is expected to bring fewer acceptors than wanted
`sortition.not_certain`      the wanted certainty is not reached, whatever number of letters
`sortition.relatively_less`  a group that gets fewer letters because others are over-sampled (R033)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import chain

from samenraad.methods.sortition.letters.strata import Notice, Share, label
from samenraad.methods.sortition.pool import Feature

#: from this part of the population on, an invitation is no longer a sample
LARGE_SHARE = Fraction(1, 4)
#: a group is mentioned when over-sampling others costs it more than this part of its letters
NOTICED = Fraction(1, 20)


def notices(shares: Sequence[Share], plain: Sequence[int]) -> tuple[Notice, ...]:
    """All notices, the largest subject first. `plain` is what each stratum would get if no factor were set."""
    return tuple(chain(_large_share(shares), _strata(shares), _relatively_less(shares, plain)))


def _large_share(shares: Sequence[Share]) -> Iterator[Notice]:
    letters = sum(share.letters + share.stratum.sent for share in shares)
    people = sum(share.stratum.people for share in shares)
    if letters >= LARGE_SHARE * people:
        yield Notice(
            "sortition.large_share", {"letters": letters, "people": people, "share": Fraction(letters, people)}
        )


def _strata(shares: Sequence[Share]) -> Iterator[Notice]:
    for share in shares:
        stratum = share.stratum
        facts = {"stratum": stratum.label, "letters": share.letters, "people": stratum.people}
        if 0 < share.letters == stratum.left:
            yield Notice("sortition.everybody", facts)
        bring = stratum.accepted + share.letters * stratum.rate
        if share.wanted - bring > stratum.rate:  # more than the rounding of one letter
            yield Notice("sortition.too_few", {**facts, "expected": float(bring), "wanted": float(share.wanted)})


def _relatively_less(shares: Sequence[Share], plain: Sequence[int]) -> Iterator[Notice]:
    """Per feature value, and for nobody when nothing was over-sampled."""
    if len({share.stratum.factor for share in shares}) < 2:
        return
    for feature in sorted({feature for share in shares for feature in share.stratum.where}):
        before, after = _letters_of(feature, shares, plain)
        if after < before * (1 - NOTICED):
            yield Notice("sortition.relatively_less", {"group": label((feature,)), "before": before, "after": after})


def _letters_of(feature: Feature, shares: Sequence[Share], plain: Sequence[int]) -> tuple[int, int]:
    inside = [(number, share) for number, share in zip(plain, shares, strict=True) if feature in share.stratum.where]
    return sum(number for number, _ in inside), sum(share.letters for _, share in inside)
