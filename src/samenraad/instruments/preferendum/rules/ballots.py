"""What is a valid ballot, and into which slips it is torn.

The choices of a voter:

    rate     {"grades": {"1": 3, "2": "none"}, "priorities": ["1"]}   places in the scale, from 0; "none" is no opinion
    choose   {"choice": "2"}
    approve  {"marks": ["1", "3"]}
    rank     {"ranking": ["2", "1"]}                                  best first; what is left out stands below all

What was not answered is left out. Every ballot of a vote gives the same slips, about the same things.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from samenraad.refusals import Refusal

NO_OPINION = "none"
Answers = list[tuple[str, str]]


@dataclass(frozen=True)
class Shape:
    """The ballot as it was fixed: what is done, with which options, and how many may be marked."""

    ballot: str
    options: tuple[str, ...]
    grades: int = 0
    most: int = 0
    titles: Mapping[str, str] = field(default_factory=dict)

    def clean(self, choices: Mapping[str, Any]) -> dict[str, Any]:
        """The choices and nothing else. Refuses `preferendum.too_many`, and `preferendum.ballot` what no page of ours
        sends."""
        return _CLEAN[self.ballot](self, choices)

    def answers(self, choices: Mapping[str, Any]) -> Answers:
        return _TEAR[self.ballot](self, choices)


def usual_most(ballot: str, options: int) -> int:
    """How many may be marked when nobody says: a quarter of the proposals and at most 5 priorities, or all of them.

    >>> usual_most("rate", 30), usual_most("rate", 8), usual_most("approve", 4)
    (5, 2, 4)
    """
    return min(5, -(-options // 4)) if ballot == "rate" else options


def _rated(shape: Shape, choices: Mapping[str, Any]) -> dict[str, Any]:
    given = choices.get("grades") or {}
    allowed = {NO_OPINION, *range(shape.grades)}
    if not isinstance(given, Mapping) or not set(given) <= set(shape.options):
        raise Refusal("preferendum.ballot")
    if any(
        isinstance(grade, bool) or not isinstance(grade, int | str) or grade not in allowed for grade in given.values()
    ):
        raise Refusal("preferendum.ballot")
    grades = {option: given[option] for option in shape.options if option in given}
    return {"grades": grades, "priorities": _marks(shape, choices.get("priorities"))}


def _chosen(shape: Shape, choices: Mapping[str, Any]) -> dict[str, Any]:
    choice = choices.get("choice") or ""
    if choice and choice not in shape.options:
        raise Refusal("preferendum.ballot")
    return {"choice": choice}


def _approved(shape: Shape, choices: Mapping[str, Any]) -> dict[str, Any]:
    return {"marks": _marks(shape, choices.get("marks"))}


def _ranked(shape: Shape, choices: Mapping[str, Any]) -> dict[str, Any]:
    ranking = _known(shape, choices.get("ranking"))
    if len(set(ranking)) < len(ranking):
        raise Refusal("preferendum.twice")
    return {"ranking": ranking}


def _marks(shape: Shape, given: Any) -> list[str]:
    marks = set(_known(shape, given))
    if len(marks) > shape.most:
        raise Refusal("preferendum.too_many", chosen=len(marks), most=shape.most)
    return [option for option in shape.options if option in marks]


def _known(shape: Shape, given: Any) -> list[str]:
    options = given or []
    if not isinstance(options, Sequence) or isinstance(options, str) or not set(options) <= set(shape.options):
        raise Refusal("preferendum.ballot")
    return list(options)


def _tear_rated(shape: Shape, choices: Mapping[str, Any]) -> Answers:
    grades, marked = choices["grades"], list(choices["priorities"])
    slips = [(f"grade:{option}", str(grades.get(option, ""))) for option in shape.options]
    return slips + [("priority", option) for option in (*marked, *[""] * (shape.most - len(marked)))]


def _tear_chosen(shape: Shape, choices: Mapping[str, Any]) -> Answers:
    return [("choice", choices["choice"])]


def _tear_approved(shape: Shape, choices: Mapping[str, Any]) -> Answers:
    return [(f"mark:{option}", "1" if option in choices["marks"] else "") for option in shape.options]


def _tear_ranked(shape: Shape, choices: Mapping[str, Any]) -> Answers:
    return [("ranking", ">".join(choices["ranking"]))]


_CLEAN = {"rate": _rated, "choose": _chosen, "approve": _approved, "rank": _ranked}
_TEAR = {"rate": _tear_rated, "choose": _tear_chosen, "approve": _tear_approved, "rank": _tear_ranked}
