"""Which register a lot draws from, which files lie here, and what the check of a file found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samenraad.instruments.lot import jobs
from samenraad.instruments.lot.models import Dimension, Extract, Lot
from samenraad.instruments.lot.rules.extract import BAD_LINE, TOO_YOUNG
from samenraad.processes.models import Work
from samenraad.processes.queries import underway
from samenraad.refusals import Refusal
from samenraad.texts import explain

#: of each kind of bad line so many are shown; the rest is counted, and in the table that can be downloaded
SHOWN = 20


def extracts(lot: Lot) -> QuerySet[Extract]:
    """Without their bytes."""
    return Extract.objects.filter(lot_id=lot.pk).select_related("register", "by").defer("content", "problems")


def read_in(lot: Lot) -> QuerySet[Extract]:
    """Those of which the register is there, as a whole."""
    return extracts(lot).filter(content=None, register__isnull=False, register__destroyed_at=None)


def halfway(lot: Lot) -> QuerySet[Extract]:
    return extracts(lot).filter(content__isnull=False)


def current_register(lot: Lot) -> Extract | None:
    """The newest register that still exists; its counts stand with the file it came from."""
    return read_in(lot).first()


@dataclass(frozen=True)
class Group:
    """One value: how many in the file, and how many the town counts."""

    label: str
    people: int
    share: float
    town: int | None
    town_share: float | None


@dataclass(frozen=True)
class Dimensioned:
    label: str
    source: str
    groups: list[Group]


def groups(lot: Lot, extract: Extract, dimensions: Sequence[Dimension]) -> list[Dimensioned]:
    """Per dimension the counts of the file, beside the reference figures."""
    names = extract.counted.get("dimensions", [])
    cells = extract.counted.get("cells", [])
    found = []
    for one in dimensions:
        if one.key in names:
            place = names.index(one.key)
            found.append(Dimensioned(str(one), one.figures_source, _groups(one, _summed(cells, place))))
    return found


def _summed(cells: Sequence[Any], place: int) -> dict[str, int]:
    counted: dict[str, int] = {}
    for values, number in cells:
        counted[values[place]] = counted.get(values[place], 0) + number
    return counted


def _groups(dimension: Dimension, counted: Mapping[str, int]) -> list[Group]:
    values = list(dimension.values.all())
    total, town = sum(counted.values()), sum(value.people or 0 for value in values)
    return [
        Group(
            str(value), counted.get(value.key, 0), counted.get(value.key, 0) / total if total else 0.0,
            value.people, (value.people or 0) / town if town and value.people is not None else None,
        )
        for value in values
    ]  # fmt: skip


def left_out(extract: Extract, min_age: int) -> list[tuple[str, int]]:
    """Why people get no letter -> how many."""
    said = {
        TOO_YOUNG: _("younger than {age}, or than the youngest group").format(age=min_age),
        BAD_LINE: _("a line that is not right"),
    }
    counted: Mapping[str, int] = extract.counted.get("left_out", {})
    return [(said.get(reason) or _marked(reason), number) for reason, number in counted.items()]


def _marked(reason: str) -> str:
    column, _sign, value = reason.partition("=")
    return _("{column}: filled in").format(column=column) if value == "*" else f"{column}: {value or '–'}"


@dataclass(frozen=True)
class Kind:
    """One kind of bad line: how often, and the first of them in words."""

    sentence: str
    count: int
    lines: list[int]

    @property
    def more(self) -> int:
        return self.count - len(self.lines)


def problems(extract: Extract) -> list[Kind]:
    """Per kind of trouble how many lines have it, and which are the first twenty."""
    by_kind: dict[str, list[int]] = {}
    for line, kind in extract.problems:
        by_kind.setdefault(kind, []).append(line)
    return [
        Kind(_sentence(kind), count, sorted(by_kind.get(kind, []))[:SHOWN])
        for kind, count in extract.counted.get("bad", {}).items()
    ]


def _sentence(kind: str) -> str:
    code, _space, column = kind.partition(" ")
    return explain(Refusal(code, column=column))


def lines(extract: Extract) -> list[tuple[int, str]]:
    """Every bad line that was kept, with its sentence, in the order of the file."""
    return [(line, _sentence(kind)) for line, kind in sorted(extract.problems)]


def bad_lines(extract: Extract) -> int:
    return sum(extract.counted.get("bad", {}).values())


def busy(lot: Lot, extract: Extract) -> Work | None:
    """The work that is being done on this file, if any."""
    return underway(lot.step, jobs.Kind.CHECK, jobs.Kind.IMPORT).filter(about=f"extract:{extract.pk}").first()
