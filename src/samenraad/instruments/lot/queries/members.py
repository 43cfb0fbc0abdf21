"""The panel as everybody sees it: counts per group, never who (R034)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from samenraad.instruments.lot.models import Invitation, Lot
from samenraad.instruments.lot.queries.pool import dimensions
from samenraad.instruments.lot.queries.seats import Roll, term_of
from samenraad.instruments.lot.rules.figures import shown

#: so long before the terms end it stands among what waits
BEFORE_THE_END = timedelta(days=90)


@dataclass(frozen=True)
class Group:
    """`count` is None where fewer than five would say too much about each of them."""

    name: str
    count: int | None
    least: int | None
    most: int | None


@dataclass(frozen=True)
class Panel:
    sitting: int
    seats: int
    substitutes: int
    replaced: int
    empty: int
    free: int
    sources: list[tuple[str, int | None]]
    dimensions: list[tuple[str, list[Group]]]


def panel(roll: Roll) -> Panel:
    sitting, gone = roll.stayed, [one.departure for one in roll.gone if one.departure]
    sources = Counter(one.invitation.source for one in sitting)
    told = shown({key: sources[key] for key in Invitation.Source.values})
    return Panel(
        sitting=len(sitting), seats=roll.lot.seats or 0, substitutes=len(roll.substitutes),
        replaced=sum(bool(one.replaced_by_id) for one in gone), empty=sum(one.stays_empty for one in gone),
        free=len(roll.free),
        sources=[(str(label), told[key]) for key, label in Invitation.Source.choices if sources[key]],
        dimensions=_dimensions(roll),
    )  # fmt: skip


def _dimensions(roll: Roll) -> list[tuple[str, list[Group]]]:
    features = [one.features for one in roll.stayed]
    found = []
    for dimension in dimensions(roll.lot):
        values = list(dimension.values.all())
        counts = Counter(one.get(dimension.key, "") for one in features)
        told = shown({value.key: counts[value.key] for value in values})
        rows = [Group(str(value), told[value.key], value.least, value.most) for value in values]
        if any(counts[value.key] for value in values):
            found.append((str(dimension), rows))
    return found


def ending(lot: Lot, roll: Roll, today: date) -> tuple[int, date | None]:
    """How many terms end within three months, and the first day on which one does."""
    ends = [day for one in roll.sitting if (day := term_of(lot, one.membership))]
    soon = [day for day in ends if day <= today + BEFORE_THE_END]
    return len(soon), min(soon, default=None)
