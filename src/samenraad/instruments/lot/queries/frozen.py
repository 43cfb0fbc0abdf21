"""The rules of a lot as one text: shown before they freeze, published once they have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from samenraad.instruments.lot.models import Dimension, Lot, Value
from samenraad.instruments.lot.queries.groups import sums
from samenraad.instruments.lot.queries.pool import dimensions
from samenraad.instruments.lot.rules.draw import PANELS
from samenraad.instruments.lot.rules.plan import Sum, margin_points
from samenraad.methods.sortition.draw.publication import canonical, digest
from samenraad.processes.gates import passed
from samenraad.processes.queries import current
from samenraad.refusals import Refusal
from samenraad.texts import translated

FORMAT = "samenraad lot 1"
Facts = dict[str, Any]


def facts(lot: Lot, day: datetime) -> Facts:
    """All that decides, with nothing in it that says who somebody is. JSON writes it the same way everywhere."""
    promise = current(lot.step.process)
    return {
        "format": FORMAT,
        "lot": dict(lot.step.title),
        "process": dict(lot.step.process.title),
        "frozen": timezone.localtime(day).date().isoformat(),
        "promise": {"version": promise.version, "sha256": promise.digest} if promise else None,
        "seats": lot.seats,
        "ages": {"lowest": lot.min_age, "on": lot.age_on.isoformat() if lot.age_on else None},
        "addresses": {"one_letter_one_seat": lot.one_per_address, "equal": lot.equal},
        "draw": _draw(lot),
        "dimensions": [_dimension(one) for one in dimensions(lot)],
    }


def _draw(lot: Lot) -> Facts:
    beacon = lot.chance == Lot.Chance.BEACON
    return {
        "method": "leximin",
        "panels": PANELS,
        "decides": lot.chance,
        "beacon": {"source": lot.beacon_source, "round": lot.beacon_round} if beacon else None,
        "when": timezone.localtime(lot.draw_at).isoformat(timespec="minutes") if lot.draw_at else None,
        "where": lot.draw_where,
    }


def _dimension(dimension: Dimension) -> Facts:
    values = list(dimension.values.all())
    people = sum(value.people or 0 for value in values)
    return {
        "key": dimension.key,
        "label": dict(dimension.label),
        "decides": dimension.has_quotas,
        "known_from": dimension.source,
        "question": dimension.question.key if dimension.question else None,
        "source": dimension.figures_source,
        "date": dimension.figures_date.isoformat() if dimension.figures_date else None,
        "people": people or None,
        "groups": [_group(value, dimension.has_quotas) for value in values],
    }


def _group(value: Value, decides: bool) -> Facts:
    return {
        "key": value.key,
        "label": dict(value.label),
        "people": value.people,
        "at_least": value.least if decides else None,
        "at_most": value.most if decides else None,
        "letters_times": f"{value.factor:g}",
        "letters_reason": value.factor_reason,
    }


def text(rules: Facts) -> str:
    """As it is downloaded and hashed."""
    return canonical(rules)


def fingerprint(rules: Facts) -> str:
    return digest(canonical(rules))


@dataclass(frozen=True)
class Shown:
    """The rules ready to be printed. `sha256` is computed from them now, not read from anywhere."""

    rules: Facts
    sha256: str

    @property
    def dimensions(self) -> Sequence[Facts]:
        return [_readable(one) for one in self.rules["dimensions"]]

    @property
    def age_on(self) -> date | None:
        day = self.rules["ages"]["on"]
        return date.fromisoformat(day) if day else None

    @property
    def when(self) -> datetime | None:
        """The moment of the draw as it was announced; when it moved since, the page of the draw says so."""
        moment = self.rules["draw"]["when"]
        return datetime.fromisoformat(moment) if moment else None

    @property
    def points(self) -> int | None:
        """How far percentages about all residents may lie off (R027)."""
        return margin_points(self.rules["seats"]) if self.rules["seats"] else None

    @property
    def deciding(self) -> Sequence[Facts]:
        return [one for one in self.dimensions if one["decides"]]

    @property
    def measured(self) -> Sequence[Facts]:
        return [one for one in self.dimensions if not one["decides"]]

    @property
    def more_letters(self) -> Sequence[Facts]:
        """Groups that get more or fewer letters than their share, on purpose (R032)."""
        return [group for one in self.dimensions for group in one["groups"] if group["letters_times"] != "1"]


def _readable(one: Facts) -> Facts:
    day = date.fromisoformat(one["date"]) if one["date"] else None
    groups = [_group_shown(group, one["people"]) for group in one["groups"]]
    return {**one, "label": translated(one["label"]), "date": day, "groups": groups}


def _group_shown(group: Facts, people: int | None) -> Facts:
    share = group["people"] / people if people and group["people"] is not None else None
    return {**group, "label": translated(group["label"]), "share": share, "times": float(group["letters_times"])}


def shown(rules: Facts) -> Shown:
    return Shown(rules, fingerprint(rules))


def missing(lot: Lot) -> list[Refusal]:
    """What stands in the way of freezing, each with what can be done."""
    found = []
    if not all(passed(lot.step.process, gate) for gate in (1, 2, 3)):
        found.append(Refusal("lot.no_promise"))
    if not lot.seats:
        return [*found, Refusal("lot.no_seats")]
    if not _has_quotas(lot):
        found.append(Refusal("lot.no_quotas"))
    found += [_sum(one) for one in sums(lot)]
    if lot.chance == Lot.Chance.BEACON and not (lot.beacon_source and lot.beacon_round):
        found.append(Refusal("lot.beacon_unnamed"))
    return found + _not_asked(lot)


def left_open(lot: Lot) -> list[str]:
    """What may be left out and is better said, for after freezing it cannot be."""
    said = [
        (lot.draw_at, _("No moment of the draw: people cannot come and look.")),
        (lot.draw_where, _("No place of the draw.")),
        (lot.age_on, _("No day on which the age counts: it will be the day of the letters.")),
    ]
    return [sentence for value, sentence in said if not value]


def _has_quotas(lot: Lot) -> bool:
    own = Value.objects.filter(dimension__lot_id=lot.pk, dimension__has_quotas=True)
    return bool(own.exclude(least=None).aggregate(most=Max("most"))["most"])


def _sum(one: Sum) -> Refusal:
    code = "lot.least_too_high" if one.side == "min" else "lot.most_too_low"
    return Refusal(code, dimension=one.dimension, total=one.total, seats=one.seats)


def _not_asked(lot: Lot) -> list[Refusal]:
    asked = set(lot.questionnaire.items.values_list("question", flat=True)) if lot.questionnaire else set()
    return [
        Refusal("lot.question_elsewhere", dimension=str(one.label))
        for one in dimensions(lot)
        if one.question_id and one.question_id not in asked
    ]
