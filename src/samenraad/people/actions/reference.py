"""Places and how many people live there, read from a table. All of it, or nothing and every reason why."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from samenraad.ledger.actions import note
from samenraad.people import rules
from samenraad.people.models import Person, Place, Population
from samenraad.people.sheets import Problem, Row, find_columns, read_sheet, refuse
from samenraad.refusals import Refusal

PLACE_COLUMNS = {
    "code": ("gebiedscode",),
    "name": ("naam", "gebiedsnaam"),
    "kind": ("soort", "type"),
    "parent": ("ligt in", "bovenliggend", "ouder"),
}
COORDINATES = {"latitude": ("breedtegraad", "lat"), "longitude": ("lengtegraad", "lon", "lng")}
POPULATION_COLUMNS = {
    "place": ("plaats", "gebied", "gebiedscode"),
    "dimension": ("kenmerk", "dimensie"),
    "value": ("waarde",),
    "count": ("aantal",),
    "source": ("bron",),
    "date": ("datum", "peildatum"),
}


@dataclass(frozen=True)
class Imported:
    """What an import did."""

    added: int
    changed: int


@transaction.atomic
def import_places(*, content: bytes, by: Person | None = None) -> Imported:
    """The tree of places: code, name, kind, parent (a code; empty for a town), and perhaps latitude, longitude.

    A place that is known by its code gets its new name and coordinates, but stays what it is. A parent may stand
    in the table or be known already, and is always something larger.
    """
    sheet = read_sheet(content)
    columns = find_columns(sheet.header, PLACE_COLUMNS)
    columns |= _present(sheet.header, COORDINATES)
    known = {place.code: place for place in Place.objects.all()}
    reader = _PlaceReader(columns, {code: place.kind for code, place in known.items()})
    lines = reader.read(sheet.rows)
    refuse(reader.problems)
    added = 0
    for line in sorted(lines, key=lambda line: rules.KINDS.index(line.kind)):
        place = known.get(line.code) or Place(code=line.code)
        added += place.pk is None
        place.name, place.kind = line.name, line.kind
        place.parent = known[line.parent] if line.parent else None
        place.latitude, place.longitude = line.latitude, line.longitude
        place.save()
        known[line.code] = place
    note("places.imported", who=by, rows=len(lines), file=_fingerprint(content))
    return Imported(added, len(lines) - added)


@transaction.atomic
def import_population(*, content: bytes, by: Person | None = None) -> Imported:
    """How many people with which value live where: place (code or name), dimension, value, count, source, date.

    A figure that is there already, of the same place, dimension, value and date, is replaced.
    """
    sheet = read_sheet(content)
    reader = _PopulationReader(find_columns(sheet.header, POPULATION_COLUMNS))
    figures = reader.read(sheet.rows)
    refuse(reader.problems)
    before = Population.objects.count()
    Population.objects.bulk_create(
        figures,
        update_conflicts=True,
        unique_fields=["place", "dimension", "value", "date"],
        update_fields=["count", "source"],
        batch_size=500,
    )
    added = Population.objects.count() - before
    note("population.imported", who=by, rows=len(figures), file=_fingerprint(content))
    return Imported(added, len(figures) - added)


def _fingerprint(content: bytes) -> str:
    """So that anybody can tell which file it was."""
    return hashlib.sha256(content).hexdigest()


def _present(header: tuple[str, ...], wanted: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Columns that may be absent."""
    found: dict[str, str] = {}
    for word, names in wanted.items():
        try:
            found |= find_columns(header, {word: names})
        except Refusal:
            continue
    return found


class _Reader:
    """Reads rows by our own names of the columns, and gathers what is wrong with them."""

    def __init__(self, columns: dict[str, str]) -> None:
        self.columns = columns
        self.problems: list[Problem] = []
        self.row = Row(0, {})

    def cell(self, word: str) -> str:
        return self.row.cells.get(self.columns.get(word, ""), "")

    def wrong(self, code: str, **facts: object) -> None:
        self.problems.append(Problem(self.row.number, Refusal(code, row=self.row.number, **facts)))

    def each(self, rows: tuple[Row, ...], *needed: str) -> Iterator[Row]:
        """The rows that are complete; the others are a problem."""
        if not rows:
            raise Refusal("sheet.empty")
        for self.row in rows:
            missing = [self.columns[word] for word in needed if not self.cell(word)]
            if missing:
                self.wrong("sheet.empty_cells", columns=", ".join(missing))
            elif self.row.extra:
                self.wrong("sheet.extra_cells", cells=", ".join(self.row.extra))
            else:
                yield self.row

    def fits(self, word: str, limit: int) -> bool:
        if len(self.cell(word)) > limit:
            self.wrong("sheet.too_long", column=self.columns[word], limit=limit)
            return False
        return True


