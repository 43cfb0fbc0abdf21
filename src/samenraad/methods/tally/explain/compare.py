"""Would another rule have chosen otherwise?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from samenraad.methods.language import _
from samenraad.methods.tally.ballots import Ballots, Graded, Marked, Ranked
from samenraad.methods.tally.catalogue import ONE_WINNER, RULES, title
from samenraad.methods.tally.result import Result, Step


@dataclass(frozen=True)
class Comparison:
    """The outcome of every rule that can count these ballots, by its name."""

    results: Mapping[str, Result]

    @property
    def winners(self) -> dict[str, str | None]:
        return {name: result.winner for name, result in self.results.items()}

    def sentences(self, language: str = "en") -> tuple[str, ...]:
        """Per winner which rules choose it, and whether they agree."""
        named = {name: winner for name, winner in self.winners.items() if winner is not None}
        chosen = sorted(set(named.values()), key=lambda one: (-list(named.values()).count(one), one))
        steps = [
            Step(
                _("{winner} wins by: {rules}."),
                {"winner": one, "rules": [title(name) for name, winner in named.items() if winner == one]},
            )
            for one in chosen
        ]
        nobody = [title(name) for name, winner in self.winners.items() if winner is None]
        if nobody:
            steps.append(Step(_("No winner by: {rules}."), {"rules": nobody}))
        last = _("All rules choose the same.") if len(chosen) == 1 else _("Another rule would have chosen otherwise.")
        return tuple(step.sentence(language) for step in (*steps, Step(last)))


def compare(ballots: Ballots, seed: str) -> Comparison:
    """Every rule for one winner that counts this kind of ballots, with its usual settings.

    Grades are also counted as approvals: what stands in the upper half of the scale.

    >>> votes = Ranked.of("abc", [("abc", 4), ("bca", 3), ("cba", 2)])
    >>> compare(votes, "goose").winners["plurality"], compare(votes, "goose").winners["schulze"]
    ('a', 'b')
    """
    ballots = ballots.without_strata()
    if isinstance(ballots, Ranked):
        return Comparison({name: RULES[name](ballots, seed) for name in ONE_WINNER})
    if isinstance(ballots, Graded):
        graded = {name: RULES[name](ballots, seed) for name in ("score", "majority-judgment")}
        return Comparison({**graded, "approval": RULES["approval"](approvals_of(ballots), seed)})
    return Comparison({name: RULES[name](ballots, seed) for name in ("plurality", "approval")})


def approvals_of(ballots: Graded) -> Marked:
    """A mark where the grade is in the upper half of the scale (the middle word of an odd number is not)."""
    rows = (ballots.rows >= (len(ballots.scale) + 1) // 2).astype("int16")
    return Marked(ballots.options, rows, ballots.counts, ballots.strata, ballots.stratum)
