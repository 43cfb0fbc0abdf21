"""What the organiser wishes, as options or as a small JSON file, turned into a plan for the strata of a register.

    {"seats": 40, "certainty": 0.95, "rate": 0.05,
     "rates": {"age": {"16-24": 0.02}}, "factors": {"district": {"North": 1.5}}, "limit": 3,
     "strata": [{"district": "North", "age": "16-24", "sent": 300, "accepted": 4}]}

`letters` or `seats`, `per_seat`, `certainty`, `limit` and `confidence` are those of `letter_plan`. `rate` is the
response of everybody, known as well as from `strength` letters; `rates` are those of some groups, combined by their
odds; `factors` over-sample groups, and are multiplied. In `strata` a stratum says how many `letters` it gets (then all
do), or how many had a letter and accepted in an earlier round, from which rates are learned.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from math import isfinite, prod
from pathlib import Path
from typing import Any

from samenraad.methods.files.tables import fold
from samenraad.methods.sortition.letters.how_many import LetterPlan, letter_plan
from samenraad.methods.sortition.letters.response import ASSUMED, Response, combined, learn
from samenraad.methods.sortition.letters.strata import Stratum, label
from samenraad.methods.sortition.pool import Feature
from samenraad.refusals import Refusal

Where = tuple[Feature, ...]

#: the response that is assumed when nobody says better; Dutch and Belgian rounds had 4 to 14 %
RATE = 0.05
_COUNTS = ("letters", "sent", "accepted")


@dataclass(frozen=True)
class Wishes:
    """See the top of this module. `strata` holds per stratum the counts that were given."""

    letters: int | None = None
    seats: int | None = None
    per_seat: float = 1.0
    certainty: float | None = None
    limit: float | None = None
    confidence: float = 0.95
    rate: float = RATE
    strength: float = ASSUMED
    rates: Mapping[Feature, float] = field(default_factory=dict)
    factors: Mapping[Feature, float] = field(default_factory=dict)
    strata: Mapping[Where, Mapping[str, int]] = field(default_factory=dict)


def read_wishes(path: str | Path) -> Wishes:
    """The wishes in a JSON file. Refuses `sortition.plan_file` (no JSON, not there) and `sortition.plan_values`, with
    the names of all values that are unknown or not what they should be."""
    try:
        told = json.loads(Path(path).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise Refusal("sortition.plan_file", file=Path(path).name) from error
    if not isinstance(told, dict):
        raise Refusal("sortition.plan_file", file=Path(path).name)
    found, wrong = {}, []
    for name, value in told.items():
        try:
            found[name] = _READERS[name](value)
        except (KeyError, TypeError, ValueError, AttributeError):
            wrong.append(name)
    if wrong:
        known = [one.name for one in fields(Wishes)]
        raise Refusal("sortition.plan_values", file=Path(path).name, names=wrong, known=known)
    return Wishes(**found)


def plan_for(people: Mapping[Where, int], wishes: Wishes, earlier: Mapping[Where, int] | None = None) -> LetterPlan:
    """The plan for strata of so many people, of whom `earlier` had a letter.

    Refuses `sortition.plan_unknown` groups that nobody is in (a slip of the pen would go unseen), and what
    `letter_plan` refuses.
    """
    spelled = {fold(label(where)): where for where in people}
    spelled |= {fold(label((feature,))): (feature,) for where in people for feature in where}
    groups = [(feature,) for feature in (*wishes.rates, *wishes.factors)]
    unknown = sorted({label(where) for where in (*groups, *wishes.strata) if fold(label(where)) not in spelled})
    if unknown:
        raise Refusal("sortition.plan_unknown", groups=unknown)
    given = {spelled[fold(label(where))]: counts for where, counts in wishes.strata.items()}
    rates = {spelled[fold(label((feature,)))][0]: rate for feature, rate in wishes.rates.items()}
    factors = {spelled[fold(label((feature,)))][0]: factor for feature, factor in wishes.factors.items()}
    responses = _responses(people, wishes, rates, given)
    strata = [
        _stratum(where, number, responses[where], factors, given.get(where, {}), earlier)
        for where, number in people.items()
    ]
    fixed = {where: counts["letters"] for where, counts in given.items() if "letters" in counts}
    return letter_plan(
        strata,
        seats=wishes.seats,
        letters=wishes.letters,
        fixed=fixed or None,
        per_seat=wishes.per_seat,
        certainty=wishes.certainty,
        limit=wishes.limit,
        confidence=wishes.confidence,
    )


def _stratum(
    where: Where,
    people: int,
    response: Response,
    factors: Mapping[Feature, float],
    given: Mapping[str, int],
    earlier: Mapping[Where, int] | None,
) -> Stratum:
    factor = prod(factors.get(feature, 1.0) for feature in where)
    sent = min(people, given.get("sent", 0) if earlier is None else earlier[where])
    return Stratum(where, people, response, factor, sent, min(given.get("accepted", 0), sent))


def _responses(
    people: Mapping[Where, int],
    wishes: Wishes,
    rates: Mapping[Feature, float],
    given: Mapping[Where, Mapping[str, int]],
) -> dict[Where, Response]:
    """Learned where an earlier round is given, else assumed."""
    sent = {where: counts.get("sent", 0) for where, counts in given.items()}
    if any(sent.values()):
        accepted = {where: counts.get("accepted", 0) for where, counts in given.items()}
        return learn({where: sent.get(where, 0) for where in people}, accepted, wishes.strength)
    if not rates:
        return {where: Response(wishes.rate, wishes.strength) for where in people}
    return {where: Response(combined(wishes.rate, rates, where), wishes.strength) for where in people}


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(value)
    return value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value) or value <= 0:
        raise ValueError(value)
    return value


def _by_feature(value: Any) -> dict[Feature, float]:
    return {(category, name): _number(number) for category, values in value.items() for name, number in values.items()}


def _by_stratum(value: Any) -> dict[Where, dict[str, int]]:
    made = {}
    for row in value:
        where = tuple(sorted((str(name), str(text)) for name, text in row.items() if name not in _COUNTS))
        if where in made:
            raise ValueError(where)
        made[where] = {name: _count(row[name]) for name in _COUNTS if name in row}
    return made


_READERS: dict[str, Callable[[Any], Any]] = {
    "letters": _count,
    "seats": _count,
    "per_seat": _number,
    "certainty": _number,
    "limit": _number,
    "confidence": _number,
    "rate": _number,
    "strength": _number,
    "rates": _by_feature,
    "factors": _by_feature,
    "strata": _by_stratum,
}