@dataclass(frozen=True)
class _PlaceLine:
    code: str
    name: str
    kind: str
    parent: str
    latitude: float | None
    longitude: float | None


class _PlaceReader(_Reader):
    def __init__(self, columns: dict[str, str], known_kinds: dict[str, str]) -> None:
        super().__init__(columns)
        self.known_kinds = known_kinds

    def read(self, rows: tuple[Row, ...]) -> list[_PlaceLine]:
        lines: dict[str, tuple[Row, _PlaceLine]] = {}
        for row in self.each(rows, "code", "name", "kind"):
            line = self._line()
            if line and line.code in lines:
                self.wrong("places.twice", place=line.code, first=lines[line.code][0].number)
            elif line:
                lines[line.code] = row, line
        kinds = self.known_kinds | {code: line.kind for code, (_, line) in lines.items()}
        for self.row, line in lines.values():
            self._parent(line, kinds)
        return [line for _, line in lines.values()]

    def _line(self) -> _PlaceLine | None:
        kind = rules.kind_of(self.cell("kind"))
        degrees = [self._degrees("latitude", 90), self._degrees("longitude", 180)]
        if kind is None:
            self.wrong("places.unknown_kind", kind=self.cell("kind"))
        elif kind != self.known_kinds.get(self.cell("code"), kind):
            self.wrong("places.other_kind", place=self.cell("code"))
        if not (self.fits("code", 32) and self.fits("name", 120)) or kind is None:
            return None
        return _PlaceLine(self.cell("code"), self.cell("name"), kind, self.cell("parent"), *degrees)

    def _degrees(self, word: str, limit: int) -> float | None:
        text = self.cell(word)
        degrees = rules.coordinate(text, limit) if text else None
        if text and degrees is None:
            self.wrong("places.no_coordinate", column=self.columns[word], text=text)
        return degrees

    def _parent(self, line: _PlaceLine, kinds: dict[str, str]) -> None:
        if line.parent and line.parent not in kinds:
            self.wrong("places.unknown_parent", parent=line.parent)
        elif not rules.lies_in(line.kind, kinds[line.parent] if line.parent else None):
            code = "places.wrong_parent" if line.parent else "places.needs_parent"
            self.wrong(code, name=line.name, parent=line.parent)


class _PopulationReader(_Reader):
    def __init__(self, columns: dict[str, str]) -> None:
        super().__init__(columns)
        places = list(Place.objects.all())
        names = [place.name.casefold() for place in places]
        self.by_code = {place.code: place for place in places}
        self.by_name = {name: place for name, place in zip(names, places, strict=True) if names.count(name) == 1}
        self.seen: dict[tuple[int, str, str, date], int] = {}

    def read(self, rows: tuple[Row, ...]) -> list[Population]:
        figures = (self._figure() for _ in self.each(rows, *POPULATION_COLUMNS))
        return [figure for figure in figures if figure]

    def _figure(self) -> Population | None:
        before = len(self.problems)
        named = self.cell("place")
        place = self.by_code.get(named) or self.by_name.get(named.casefold())
        count, day = rules.whole_number(self.cell("count")), rules.day_of(self.cell("date"))
        if place is None:
            self.wrong("population.unknown_place", place=named)
        if count is None or count > 2_147_483_647:
            self.wrong("population.no_count", text=self.cell("count"))
        if day is None:
            self.wrong("population.no_date", text=self.cell("date"))
        for word, limit in (("dimension", 60), ("value", 120), ("source", 240)):
            self.fits(word, limit)
        if len(self.problems) > before or place is None or count is None or day is None:
            return None
        return self._once(place, count, day)

    def _once(self, place: Place, count: int, day: date) -> Population | None:
        key = (place.pk, self.cell("dimension"), self.cell("value"), day)
        if key in self.seen:
            self.wrong("population.twice", first=self.seen[key])
            return None
        self.seen[key] = self.row.number
        return Population(
            place=place,
            dimension=self.cell("dimension"),
            value=self.cell("value"),
            count=count,
            source=self.cell("source"),
            date=day,
        )
