"""The groups as pages and gates want them: shares, seats, who came, and which group stayed away."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from samenraad.instruments.lot.models import Dimension, Lot, Value
from samenraad.instruments.lot.queries.pool import accepted, dimensions, features
from samenraad.instruments.lot.rules.plan import Sum, proposed, wrong_sums


@dataclass(frozen=True)
class Row:
    """One group: its part of the town, and that part of the seats."""

    value: Value
    share: float | None
    exact: float | None


@dataclass(frozen=True)
class Table:
    dimension: Dimension
    rows: tuple[Row, ...]
    people: int

    @property
    def least(self) -> int:
        return sum(row.value.least or 0 for row in self.rows)

    @property
    def most(self) -> int:
        return sum(row.value.most or 0 for row in self.rows)


def tables(lot: Lot) -> list[Table]:
    return [_table(dimension, lot.seats or 0) for dimension in dimensions(lot)]


def _table(dimension: Dimension, seats: int) -> Table:
    values = list(dimension.values.all())
    people = sum(value.people or 0 for value in values)
    found = proposed({str(value.pk): value.people or 0 for value in values}, seats, 0)
    rows = tuple(
        Row(
            value,
            value.people / people if people and value.people is not None else None,
            float(found[str(value.pk)].exact) if found and seats and value.people is not None else None,
        )
        for value in values
    )
    return Table(dimension, rows, people)


def sums(lot: Lot) -> list[Sum]:
    """Limits of one dimension that cannot add up to the seats."""
    limits = {
        str(dimension.label): [(value.least, value.most) for value in dimension.values.all()]
        for dimension in dimensions(lot)
        if dimension.has_quotas
    }
    return wrong_sums(limits, lot.seats or 0)


def counts(lot: Lot) -> Counter[tuple[str, str]]:
    """(dimension, group) -> how many said yes."""
    people = list(accepted(lot))
    return Counter(feature for known in features(lot, people).values() for feature in known.items())


@dataclass(frozen=True)
class Silent:
    """A group of which nobody said yes."""

    dimension: Dimension
    value: Value


def silent(lot: Lot) -> list[Silent]:
    """Groups in the plan, with people in the town, of which nobody said yes."""
    came = counts(lot)
    return [
        Silent(dimension, value)
        for dimension in dimensions(lot)
        for value in dimension.values.all()
        if value.people != 0 and not came[dimension.key, value.key]
    ]


def untried(lot: Lot) -> list[Silent]:
    """Of these it was not written down what was tried to reach them: until then nothing is drawn (R031)."""
    return [one for one in silent(lot) if not one.value.tried.strip()]
