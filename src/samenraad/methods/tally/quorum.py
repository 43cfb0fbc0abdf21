"""Thresholds: did enough people take part, and do enough of them stand behind the outcome?"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from samenraad.methods.language import _
from samenraad.methods.tally.result import Step, percent
from samenraad.refusals import Refusal


@dataclass(frozen=True)
class Threshold:
    """One threshold: how many there are, out of how many entitled, and what part is asked. All exact."""

    name: str
    count: int
    entitled: int
    asked: Fraction

    @property
    def share(self) -> Fraction:
        return Fraction(self.count, self.entitled)

    @property
    def needed(self) -> int:
        """The smallest number that is enough."""
        return -(-self.asked * self.entitled // 1).__int__()

    @property
    def met(self) -> bool:
        return self.share >= self.asked

    def sentence(self, language: str = "en") -> str:
        shown = {"share": percent(self.share, language), "asked": percent(self.asked, language)}
        facts = {"count": self.count, "entitled": self.entitled, "needed": self.needed, **shown}
        return Step(_SENTENCES[self.name, self.met], facts).sentence(language)


TURNOUT, APPROVAL, REJECTION = "turnout", "approval", "non-rejection"

_SENTENCES = {
    (TURNOUT, True): _(
        "{count} valid ballots of {entitled} people entitled to vote: {share}. At least {asked} was asked: reached."
    ),
    (TURNOUT, False): _(
        "{count} valid ballots of {entitled} people entitled to vote: {share}. At least {asked} was asked ({needed} "
        "ballots): not reached."
    ),
    (APPROVAL, True): _(
        "{count} of {entitled} people entitled to vote are for it: {share}. At least {asked} was asked: reached."
    ),
    (APPROVAL, False): _(
        "{count} of {entitled} people entitled to vote are for it: {share}. At least {asked} was asked ({needed} "
        "people): not reached."
    ),
    (REJECTION, True): _(
        "{count} of {entitled} people entitled to vote did not reject it: {share}. At least {asked} was asked: reached."
    ),
    (REJECTION, False): _(
        "{count} of {entitled} people entitled to vote did not reject it: {share}. At least {asked} was asked "
        "({needed} people): not reached."
    ),
}


def turnout(valid: int, entitled: int, asked: Fraction) -> Threshold:
    """Valid ballots out of everybody on the frozen roll; `asked` is a part, 0 to 1.

    Duiven 2008 (M. Rosema's evaluation): 18,923 entitled, 6,055 valid, 30 per cent expected.

    >>> duiven = turnout(6055, 18923, Fraction(30, 100))
    >>> duiven.met, duiven.needed, percent(duiven.share)
    (True, 5677, '32 %')

    Refuses (`tally.quorum`) more ballots than people, nobody on the roll, or a part outside 0 to 1.
    """
    return _threshold(TURNOUT, valid, entitled, asked)


def approval_quorum(in_favour: int, entitled: int, asked: Fraction) -> Threshold:
    """Votes for the winner out of everybody on the roll: staying at home cannot help to reach it, nor make it fail.

    >>> approval_quorum(4662, 18923, Fraction(25, 100)).met
    False
    """
    return _threshold(APPROVAL, in_favour, entitled, asked)


def non_rejection(against: int, entitled: int, asked: Fraction) -> Threshold:
    """Everybody on the roll who did not vote against it.

    >>> non_rejection(1393, 18923, Fraction(1, 2)).count
    17530
    """
    return _threshold(REJECTION, entitled - against, entitled, asked)


def _threshold(name: str, count: int, entitled: int, asked: Fraction) -> Threshold:
    if not 0 <= count <= entitled or entitled == 0 or not 0 <= asked <= 1:
        raise Refusal("tally.quorum", count=count, entitled=entitled, asked=asked)
    return Threshold(name, count, entitled, Fraction(asked))
