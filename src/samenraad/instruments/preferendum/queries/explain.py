"""The result in sentences: how it came about, whether another rule would have chosen otherwise, how close it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samenraad.instruments.preferendum.rules import robust
from samenraad.instruments.preferendum.rules.outcome import Votes
from samenraad.methods.tally import Step
from samenraad.methods.tally.explain.abstention import Abstention
from samenraad.methods.tally.explain.compare import Comparison
from samenraad.texts import translated

Titles = Mapping[str, str]


def votes_again(result: Mapping[str, Any], rules: Mapping[str, Any]) -> Votes:
    """The ballots as numbers, out of the result: it says all that was counted."""
    return Votes(result["ballots"], rules, dict(_numbers(result)), result["seed"])


def _numbers(result: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    rows, ballots = result["options"], result["ballots"]
    if result["ballot"] == "rank":
        return {"ranking": {**result["rankings"], "": result["blank"]}}
    if result["ballot"] == "choose":
        return {"choice": {**{option: row["votes"] for option, row in rows.items()}, "": result["blank"]}}
    if result["ballot"] == "approve":
        return {f"mark:{o}": {"1": row["approvals"], "": ballots - row["approvals"]} for o, row in rows.items()}
    grades = {
        f"grade:{option}": {**{str(place): n for place, n in enumerate(row["grades"])}, "none": row["no_opinion"]}
        for option, row in rows.items()
    }
    return {**grades, "priority": {option: row["priority"] for option, row in rows.items()}}


def language() -> str:
    return (get_language() or "en").split("-")[0]


def trace(votes: Votes, titles: Titles) -> list[str]:
    """How it came about, step by step."""
    words = {str(place): str(translated(word)) for place, word in enumerate(votes.rules["scale"])}
    return [_named(step, titles, words).sentence(language()) for step in votes.outcome.trace]


def _named(step: Step, titles: Titles, words: Titles) -> Step:
    """With the titles of the options instead of their numbers, and the words of the scale."""
    facts = {name: _name(fact, words if name == "grade" else titles) for name, fact in step.facts.items()}
    return Step(step.text, facts)


def _name(fact: object, names: Titles) -> object:
    if isinstance(fact, tuple | list):
        return tuple(_name(one, names) for one in fact)
    if isinstance(fact, str):
        return names.get(str(fact), fact)
    return fact


def other_rules(votes: Votes, titles: Titles) -> list[str]:
    """Who wins by which rule."""
    found = robust.others(votes)
    if found is None:
        return []
    named = {
        name: replace(one, winner=titles.get(one.winner, one.winner) if one.winner else None)
        for name, one in found.results.items()
    }
    return list(Comparison(named).sentences(language()))


def how_close(votes: Votes, titles: Titles) -> str:
    """How many ballots would have to change."""
    found = robust.margin(votes)
    if found is None:
        return ""
    rival = titles.get(found.rival, found.rival) if found.rival else None
    named = replace(found, winner=titles.get(found.winner, found.winner), rival=rival)
    return str(named.sentence(language()))


def stayed_home(explained: Mapping[str, Any], titles: Titles) -> list[str]:
    """A sentence per share of people who stay at home."""
    nobody = _("nobody")
    return [
        Abstention(
            Fraction(one["share"]), one["samples"], {titles.get(o, nobody): n for o, n in one["wins"].items()}
        ).sentence(language())
        for one in explained.get("samples", ())
    ]


def without_each(explained: Mapping[str, Any], now: list[str], titles: Titles) -> list[str]:
    """Where leaving out a neighbourhood changes what is chosen."""
    without = explained.get("without", {})
    told = []
    for area, then in without.items():
        more = [titles[one] for one in then if one not in now]
        less = [titles[one] for one in now if one not in then]
        if more or less:
            told.append(_changed(area_name(area), more, less))
    if without and not told:
        return [_("Without any one neighbourhood the same is chosen.")]
    return told


def _changed(area: str, more: list[str], less: list[str]) -> str:
    parts = [_("Without {area} something else is chosen.").format(area=area)]
    if more:
        parts.append(_("Then this is chosen too: {titles}.").format(titles=", ".join(more)))
    if less:
        parts.append(_("Then this is no longer chosen: {titles}.").format(titles=", ".join(less)))
    return " ".join(parts)


def area_name(area: str) -> str:
    """Small neighbourhoods stand together under no name."""
    return area or _("other neighbourhoods")
