"""Grades in full: a bar per option, and how far apart people stand. Never the mean alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from samenraad.methods.tally.ballots import Graded
from samenraad.methods.tally.result import percent

#: one per grade, again from the start when there are more
SIGNS = "█▓▒░·▪▫+-~"


@dataclass(frozen=True)
class Bar:
    """The grades of one option: how many gave each word (from the worst), how many none, and what that says."""

    option: str
    scale: tuple[str, ...]
    counts: tuple[int, ...]
    none: int

    @property
    def graded(self) -> int:
        return sum(self.counts)

    @property
    def shares(self) -> tuple[Fraction, ...]:
        """Of those who gave a grade; all 0 when nobody did."""
        return tuple(Fraction(count, self.graded or 1) for count in self.counts)

    @property
    def mean(self) -> Fraction | None:
        return mean_of(self.counts)

    @property
    def polarisation(self) -> Fraction | None:
        return polarisation(self.counts)

    def line(self, width: int = 50) -> str:
        """As text: one sign per so many voters, the worst grade first; widths by largest remainders."""
        return "".join(sign * many for sign, many in zip(_signs(self.scale), widths(self.counts, width), strict=True))

    def sentence(self, language: str = "en") -> str:
        words = ", ".join(
            f"{word} {percent(share, language)}" for word, share in zip(self.scale, self.shares, strict=True)
        )
        return f"{self.option}: {words}"


def bars(ballots: Graded) -> tuple[Bar, ...]:
    """A bar per option.

    >>> bars(Graded.of(["a"], ["no", "yes"], [(["yes"], 3), (["no"], 1)]))[0].line(8)
    '██▓▓▓▓▓▓'
    """
    return tuple(
        Bar(option, ballots.scale, tuple(counts), ballots.total - sum(counts))
        for option, counts in zip(ballots.options, ballots.histogram.tolist(), strict=True)
    )


def mean_of(counts: Sequence[int]) -> Fraction | None:
    """Of grades numbered 0, 1, 2, ...; None when there are none.

    >>> mean_of([1, 0, 1])
    Fraction(1, 1)
    """
    return Fraction(sum(grade * count for grade, count in enumerate(counts)), sum(counts)) if sum(counts) else None


def variance_of(counts: Sequence[int]) -> Fraction | None:
    """The mean squared distance from the mean.

    >>> variance_of([1, 0, 1])
    Fraction(1, 1)
    """
    middle = mean_of(counts)
    if middle is None:
        return None
    return sum((count * (grade - middle) ** 2 for grade, count in enumerate(counts)), Fraction(0)) / sum(counts)


def polarisation(counts: Sequence[int]) -> Fraction | None:
    """The variance as a part of the largest possible one: 0 when all grades are equal, 1 when half of them stand at
    each end.

    >>> polarisation([5, 0, 5]), polarisation([0, 9, 0]), polarisation([1, 1, 1, 1])
    (Fraction(1, 1), Fraction(0, 1), Fraction(5, 9))
    """
    variance = variance_of(counts)
    return None if variance is None else 4 * variance / (len(counts) - 1) ** 2


def spread(shares: Sequence[Fraction]) -> Fraction | None:
    """How far apart neighbourhoods stand: the largest share less the smallest; None with fewer than two."""
    return max(shares) - min(shares) if len(shares) > 1 else None


def widths(counts: Sequence[int], width: int) -> list[int]:
    """So many signs per count, together `width`; the largest remainders get the last signs.

    >>> widths([1, 1, 1], 10)
    [4, 3, 3]
    """
    total = sum(counts)
    if not total:
        return [0] * len(counts)
    made = [count * width // total for count in counts]
    order = sorted(range(len(counts)), key=lambda grade: (-(counts[grade] * width % total), grade))
    for grade in order[: width - sum(made)]:
        made[grade] += 1
    return made


def _signs(scale: Sequence[str]) -> str:
    return (SIGNS * (len(scale) // len(SIGNS) + 1))[: len(scale)]
