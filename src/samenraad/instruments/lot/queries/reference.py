"""What is known of the place: reference figures that groups can be made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst, slugify

from samenraad.instruments.lot.models import Lot
from samenraad.instruments.lot.rules.invented import OF_THE_HOME, is_age, is_gender
from samenraad.instruments.lot.rules.plan import cut_ages
from samenraad.people.models import Place, Population

EDUCATION = ("education", "opleiding", "opleidingsniveau", "onderwijs", "scholing", "diploma")


@dataclass(frozen=True)
class Known:
    """One dimension of the place as it can become a dimension of a lot: name -> (people, first age or None)."""

    key: str
    label: str
    values: Mapping[str, tuple[int, int | None]]
    source: str
    date: date

    @property
    def people(self) -> int:
        return sum(count for count, _age in self.values.values())

    @property
    def is_age(self) -> bool:
        return is_age(self.values)

    @property
    def is_education(self) -> bool:
        return self.key.split("-")[0] in EDUCATION

    @property
    def in_register(self) -> bool:
        """Whether a register usually tells it: age, gender and where somebody lives, but not schooling."""
        return self.is_age or is_gender(self.values) or self.key in OF_THE_HOME


def known(lot: Lot) -> list[Known]:
    """The newest figures of each dimension of the place, without who is too young, and its neighbourhoods."""
    place = lot.step.process.place
    if place is None:
        return []
    own = _newest(Population.objects.filter(place=place))
    found = [_known(name, rows, lot.min_age) for name, rows in own.items()]
    return list({one.key: one for one in (*_places(place, lot.min_age), *reversed(found))}.values())[::-1]


def _newest(figures: object) -> dict[str, list[Population]]:
    """dimension -> the figures of its last day."""
    found: dict[str, list[Population]] = {}
    for one in figures.order_by("dimension", "-date", "id"):  # type: ignore[attr-defined]
        rows = found.setdefault(one.dimension, [])
        if not rows or rows[0].date == one.date:
            rows.append(one)
    return found


def _known(name: str, rows: list[Population], youngest: int) -> Known:
    counts = {row.value: row.count for row in rows}
    values: dict[str, tuple[int, int | None]] = (
        dict(cut_ages(counts, youngest))
        if is_age(counts)
        else {value: (count, None) for value, count in counts.items()}
    )
    return Known(slugify(name)[:40] or "x", capfirst(name), values, rows[0].source, rows[0].date)


def _places(place: Place, youngest: int) -> list[Known]:
    """Neighbourhoods or districts of which the ages are known, each with its people from the lowest age on."""
    below = Population.objects.filter(place__parent=place).select_related("place")
    by_kind: dict[str, dict[str, list[Population]]] = {}
    for one in below.order_by("place__name", "-date", "id"):
        rows = by_kind.setdefault(one.place.kind, {}).setdefault(f"{one.place.name}\n{one.dimension}", [])
        if not rows or rows[0].date == one.date:
            rows.append(one)
    return [made for kind, found in by_kind.items() if (made := _by_place(kind, found, youngest))]


def _by_place(kind: str, found: Mapping[str, list[Population]], youngest: int) -> Known | None:
    ages = {key.split("\n")[0]: rows for key, rows in found.items() if is_age({row.value: 0 for row in rows})}
    if len(ages) < 2:
        return None
    counted = {name: sum(count for count, _low in cut_ages({r.value: r.count for r in rows}, youngest).values())
               for name, rows in ages.items()}  # fmt: skip
    first = next(iter(ages.values()))[0]
    label = capfirst(str(Place.Kind(kind).label))
    return Known(kind, label, {name: (count, None) for name, count in counted.items()}, first.source, first.date)


def education_groups(lot: Lot) -> list[str]:
    """What the groups of schooling are called in this plan, or else in the figures of the place."""
    planned = lot.dimensions.filter(key__in=EDUCATION).prefetch_related("values").first()
    if planned:
        return [value.key for value in planned.values.all()]
    return next((list(one.values) for one in known(lot) if one.is_education), [])


def population(lot: Lot) -> int | None:
    """How many people can get a letter: as the plan counts them, or as the figures of the place do."""
    planned = [
        sum(value.people or 0 for value in dimension.values.all())
        for dimension in lot.dimensions.prefetch_related("values")
    ] if not lot._state.adding else []  # fmt: skip
    figures = [*planned, *(one.people for one in known(lot) if one.is_age)]
    return next((count for count in figures if count), None)
