"""The rules of a vote in words: what a voter does, how it is counted, when it is clear."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samenraad.instruments.preferendum.models import Rule

_ONE_TO_ONE = _("Every two options are compared: which of the two do more voters put higher?")

#: rule -> sentences
COUNTING: Mapping[str, tuple[str | Promise, ...]] = {
    Rule.PREFERENDUM: (
        _("Of each proposal everybody sees how many agree, and how many find it one of the most important."),
        _("These two stand side by side; they are not mixed into one number."),
        _("What enough people agree with is a shared priority. First comes what most people marked."),
    ),
    Rule.MAJORITY_JUDGMENT: (
        _("Each proposal gets the word in the middle: at least half of the voters find it that good, or better."),
        _("The proposal with the best word wins. With the same word counts who is above it and who is below it."),
    ),
    Rule.PLURALITY: (_("The option with most votes wins."),),
    Rule.APPROVAL: (_("The option that most voters mark wins."),),
    Rule.BORDA: (
        _("The first place gives most points, each next place one less. What was not put in order shares the rest."),
        _("The option with most points wins."),
    ),
    Rule.MODIFIED_BORDA: (
        _("Who puts three options in order gives 3, 2 and 1 point. Who puts one gives 1 point. The rest gets nothing."),
        _("The option with most points wins."),
    ),
    Rule.CONDORCET: (
        _ONE_TO_ONE,
        _("The option that wins from every other one wins the vote. It can happen that there is none."),
    ),
    Rule.SCHULZE: (
        _ONE_TO_ONE,
        _("When they go round in a circle, the chain with the strongest majorities decides (Schulze)."),
    ),
    Rule.RANKED_PAIRS: (
        _ONE_TO_ONE,
        _("The largest majorities count first; one that would make a circle does not count (ranked pairs)."),
    ),
    Rule.MINIMAX: (_ONE_TO_ONE, _("The option whose worst defeat is the smallest wins (minimax).")),
    Rule.IRV: (
        _("First places are counted. The lowest option goes out, and its ballots go to the next one on them."),
        _("That goes on until one option has more than half of the ballots that still count."),
    ),
}


def counting(rules: Mapping[str, Any]) -> tuple[str | Promise, ...]:
    """How it is counted, in two or three sentences."""
    return COUNTING[rules["rule"]]
