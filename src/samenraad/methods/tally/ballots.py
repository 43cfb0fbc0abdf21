"""Ballots as numbers: identical ballots are counted once, and their order says nothing.

Three kinds: rankings, grades and marks. A column per different ballot, a row per option; `counts` says how many voters
cast each. The columns stand in a fixed order, so whoever shuffles the ballots gets the same arrays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Self, TypeVar

import numpy as np

from samenraad.refusals import Refusal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Small = NDArray[np.int16]
    Whole = NDArray[np.int64]

Kind = TypeVar("Kind", bound="Ballots")

#: a grade that was not given
BLANK = -1
#: how many options a vote can have
MOST_OPTIONS = 200
#: more voters than this would not be counted exactly
MOST_BALLOTS = 2**40


@dataclass(frozen=True, eq=False)
class Ballots:
    """What the three kinds share. `strata` are names of neighbourhoods, `stratum` the place in it of each column."""

    options: tuple[str, ...]
    rows: Small
    counts: Whole
    strata: tuple[str, ...] = ()
    stratum: Whole | None = None

    @cached_property
    def total(self) -> int:
        """How many ballots there are, blank ones too."""
        return int(self.counts.sum())

    def index(self, option: str) -> int:
        return self.options.index(option)

    def only(self, keep: NDArray[np.bool_]) -> Self:
        """The same vote with only these columns."""
        stratum = None if self.stratum is None else self.stratum[keep]
        return replace(self, rows=self.rows[:, keep], counts=self.counts[keep], stratum=stratum)

    def with_counts(self, counts: Whole) -> Self:
        """The same kinds of ballots, cast by other numbers of voters."""
        return replace(self, counts=counts).only(counts > 0)

    def without_strata(self) -> Self:
        """Neighbourhoods joined: ballots that are now identical are one column."""
        return self if self.stratum is None else merged(replace(self, strata=(), stratum=None))

    def with_options(self, options: Sequence[str]) -> Self:
        """The same ballots with the options in this order."""
        rows = self.rows[[self.index(option) for option in options]]
        return merged(replace(self, options=tuple(options), rows=rows))


@dataclass(frozen=True, eq=False)
class Ranked(Ballots):
    """Rankings. A row holds places: how many options stand above this one on the ballot, so 0 is the top and equals
    share a number; an option that is not ranked has the number of options.

    >>> Ranked.of(["a", "b", "c"], [(["a", "b"], 2), ([["b", "c"]], 1)]).rows.tolist()
    [[0, 3], [1, 0], [3, 0]]
    """

    @classmethod
    def of(cls, options: Iterable[str], ballots: Iterable[tuple[Sequence[str | Sequence[str]], int]]) -> Ranked:
        """From (ranking, number of voters); a ranking goes from the top down, a list within it are equals.

        Refuses `tally.options` and `tally.counts`, and `tally.ranking` a ranking with an option twice or unknown.
        """
        names, cast = checked_options(options), list(ballots)
        raw = np.full((len(names), len(cast)), len(names) + 1, dtype=np.int16)
        for column, (ranking, _count) in enumerate(cast):
            groups = [[group] if isinstance(group, str) else list(group) for group in ranking]
            ranked = [option for group in groups for option in group]
            if len(set(ranked)) < len(ranked) or not set(ranked) <= set(names):
                raise Refusal("tally.ranking", ranking=ranked)
            for place, group in enumerate(groups):
                raw[[names.index(option) for option in group], column] = place
        return merged(cls(names, places(raw, len(names) + 1), checked_counts(count for _ranking, count in cast)))

    @property
    def ranked(self) -> Whole:
        """Per column, how many options are ranked."""
        return np.asarray((self.rows < len(self.options)).sum(axis=0, dtype=np.int64))

    @cached_property
    def valid(self) -> int:
        """Ballots that rank at least one option."""
        return int(self.counts[self.ranked > 0].sum())

    @cached_property
    def pairs(self) -> Whole:
        """Row i, column j: how many voters prefer option i to option j. What is not ranked stands below what is."""
        once = bool((self.counts == 1).all())
        found = np.zeros((len(self.options),) * 2, dtype=np.int64)
        for i, above in enumerate(self.rows):
            for j, below in enumerate(self.rows):
                if i != j:
                    prefer = above < below
                    found[i, j] = np.count_nonzero(prefer) if once else self.counts.sum(where=prefer)
        return found


@dataclass(frozen=True, eq=False)
class Graded(Ballots):
    """Grades. `scale` goes from the worst word to the best; a row holds places in it, -1 where nothing was said.

    >>> Graded.of(["a", "b"], ["no", "yes"], [(["yes", None], 3)]).histogram.tolist()
    [[0, 3], [0, 0]]
    """

    scale: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, options: Iterable[str], scale: Iterable[str], ballots: Iterable[tuple[Sequence[str | None], int]]
    ) -> Graded:
        """From (a word or None for every option, number of voters).

        Refuses `tally.options`, `tally.scale`, `tally.counts`, and `tally.grades` a ballot that does not fit.
        """
        names, words, cast = checked_options(options), checked_scale(scale), list(ballots)
        place: dict[str | None, int] = {None: BLANK, **{word: number for number, word in enumerate(words)}}
        for given, _count in cast:
            if len(given) != len(names) or not set(given) <= place.keys():
                raise Refusal("tally.grades", grades=[str(grade) for grade in given])
        rows = np.array([[place[grade] for grade in given] for given, _count in cast], dtype=np.int16)
        counts = checked_counts(count for _given, count in cast)
        return merged(cls(names, rows.reshape(len(cast), len(names)).T, counts, scale=words))

    @cached_property
    def histogram(self) -> Whole:
        """A row per option: how many voters gave each grade, from the worst to the best."""
        found = np.zeros((len(self.options), len(self.scale)), dtype=np.int64)
        for row, counted in zip(self.rows, found, strict=True):
            for grade in range(len(self.scale)):
                counted[grade] = self.counts.sum(where=row == grade)
        return found


@dataclass(frozen=True, eq=False)
class Marked(Ballots):
    """Marks. A row holds 1 where the option was marked and 0 where it was not.

    >>> Marked.of(["a", "b"], [(["a"], 2), (["a", "b"], 1)]).rows.tolist()
    [[1, 1], [0, 1]]
    """

    @classmethod
    def of(cls, options: Iterable[str], ballots: Iterable[tuple[Iterable[str], int]]) -> Marked:
        """From (the options that are marked, number of voters). Refuses `tally.options`, `tally.counts` and
        `tally.marks` an unknown option."""
        names, cast = checked_options(options), [(set(marks), count) for marks, count in ballots]
        for marks, _count in cast:
            if not marks <= set(names):
                raise Refusal("tally.marks", marks=sorted(marks))
        rows = np.array([[option in marks for marks, _count in cast] for option in names], dtype=np.int16)
        return merged(cls(names, rows, checked_counts(count for _marks, count in cast)))

    @property
    def marks(self) -> Whole:
        """Per column, how many options are marked."""
        return np.asarray(self.rows.sum(axis=0, dtype=np.int64))


def merged(ballots: Kind) -> Kind:
    """Identical ballots as one column, columns in their fixed order."""
    keys = ballots.rows if ballots.stratum is None else np.vstack([ballots.rows, ballots.stratum.astype(np.int16)])
    order = np.lexsort(keys[::-1])
    ordered = keys[:, order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = (ordered[:, 1:] != ordered[:, :-1]).any(axis=0)
    starts = np.flatnonzero(first)
    counts = np.add.reduceat(ballots.counts[order], starts) if len(starts) else ballots.counts
    rows = np.ascontiguousarray(ballots.rows[:, order][:, starts])
    stratum = None if ballots.stratum is None else ballots.stratum[order][starts]
    return replace(ballots, rows=rows, counts=counts, stratum=stratum).only(counts > 0)


def places(raw: Small, unranked: int) -> Small:
    """Any numbering of a ranking, lowest first, as places: how many options stand above this one."""
    found = np.empty_like(raw)
    for option, row in enumerate(raw):
        found[option] = sum((other < row).astype(np.int16) for other in raw)
        found[option][row == unranked] = len(raw)
    return found


def checked_options(options: Iterable[str]) -> tuple[str, ...]:
    """Refuses (`tally.options`) no options, too many, an empty name, or one name twice."""
    names = tuple(options)
    twice = sorted(name for name, times in Counter(names).items() if times > 1 or not name)
    if twice or not 1 <= len(names) <= MOST_OPTIONS:
        raise Refusal("tally.options", most=MOST_OPTIONS, options=len(names), twice=twice)
    return names


def checked_scale(scale: Iterable[str]) -> tuple[str, ...]:
    """Refuses (`tally.scale`) fewer than two words, or one word twice."""
    words = tuple(scale)
    if len(words) < 2 or len(set(words)) < len(words):
        raise Refusal("tally.scale", words=words)
    return words


def checked_counts(counts: Iterable[int]) -> Whole:
    """Refuses (`tally.counts`) numbers of voters below zero, or more together than are counted exactly."""
    numbers = list(counts)
    if any(number < 0 for number in numbers) or sum(numbers) > MOST_BALLOTS:
        raise Refusal("tally.counts", most=MOST_BALLOTS)
    return np.array(numbers, dtype=np.int64)
