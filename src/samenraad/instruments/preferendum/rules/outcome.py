"""The slips of a vote as the ballots that the mathematics knows, and the rule that counts them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Any

from samenraad.instruments.preferendum.rules.ballots import NO_OPINION
from samenraad.methods import tally
from samenraad.methods.tally.catalogue import rule_named
from samenraad.methods.tally.preferendum.count import Preferendum, Slips

#: (about, value, neighbourhood) -> how many slips say so
Counted = Mapping[tuple[str, str, str], int]


@dataclass(frozen=True)
class Votes:
    """All slips of a vote: `numbers` has per thing how often each answer was given."""

    ballots: int
    rules: Mapping[str, Any]
    numbers: Mapping[str, Mapping[str, int]]
    seed: str

    @property
    def ballot(self) -> str:
        return str(self.rules["ballot"])

    @cached_property
    def options(self) -> tuple[str, ...]:
        return tuple(option["id"] for option in self.rules["options"])

    @cached_property
    def scale(self) -> tuple[str, ...]:
        """Grades by their place: "0" is the worst."""
        return tuple(str(place) for place in range(len(self.rules["scale"])))

    @cached_property
    def expected(self) -> dict[str, int]:
        """What slips are about, and how many of each a ballot gives."""
        if self.ballot == "rate":
            priority = {"priority": self.rules["most"]} if self.rules["most"] else {}
            return {**{f"grade:{option}": 1 for option in self.options}, **priority}
        if self.ballot == "approve":
            return {f"mark:{option}": 1 for option in self.options}
        return {"choice" if self.ballot == "choose" else "ranking": 1}

    def allowed(self, about: str) -> Callable[[str], bool]:
        """Which answers a ballot can give about it."""
        if about.startswith("grade:"):
            return {"", NO_OPINION, *self.scale}.__contains__
        if about.startswith("mark:"):
            return {"", "1"}.__contains__
        if about == "ranking":
            return self._is_ranking
        return {"", *self.options}.__contains__

    def _is_ranking(self, value: str) -> bool:
        ranking = value.split(">") if value else []
        return set(ranking) <= set(self.options) and len(set(ranking)) == len(ranking)

    @cached_property
    def slips(self) -> dict[str, Slips]:
        return {option: self._slips(option) for option in self.options}

    def _slips(self, option: str) -> Slips:
        given = self.numbers.get(f"grade:{option}", {})
        grades = tuple(given.get(grade, 0) for grade in self.scale)
        return Slips(grades, given.get(NO_OPINION, 0), self.numbers.get("priority", {}).get(option, 0))

    @cached_property
    def preferendum(self) -> tally.Result:
        """Every figure of a rated proposal, and the shared priorities in order."""
        counted = Preferendum(self.ballots, self.slips)
        return tally.preferendum(counted, self.seed, preferendum_rules(self.rules))

    @cached_property
    def marked(self) -> dict[str, int]:
        if self.ballot == "choose":
            return {option: self.numbers.get("choice", {}).get(option, 0) for option in self.options}
        return {option: self.numbers.get(f"mark:{option}", {}).get("1", 0) for option in self.options}

    @cached_property
    def rankings(self) -> list[tuple[list[str], int]]:
        given = self.numbers.get("ranking", {})
        return [(ranking.split(">") if ranking else [], n) for ranking, n in sorted(given.items())]

    @cached_property
    def ranked(self) -> tally.Ranked:
        return tally.Ranked.of(self.options, self.rankings)

    @cached_property
    def graded(self) -> tally.Graded:
        """Ballots with these grades per proposal. Which grades stood together nobody knows, and no rule asks."""
        kinds = [[*self.slips[o].grades, self._missing(o)] for o in self.options]
        words = [*self.scale, None]
        cast = [([words[place] for place in column], n) for column, n in together(kinds)]
        return tally.Graded.of(self.options, self.scale, cast)

    def _missing(self, option: str) -> int:
        return self.ballots - self.slips[option].graded

    @cached_property
    def marks(self) -> tally.Marked:
        """Ballots with these marks per option; of a vote for one, the ballots themselves."""
        if self.ballot == "choose":
            blank = self.ballots - sum(self.marked.values())
            return tally.Marked.of(self.options, [*(([o], n) for o, n in self.marked.items()), ([], blank)])
        kinds = [[n, self.ballots - n] for n in self.marked.values()]
        cast = [([o for o, no in zip(self.options, column, strict=True) if not no], n) for column, n in together(kinds)]
        return tally.Marked.of(self.options, cast)

    @property
    def cast(self) -> tally.Graded | tally.Marked | tally.Ranked:
        """What the rules of the mathematics count."""
        if self.ballot == "rank":
            return self.ranked
        return self.graded if self.ballot == "rate" else self.marks

    @cached_property
    def outcome(self) -> tally.Result:
        """By the rule that was fixed."""
        name = self.rules["rule"]
        return self.preferendum if name == "preferendum" else rule_named(name, self.cast)(self.cast, self.seed)


def together(kinds: Sequence[Sequence[int]]) -> list[tuple[list[int], int]]:
    """Columns with a kind per row, and how many of each, so that every row has so many of each of its kinds. Rows are
    laid beside one another sorted; how they are paired means nothing.

    >>> together([[1, 2], [2, 1]])
    [([0, 0], 1), ([1, 0], 1), ([1, 1], 1)]
    """
    ends = [list(accumulate(row)) for row in kinds]
    cuts = sorted({0, *(end for row in ends for end in row)})
    return [
        ([sum(end <= start for end in row) for row in ends], stop - start) for start, stop in pairwise(cuts)
    ]  # fmt: skip


def preferendum_rules(rules: Mapping[str, Any]) -> tally.Rules:
    return tally.Rules(
        scale=tuple(str(place) for place in range(len(rules["scale"]))),
        agreeing=rules["agreeing"],
        priorities=rules["most"],
        threshold=Fraction(rules["threshold"]),
        graded=Fraction(rules["graded"]),
    )
