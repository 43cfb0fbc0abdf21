"""The official result as it was counted, read for figures and for the verdict on each goal (R277)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from samenraad.ballots.models import Vote
from samenraad.followup.models import Answer
from samenraad.instruments.preferendum.models import Indicator
from samenraad.instruments.preferendum.rules.quorums import chosen, in_favour
from samenraad.texts import Translated, translated
from samenraad.ui.formats import percent

#: without a number said beforehand, more than half of the voters stand behind what was chosen
USUAL_PREFERENCE = Fraction(1, 2)


def outcome(vote: Vote | None) -> dict[str, Any]:
    """result.json, or nothing before the count."""
    found: dict[str, Any] = json.loads(vote.result) if vote and vote.result else {}
    return found


def rows_of(vote: Vote) -> Iterator[tuple[str, str, str, str]]:
    """Every figure of every option, one on a line."""
    titles = {option["id"]: option["title"] for option in vote.rules["options"]}
    for option, row in outcome(vote).get("options", {}).items():
        for name, value in _flat(row):
            yield option, titles.get(option, ""), name, str(value)


def _flat(row: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in row.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{name}.")
        elif isinstance(value, list):
            yield from ((f"{before}{name}.{place}", one) for place, one in enumerate(value))
        else:
            yield f"{before}{name}", "" if value is None else value


@dataclass(frozen=True)
class Verdict:
    """Whether a goal was reached, and on what evidence. `state` is adopted, rejected, waiting or planned."""

    goal: Translated
    measured_by: str
    state: str
    word: str
    evidence: str


def verdicts(vote: Vote) -> list[Verdict]:
    """One for each goal, as it was said before the vote how one would see it."""
    result = outcome(vote)
    return [_verdict(vote, goal, result) for goal in vote.rules.get("goals", ())] if result else []


def _verdict(vote: Vote, goal: Mapping[str, Any], result: Mapping[str, Any]) -> Verdict:
    asked = Fraction(goal["least"], 100) if goal.get("least") is not None else None
    judge = {Indicator.TURNOUT: _turnout, Indicator.PREFERENCE: _preference, Indicator.COUNCIL: _council}
    state, evidence = judge.get(goal.get("indicator", ""), _other)(vote, result, asked)
    words = {"adopted": _("reached"), "rejected": _("not reached"), "waiting": _("not known yet")}
    return Verdict(translated(goal["text"]), goal.get("measured_by", ""), state, words[state], evidence)


def _turnout(vote: Vote, result: Mapping[str, Any], asked: Fraction | None) -> tuple[str, str]:
    facts = result["quorums"]["turnout"]
    share = Fraction(facts["share"])
    needed = asked if asked is not None else Fraction(vote.rules["expected"] or 0)
    text = _("{share} of everybody on the list voted; {needed} was expected.")
    return _met(share >= needed), text.format(share=percent(float(share)), needed=percent(float(needed)))


def _preference(vote: Vote, result: Mapping[str, Any], asked: Fraction | None) -> tuple[str, str]:
    found = chosen(result)
    if not found or not result["ballots"]:
        return "rejected", _("No option stands out.")
    share = Fraction(in_favour(result, vote.rules, found[0]), result["ballots"])
    needed = asked if asked is not None else USUAL_PREFERENCE
    text = _("{share} of the ballots are for “{title}”; {needed} was asked.")
    title = next(option["title"] for option in vote.rules["options"] if option["id"] == found[0])
    return _met(share >= needed), text.format(
        share=percent(float(share)), title=title, needed=percent(float(needed))
    )  # fmt: skip


def _council(vote: Vote, result: Mapping[str, Any], asked: Fraction | None) -> tuple[str, str]:
    """Only answers that are public."""
    answers = Answer.objects.filter(item__proposal__step=vote.step, item__handover__answered_at__isnull=False)
    given = list(answers.filter(item__proposal__number__in=chosen(result)).values_list("decision", flat=True))
    if not given:
        return "waiting", _("The council has not answered yet.")
    adopted = sum(one == Answer.Decision.ADOPTED for one in given)
    if len(given) == 1:
        return _met(bool(adopted)), _("The council adopted it.") if adopted else _("The council did not adopt it.")
    text = _("The council adopted {adopted} of {count}.").format(adopted=adopted, count=len(given))
    return _met(adopted == len(given)), text


def _other(vote: Vote, result: Mapping[str, Any], asked: Fraction | None) -> tuple[str, str]:
    return "waiting", _("It is judged in the evaluation.")


def _met(yes: bool) -> str:
    return "adopted" if yes else "rejected"
