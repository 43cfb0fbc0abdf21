"""How much the group looks like the town, at five moments: the last one is what counts (R258)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from samenraad.instruments.lot.models import Dimension
from samenraad.instruments.lot.queries.crowd import Crowd
from samenraad.instruments.lot.rules import figures as rules
from samenraad.methods.statistics import Likeness, Share, likeness, share
from samenraad.ui.formats import number, rounded

#: after the population itself
MOMENTS: dict[str, str | Promise] = {
    "invited": pgettext_lazy("lot moment", "invited"),
    "yes": pgettext_lazy("lot moment", "said yes"),
    "drawn": pgettext_lazy("lot moment", "drawn"),
    "stayed": pgettext_lazy("lot moment", "stayed to the end"),
}


@dataclass(frozen=True)
class Cell:
    """One group at one moment. What may not be told is kept back, and then it has no number at all."""

    moment: str
    count: int | None = None
    share: Share | None = None
    points: float | None = None
    kept_back: bool = False

    @property
    def difference(self) -> str:
        return "" if self.points is None else signed(self.points)


@dataclass(frozen=True)
class Row:
    label: str
    people: int | None
    part: float | None
    cells: list[Cell]


@dataclass(frozen=True)
class Moment:
    """One column: how many people of whom it is known, and how much they look like the town."""

    key: str
    name: str
    size: int | None  # None: fewer than may be told
    likeness: Likeness | None
    labels: list[str]  # of what is compared: a group, or several that are told together

    @cached_property
    def furthest(self) -> tuple[str, float]:
        """The group that differs most from its part of the town, and by how many points; of two, the smaller one."""
        if self.likeness is None:
            return "", 0.0
        pairs = zip(self.labels, self.likeness.points, strict=True)
        label, points = max(pairs, key=lambda pair: (round(abs(pair[1]), 9), pair[1] < 0))
        return label, 100 * points

    @property
    def sentence(self) -> str:
        """Of which group there are more or fewer than in the town, and by how many points (R027)."""
        label, points = self.furthest
        off = int(rounded(abs(points), 0))
        if not off:
            return _("as in the town")
        if points > 0:
            text = ngettext(
                "{group}: {n} point more than in the town", "{group}: {n} points more than in the town", off
            )
        else:
            text = ngettext(
                "{group}: {n} point less than in the town", "{group}: {n} points less than in the town", off
            )
        return text.format(group=label, n=number(off))


@dataclass(frozen=True)
class Gauge:
    """One way in which the group should look like the town (R030, R258)."""

    label: str
    decides: bool
    source: str
    rows: list[Row]
    moments: list[Moment]
    gap: int

    @property
    def last(self) -> Moment | None:
        """The headline: the last moment at which there is something to compare."""
        return next((moment for moment in reversed(self.moments) if moment.likeness), None)

    @property
    def alarm(self) -> bool:
        return bool(self.last and abs(self.last.furthest[1]) > self.gap)

    @property
    def state(self) -> str:
        return "late" if self.alarm else "adopted"

    @property
    def hides(self) -> bool:
        return any(cell.kept_back for row in self.rows for cell in row.cells)


@dataclass(frozen=True)
class Headline:
    """The last moment that came, of the whole group: how many they are, and how far a share of them can be off."""

    key: str
    name: str
    size: int
    margin: float

    @property
    def is_panel(self) -> bool:
        return self.key in ("drawn", "stayed")


def headline(crowd: Crowd, *, exact: bool = False) -> Headline | None:
    for key in reversed(MOMENTS):
        if size := rules.told(crowd.totals[key], exact):
            return Headline(key, str(MOMENTS[key]), size, 100 * rules.margin(size))
    return None


def signed(points: float) -> str:
    """+8, -8 or 0, whole points."""
    whole = int(rounded(points, 0))
    return f"+{whole}" if whole > 0 else f"\u2212{-whole}" if whole < 0 else "0"


def gap_of(crowd: Crowd) -> int:
    """More points than this are pointed out."""
    return int(crowd.lot.step.settings.get("gap", rules.GAP))


def gauges(crowd: Crowd, *, exact: bool = False) -> list[Gauge]:
    """All dimensions. `exact` is for the organiser's desk only: nothing is kept back there."""
    gap = gap_of(crowd)
    return [_gauge(crowd, dimension, gap, exact) for dimension in crowd.dimensions]


def _gauge(crowd: Crowd, dimension: Dimension, gap: int, exact: bool) -> Gauge:
    values = list(dimension.values.all())
    people = [value.people for value in values]
    columns = {key: crowd.counts(dimension, key) for key in MOMENTS}
    hidden = {key: _hidden(counts, exact) for key, counts in columns.items()}
    labels = [str(value) for value in values]
    rows = [
        Row(label, people[place], _part(people, place),
            [_cell(key, columns[key], place, hidden[key], people) for key in MOMENTS])
        for place, label in enumerate(labels)
    ]  # fmt: skip
    moments = [_moment(key, columns[key], hidden[key], people, labels, exact) for key in MOMENTS]
    return Gauge(str(dimension), dimension.has_quotas, dimension.figures_source, rows, moments, gap)


def _hidden(counts: list[int], exact: bool) -> frozenset[int]:
    """Of whom it is not known is no group, and hides nobody."""
    return frozenset() if exact else rules.kept_back(counts[:-1])


def _part(people: Sequence[int | None], place: int) -> float | None:
    """The part of the town that a group is; None as long as one of the groups was not counted."""
    counted = [number for number in people if number is not None]
    one = people[place]
    total = sum(counted)
    return one / total if one is not None and total and len(counted) == len(people) else None


def _cell(key: str, counts: list[int], place: int, hidden: frozenset[int], people: Sequence[int | None]) -> Cell:
    known = sum(counts[:-1])
    if not known:
        return Cell(str(MOMENTS[key]))
    if place in hidden:
        return Cell(str(MOMENTS[key]), kept_back=True)
    own, town = share(counts[place], known), _part(people, place)
    points = None if town is None or own is None else 100 * (own.value - town)
    return Cell(str(MOMENTS[key]), counts[place], own, points)


def _moment(
    key: str, counts: list[int], hidden: frozenset[int], people: Sequence[int | None], labels: list[str], exact: bool
) -> Moment:
    """What is kept back is compared as one group: otherwise the index would give away what the table does not."""
    size, town = sum(counts[:-1]), [number or 0 for number in people]
    told = [label for place, label in enumerate(labels) if place not in hidden]
    if hidden:
        told.append(" + ".join(labels[place] for place in sorted(hidden)))
    counted = size and all(number is not None for number in people) and sum(town) and len(told) > 1
    compared = _compared(town, counts[:-1], hidden) if counted else None
    return Moment(key, str(MOMENTS[key]), rules.told(size, exact), compared, told)


def _compared(town: list[int], counts: list[int], hidden: frozenset[int]) -> Likeness | None:
    return likeness(rules.together(town, hidden), [int(one) for one in rules.together(counts, hidden)])
