"""How sure is it? Samples in which people stay at home, how many ballots would have to change, and other rules.

What needs whole ballots is computed where whole ballots are: when one option is chosen, and when options are put in
order. Rated and marked ballots were torn into slips, and nobody can put them together again; there only what can be
computed per option is told.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from samenraad.instruments.preferendum.rules.outcome import Votes
from samenraad.methods import tally
from samenraad.methods.tally.catalogue import rule_named
from samenraad.methods.tally.explain.compare import Comparison
from samenraad.methods.tally.explain.margin import Margin

SHARES = (Fraction(1, 10), Fraction(3, 10), Fraction(1, 2))
SAMPLES = 100
WHOLE = ("choose", "rank")


def samples(votes: Votes) -> list[dict[str, Any]]:
    """How often each option won; `""` when there was no winner. Ready for JSON."""
    if votes.ballot not in WHOLE or not votes.ballots:
        return []
    found = [tally.abstention(votes.cast, _rule(votes), votes.seed, share=part, samples=SAMPLES) for part in SHARES]
    return [
        {"share": str(one.share), "samples": one.samples, "wins": {option or "": n for option, n in one.wins.items()}}
        for one in found
    ]


def margin(votes: Votes) -> Margin | None:
    """How many ballots would have to change for another winner."""
    return tally.margin(votes.cast, votes.outcome, _rule(votes)) if votes.ballot in WHOLE and votes.ballots else None


def others(votes: Votes) -> Comparison | None:
    """What other rules choose from the same ballots. Of marks alone no other rule can be counted."""
    if votes.ballot in ("choose", "approve") or not votes.ballots:
        return None
    found = tally.compare(votes.cast, votes.seed)
    if votes.rules["rule"] != "preferendum":
        return found
    return replace(found, results={"preferendum": votes.outcome, **found.results})


def _rule(votes: Votes) -> Any:
    rule = rule_named(votes.rules["rule"], votes.cast)
    return lambda ballots: rule(ballots, votes.seed)
