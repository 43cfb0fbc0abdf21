"""Quotas in a file: one row per value, with the least and the most seats it may have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from samenraad.methods.files.content import Source
from samenraad.methods.files.mistakes import Mistakes
from samenraad.methods.files.tables import (
    Row,
    Table,
    check_width,
    columns_of,
    find_column,
    fold,
    read_table,
)
from samenraad.methods.sortition.pool import Feature, Quota, Quotas
from samenraad.methods.sortition.reading.spelling import Vocabulary, halves

#: the header spellings in use; a file has the first of each list that it has
CATEGORY = ("category", "feature", "categorie", "kenmerk")
VALUE = ("value", "name", "feature", "waarde", "naam")
LIMITS = {"min": ("min", "minimum"), "max": ("max", "maximum")}
FLEX = {"min_flex": ("min_flex", "min flex"), "max_flex": ("max_flex", "max flex")}

_WHOLE = re.compile(r"([+-]?[0-9]{1,9})(?:[.,]0+)?")

#: one (category, value) as the file spells it, or two for an intersection
Where = tuple[Feature, ...]


@dataclass(frozen=True)
class Wanted:
    """What a quotas file asks: the quotas that are right, and the words of all its rows, right or not.

    `sound` are the categories of which every row is right, so that their sums mean something.
    """

    file: str
    quotas: tuple[Quota, ...]
    vocabulary: Vocabulary
    sound: tuple[str, ...] = ()


def read_quotas(source: Source, *, sheet: str | None = None) -> Quotas:
    """The quotas in a CSV or xlsx file with the columns `category,value,min,max`, and if wanted `min_flex,max_flex`.

    The column names `feature,value` and `category,name` and `category,feature` mean the same; other columns are left
    alone, empty rows too. An intersection of two categories is one row: `age & district,16-24 & north,2,3` (with
    spaces around the `&`; `×` and `*` are read as well). Capitals and spaces make no difference.

    >>> quotas = read_quotas(b"feature,value,min,max\\nage,16-24,2,3\\n")
    >>> [(quota.label, quota.min, quota.max) for quota in quotas]
    [('age: 16-24', 2, 3)]

    Refuses (`sortition.files`) with all mistakes in the file, as `problems`.
    """
    mistakes = Mistakes()
    wanted = quotas_in(read_table(source, sheet=sheet, name="quotas"), mistakes)
    check_sums(wanted, None, mistakes)
    mistakes.refuse()
    return Quotas(wanted.quotas)


def quotas_in(table: Table, mistakes: Mistakes) -> Wanted:
    """The quotas in a table; what is wrong goes to `mistakes`."""
    places = _places(table, mistakes)
    if places is None:
        return Wanted(table.name, (), Vocabulary.of((), ()))
    check_width(table, mistakes)
    rows = list(named_rows(table, places["category"], places["value"], mistakes))
    vocabulary = words_of(where for _, where in rows)
    quotas = tuple(_quotas(table, places, rows, vocabulary, mistakes))
    written = Counter(fold(row.cells[places["category"]]) for row in table.rows)
    right = Counter(quota.where[0][0] for quota in quotas if len(quota.where) == 1)
    sound = tuple(sorted(category for category, number in right.items() if written[fold(category)] == number))
    return Wanted(table.name, quotas, vocabulary, sound)


def _places(table: Table, mistakes: Mistakes) -> dict[str, int] | None:
    """Role -> index of its column; None when one that is needed is missing."""
    found = group_columns(table, mistakes)
    found |= {role: find_column(table, names, mistakes) for role, names in LIMITS.items()}
    if not all_there(table, found, mistakes):
        return None
    found |= {role: find_column(table, names, mistakes) for role, names in FLEX.items()}
    return {role: place for role, place in found.items() if place is not None}


def group_columns(table: Table, mistakes: Mistakes) -> dict[str, int | None]:
    """Where the category and the value of a row stand; "feature" is either, depending on what stands beside it."""
    category = find_column(table, CATEGORY, mistakes)
    others = VALUE if category is None or fold(table.header[category]) != "feature" else ("value", "name")
    return {"category": category, "value": find_column(table, others, mistakes)}


def all_there(table: Table, found: Mapping[str, int | None], mistakes: Mistakes) -> bool:
    missing = [role for role, place in found.items() if place is None]
    for role in missing:
        mistakes.add(table.name, None, None, "column_missing", wanted=role, columns=columns_of(table))
    return not missing


def named_rows(table: Table, category: int, value: int, mistakes: Mistakes) -> Iterator[tuple[Row, Where]]:
    """The rows that say which group they are about, with that group."""
    plain = {(fold(row.cells[category]), fold(row.cells[value])) for row in table.rows}
    for row in table.rows:
        empty = [place for place in (category, value) if not row.cells[place]]
        for place in empty:
            mistakes.add(table.name, row.line, table.header[place], "cell_missing")
        if not empty:
            where = _where(row.cells[category], row.cells[value], plain)
            if where:
                yield row, where
            else:
                mistakes.add(table.name, row.line, table.header[value], "pair", category=row.cells[category])


def _where(category: str, value: str, plain: set[tuple[str, str]]) -> Where | None:
    """One feature, or two when the category is cut in two; None when the value cannot be cut likewise."""
    cut = halves(category)
    if not cut:
        return ((category, value),)
    ways = [((cut[0][0], left), (cut[0][1], right)) for left, right in halves(value)]
    known = [way for way in ways if all((fold(name), fold(one)) in plain for name, one in way)]
    apart = fold(cut[0][0]) != fold(cut[0][1])
    return next(iter(known or ways), None) if len(cut) == 1 and apart else None


def words_of(wheres: Iterable[Where]) -> Vocabulary:
    """How all these groups are spelled."""
    known = list(wheres)
    single = [where[0] for where in known if len(where) == 1]
    return Vocabulary.of(single, (feature for where in known if len(where) > 1 for feature in where))


def _quotas(
    table: Table, places: dict[str, int], rows: list[tuple[Row, Where]], vocabulary: Vocabulary, mistakes: Mistakes
) -> Iterator[Quota]:
    seen: dict[Where, int] = {}
    for row, spelled in rows:
        where = tuple(sorted(vocabulary.feature(*feature) for feature in spelled))
        first = seen.setdefault(where, row.line)
        if first != row.line:
            group = Quota(where, 0, 0).label
            mistakes.add(table.name, row.line, None, "group_twice", group=group, first=first)
            continue
        quota = _quota(table, places, row, where, mistakes)
        if quota:
            yield quota


def _quota(table: Table, places: dict[str, int], row: Row, where: Where, mistakes: Mistakes) -> Quota | None:
    asked = {role: _number(table, row, places.get(role), role in LIMITS, mistakes) for role in (*LIMITS, *FLEX)}
    low, high, low_flex, high_flex = asked.values()
    if low is None or high is None:
        return None
    if low > high:
        mistakes.add(table.name, row.line, None, "row_min_above_max", min=low, max=high)
        return None
    if low_flex is not None and low_flex > low:
        mistakes.add(table.name, row.line, None, "min_flex_outside", flex=low_flex, min=low)
    if high_flex is not None and high_flex < high:
        mistakes.add(table.name, row.line, None, "max_flex_outside", flex=high_flex, max=high)
    return Quota(where, low, high, low_flex, high_flex)


def _number(table: Table, row: Row, place: int | None, needed: bool, mistakes: Mistakes) -> int | None:
    text = row.cells[place] if place is not None else ""
    column = table.header[place] if place is not None else None
    if not text:
        if needed:
            mistakes.add(table.name, row.line, column, "cell_missing")
        return None
    whole = _WHOLE.fullmatch(text)
    if whole is None:
        mistakes.add(table.name, row.line, column, "not_whole", text=text[:50])
        return None
    if int(whole[1]) < 0:
        mistakes.add(table.name, row.line, column, "negative", text=text)
        return None
    return int(whole[1])


def check_sums(wanted: Wanted, seats: int | None, mistakes: Mistakes) -> None:
    """Whether the quotas of each category can sum to the seats; without seats, whether there is any number of seats
    that suits all categories."""
    sums = {
        category: _sums(quota for quota in wanted.quotas if len(quota.where) == 1 and quota.where[0][0] == category)
        for category in wanted.sound
    }
    if seats is None:
        _check_together(wanted.file, sums, mistakes)
        return
    for category, (low, high) in sums.items():
        if low > seats:
            mistakes.add(wanted.file, None, None, "sum_above_seats", category=category, sum=low, seats=seats)
        elif high < seats:
            mistakes.add(wanted.file, None, None, "sum_below_seats", category=category, sum=high, seats=seats)


def _sums(quotas: Iterable[Quota]) -> tuple[int, int]:
    limits = [(quota.min, quota.max) for quota in quotas]
    return sum(low for low, _ in limits), sum(high for _, high in limits)


def _check_together(file: str, sums: dict[str, tuple[int, int]], mistakes: Mistakes) -> None:
    if not sums:
        return
    most_asked = max(sums, key=lambda category: sums[category][0])
    least_room = min(sums, key=lambda category: sums[category][1])
    low, high = sums[most_asked][0], sums[least_room][1]
    if low > high:
        facts = {"category": most_asked, "low": low, "other": least_room, "high": high}
        mistakes.add(file, None, None, "no_seats_fit", **facts)
