"""The fields of a ballot, on the voter's screen and for who types in a sheet of paper: one shape for both.

rate     b-3=4 (the fourth word of the scale), b-3=0 (no opinion), b-3= (left blank); b-priorities=3 and =8, or "3 8"
choose   b-choice=2
approve  b-marks=1 and =3, or "1 3"
rank     b-2=1 (option 2 comes first)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict

from samenraad.instruments.preferendum.rules.ballots import NO_OPINION, Shape
from samenraad.refusals import Refusal

PRIORITIES, MARKS, CHOICE = "b-priorities", "b-marks", "b-choice"


def field(option: str) -> str:
    return f"b-{option}"


def read(shape: Shape, data: QueryDict) -> dict[str, Any]:
    """The choices in these fields. Refuses `preferendum.no_grade`, `preferendum.no_option`, `preferendum.no_place` and
    `preferendum.twice` when somebody typed what is not on the ballot."""
    return _READ[shape.ballot](shape, data)


def grades(shape: Shape, data: QueryDict, options: Iterable[str]) -> dict[str, int | str]:
    """What was said of these options only: a voter gets them page by page."""
    typed = {option: data.get(field(option), "").strip() for option in options}
    return {option: _grade(shape, option, value) for option, value in typed.items() if value}


def _grade(shape: Shape, option: str, typed: str) -> int | str:
    if typed not in [str(number) for number in range(shape.grades + 1)]:
        raise Refusal("preferendum.no_grade", typed=typed[:20], option=option, grades=shape.grades)
    return int(typed) - 1 if typed != "0" else NO_OPINION


def marks(shape: Shape, data: QueryDict, name: str) -> list[str]:
    """The numbers of options, ticked or typed one after another."""
    found = re.findall(r"\w+", " ".join(data.getlist(name)))
    for option in found:
        if option not in shape.options:
            raise Refusal("preferendum.no_option", typed=option[:20])
    return list(dict.fromkeys(found))


def _rated(shape: Shape, data: QueryDict) -> dict[str, Any]:
    return {"grades": grades(shape, data, shape.options), "priorities": marks(shape, data, PRIORITIES)}


def _chosen(shape: Shape, data: QueryDict) -> dict[str, Any]:
    found = marks(shape, data, CHOICE)
    if len(found) > 1:
        raise Refusal("preferendum.too_many", chosen=len(found), most=1)
    return {"choice": "".join(found)}


def _approved(shape: Shape, data: QueryDict) -> dict[str, Any]:
    return {"marks": marks(shape, data, MARKS)}


def _ranked(shape: Shape, data: QueryDict) -> dict[str, Any]:
    places = {option: _place(shape, option, data) for option in shape.options}
    given = [place for place in places.values() if place]
    if len(set(given)) < len(given):
        raise Refusal("preferendum.twice")
    return {"ranking": sorted((option for option in shape.options if places[option]), key=places.__getitem__)}


def _place(shape: Shape, option: str, data: QueryDict) -> int:
    typed = data.get(field(option), "").strip()
    if typed and typed not in [str(number) for number in range(1, len(shape.options) + 1)]:
        raise Refusal("preferendum.no_place", typed=typed[:20], option=option, places=len(shape.options))
    return int(typed or 0)


_READ = {"rate": _rated, "choose": _chosen, "approve": _approved, "rank": _ranked}


def typed(shape: Shape, choices: Mapping[str, Any]) -> dict[str, str]:
    """The other way round: what stands in each field when these are the choices."""
    return _TYPED[shape.ballot](shape, choices)


def _typed_rate(shape: Shape, choices: Mapping[str, Any]) -> dict[str, str]:
    given = choices.get("grades", {})
    keys = {option: "0" if grade == NO_OPINION else str(int(grade) + 1) for option, grade in given.items()}
    return {field(option): key for option, key in keys.items()} | {PRIORITIES: " ".join(choices.get("priorities", []))}


def _typed_rank(shape: Shape, choices: Mapping[str, Any]) -> dict[str, str]:
    return {field(option): str(place) for place, option in enumerate(choices.get("ranking", []), 1)}


_TYPED = {
    "rate": _typed_rate,
    "choose": lambda _shape, choices: {CHOICE: choices.get("choice", "")},
    "approve": lambda _shape, choices: {MARKS: " ".join(choices.get("marks", []))},
    "rank": _typed_rank,
}
