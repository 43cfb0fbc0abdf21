"""Can the seats be filled? Looked at while one types: in the pool as it is, or in one that is invented beforehand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from samenraad.instruments.lot.models import Lot, Value
from samenraad.instruments.lot.queries.pool import dimensions
from samenraad.instruments.lot.queries.pool import pool as real_pool
from samenraad.instruments.lot.rules.invented import people, replies, usual_rates
from samenraad.methods.sortition.feasibility.examination import Examination, examine
from samenraad.methods.sortition.pool import Candidate, Feature, Pool, Quota, Quotas

#: value -> (at least, at most)
Limits = Mapping[int, tuple[int | None, int | None]]
#: people who say yes for each seat, when nobody knows better
PER_SEAT = 4
#: of so many invented people the pool is made
MOST_INVENTED = 60_000
RATE = 0.1


@dataclass(frozen=True)
class Way:
    """One change that would help: a sentence, and the limits with it."""

    number: int
    sentence: str
    limits: Limits


@dataclass(frozen=True)
class Check:
    """What was found. `forecast` when the people were invented; `unknown` people lack an answer and are not counted;
    `lacking` seats fall outside the limits at the least."""

    forecast: bool
    people: int
    unknown: int
    feasible: bool
    conflict: str
    lacking: int
    ways: tuple[Way, ...]
    others: tuple[str, ...]
    excluded: tuple[str, ...]


class Names:
    """Groups under the names that people read, and the way back."""

    def __init__(self, lot: Lot) -> None:
        self.dimensions = [one for one in dimensions(lot) if one.has_quotas]
        self.names: dict[Feature, Feature] = {}
        self.values: dict[Feature, Value] = {}
        for dimension in self.dimensions:
            category = _unlike(str(dimension.label), dimension.key, [str(one.label) for one in self.dimensions])
            own = list(dimension.values.all())
            for value in own:
                name = _unlike(str(value.label), value.key, [str(one.label) for one in own])
                self.names[dimension.key, value.key] = category, name
                self.values[category, name] = value

    def quotas(self, limits: Limits) -> Quotas:
        found = {feature: limits.get(value.pk, (None, None)) for feature, value in self.values.items()}
        return Quotas(
            tuple(
                Quota((feature,), least, most)
                for feature, (least, most) in found.items()
                if least is not None and most is not None
            )
        )

    def limits(self, quotas: Quotas) -> Limits:
        return {self.values[quota.where[0]].pk: (quota.min, quota.max) for quota in quotas}

    def told(self, candidate: Candidate) -> Candidate | None:
        """Under names that one reads; None when one of the answers is not known."""
        named = [self.names.get(feature) for feature in candidate.features.items()]
        features = dict(name for name in named if name)
        complete = len(features) == len(self.dimensions)
        return Candidate(candidate.id, features, candidate.household) if complete else None

    @property
    def groups(self) -> dict[str, dict[str, int]]:
        """How many live in the town; where that is not known, as if all groups are as large."""
        found: dict[str, dict[str, int]] = {}
        for (category, name), value in self.values.items():
            found.setdefault(category, {})[name] = value.people or 0
        return {one: values if any(values.values()) else dict.fromkeys(values, 1) for one, values in found.items()}

    @property
    def rates(self) -> dict[str, dict[str, float]]:
        found = usual_rates(self.groups, RATE)
        for (category, name), value in self.values.items():
            if value.rate:
                found.setdefault(category, {})[name] = min(0.9, value.rate)
        return found


def _unlike(label: str, key: str, all_of_them: Sequence[str]) -> str:
    return label if label and all_of_them.count(label) == 1 else key


def limits_of(lot: Lot) -> Limits:
    """As they stand in the plan."""
    return {value.pk: (value.least, value.most) for dimension in dimensions(lot) for value in dimension.values.all()}


def check(lot: Lot, limits: Limits, expected: int | None = None) -> Check | None:
    """None when there is nothing to look at yet: no seats, or no limits."""
    names = Names(lot)
    quotas = names.quotas(limits)
    if not lot.seats or not quotas.quotas:
        return None
    came = list(real_pool(lot).candidates)
    found = [told for one in came if (told := names.told(one))]
    forecast = not found
    if forecast:
        found = invented(names, expected or lot.seats * PER_SEAT)
    looked = examine(Pool(tuple(found)), quotas, lot.seats)
    unknown = 0 if forecast else len(came) - len(found)
    return _told(looked, names, limits, forecast, unknown)


def _told(looked: Examination, names: Names, limits: Limits, forecast: bool, unknown: int) -> Check:
    language = (get_language() or "nl")[:2]
    ways = tuple(
        Way(number, repair.sentence(language), {**limits, **names.limits(repair.apply(looked.quotas))})
        for number, repair in enumerate(looked.repairs)
    )
    others = [one.sentence(language) for one in looked.other_seats]
    others += [looked.more_people.sentence(language)] if looked.more_people else []
    return Check(
        forecast=forecast,
        people=len(looked.pool),
        unknown=unknown,
        feasible=looked.feasible,
        conflict=looked.conflict.sentence(language) if looked.conflict else "",
        lacking=_lacking(looked),
        ways=ways,
        others=tuple(others),
        excluded=() if forecast else tuple(one.sentence(language) for one in looked.excluded),
    )


def _lacking(looked: Examination) -> int:
    too_few = max(0, looked.problem.seats - len(looked.pool))
    return too_few or (looked.repairs[0].seats if looked.repairs else 0)


def invented(names: Names, yes: int) -> list[Candidate]:
    """So many people who say yes, as letters usually bring them."""
    number = min(MOST_INVENTED, max(200, round(yes / RATE)))
    rows = list(people(number, names.groups, "forecast", with_households=False))
    said = replies(rows, names.rates, "forecast", overall=RATE, yes=min(yes, number))
    features = {one.id: one.features for one in rows}
    return [Candidate(one.id, features[one.id]) for one in said if one.reply == "yes"]
