"""What is put to the vote, and how it is counted."""

from samenraad.instruments.preferendum.models.question import (
    BALLOTS_OF,
    MOST_OPTIONS,
    MOST_RANKED,
    Ballot,
    Indicator,
    Option,
    Preferendum,
    Rule,
    Standing,
)

__all__ = [
    "BALLOTS_OF",
    "MOST_OPTIONS",
    "MOST_RANKED",
    "Ballot",
    "Indicator",
    "Option",
    "Preferendum",
    "Rule",
    "Standing",
]
