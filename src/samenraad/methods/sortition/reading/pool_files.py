"""The people in a table: their numbers, values, households, and who is in already."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from samenraad.methods.files.mistakes import TOLD, Mistakes
from samenraad.methods.files.tables import Row, Table, check_width, columns_of, find_column, fold, tidy
from samenraad.methods.sortition.pool import Candidate, Pool
from samenraad.methods.sortition.reading.spelling import Spelling, Vocabulary

#: columns that are taken for the numbers of people when none is named ("number" may well be that of a house)
IDS = ("id", "nationbuilder_id")

YES = frozenset({"yes", "y", "ja", "j", "true", "waar", "1", "x"})
NO = frozenset({"", "no", "n", "nee", "false", "onwaar", "0", "-"})

#: signs that would break a published list of numbers
_NOT_IN_ID = re.compile(r'[,"\x00-\x1f\x7f\u0085\u2028\u2029]')


@dataclass(frozen=True)
class Asked:
    """How to read the respondents: the names of columns, and for `already` a name or a list of ids."""

    id: str | None = None
    household: Sequence[str] = ()
    already: str | Iterable[str] = ()


@dataclass(frozen=True)
class People:
    """What a table of respondents says. `lines` is id -> line in the file, from 1."""

    pool: Pool
    already: tuple[str, ...]
    lines: Mapping[str, int]


@dataclass(frozen=True)
class _Columns:
    """Which column says what; `features` is category -> index."""

    id: int | None
    household: tuple[int, ...]
    already: int | None
    features: Mapping[str, int]


def people_in(table: Table, words: Vocabulary | None, asked: Asked, mistakes: Mistakes) -> People | None:
    """Everybody in the table. What is wrong goes to `mistakes`, and then there is no result.

    With the words of the quotas only their categories are kept; without, every other column is a category.
    """
    check_width(table, mistakes)
    columns = _columns(table, words, asked, mistakes)
    table = table if columns.id is not None else _in_order_of_contents(table)
    ids = _numbered(table) if columns.id is None else _ids(table, columns.id, mistakes)
    values = {
        category: _values(table, place, category, words, mistakes) for category, place in columns.features.items()
    }
    homes = _homes(table, columns.household)
    settled = _settled(table, columns.already, asked.already, ids, mistakes)
    if mistakes:
        return None
    people = (
        Candidate(one, {category: value for category, column in values.items() if (value := column[n])}, homes[n])
        for n, one in enumerate(ids)
    )
    lines = {one: row.line for one, row in zip(ids, table.rows, strict=True)}
    return People(Pool(tuple(people)), settled, lines)


def _columns(table: Table, words: Vocabulary | None, asked: Asked, mistakes: Mistakes) -> _Columns:
    id_place = _named(table, asked.id, mistakes) if asked.id else find_column(table, IDS, mistakes)
    homes = [place for name in asked.household if (place := _named(table, name, mistakes)) is not None]
    already = _named(table, asked.already, mistakes) if isinstance(asked.already, str) else None
    if words:
        wanted = sorted(words.values)
        found = {name: place for name in wanted if (place := _named(table, name, mistakes)) is not None}
    else:
        found = _others(table, {id_place, already, *homes}, mistakes)
    return _Columns(id_place, tuple(homes), already, found)


def _named(table: Table, name: str, mistakes: Mistakes) -> int | None:
    place = find_column(table, (name,), mistakes)
    if place is None:
        mistakes.add(table.name, None, None, "column_missing", wanted=name, columns=columns_of(table))
    return place


def _others(table: Table, taken: set[int | None], mistakes: Mistakes) -> dict[str, int]:
    names = {name: place for place, name in enumerate(table.header) if name and place not in taken}
    return {name: place for name, place in names.items() if find_column(table, (name,), mistakes) is not None}


def _in_order_of_contents(table: Table) -> Table:
    """The rows in an order that depends on what they say alone, not on that of the rows or of the columns."""
    places = sorted(range(len(table.header)), key=lambda place: (fold(table.header[place]), place))
    rows = sorted(table.rows, key=lambda row: [row.cells[place] for place in places])
    return replace(table, rows=tuple(rows))


def _numbered(table: Table) -> list[str]:
    width = len(str(len(table.rows)))
    return [f"p{number:0{width}}" for number in range(1, len(table.rows) + 1)]


def _ids(table: Table, place: int, mistakes: Mistakes) -> list[str]:
    first: dict[str, int] = {}
    for row in table.rows:
        one, column = row.cells[place], table.header[place]
        if not one:
            mistakes.add(table.name, row.line, column, "cell_missing")
        elif _NOT_IN_ID.search(one):
            mistakes.add(table.name, row.line, column, "id_sign", id=one[:50])
        elif first.setdefault(one, row.line) != row.line:
            mistakes.add(table.name, row.line, column, "id_twice", id=one, first=first[one])
    return [row.cells[place] for row in table.rows]


def _values(table: Table, place: int, category: str, words: Vocabulary | None, mistakes: Mistakes) -> list[str | None]:
    """The value of each row in the spelling that counts; None where it is not known."""
    cells = [row.cells[place] for row in table.rows]
    spelling = _spelling(cells, category, words)
    known = {cell: spelling(cell) for cell in dict.fromkeys(cells)}
    unknown = [row for row, cell in zip(table.rows, cells, strict=True) if cell and known[cell] is None]
    _tell_unknown(table, unknown, place, spelling, mistakes)
    if words:
        for row, cell in zip(table.rows, cells, strict=True):
            if not cell:
                mistakes.add(table.name, row.line, table.header[place], "cell_missing")
    return [known[cell] for cell in cells]


def _spelling(cells: Iterable[str], category: str, words: Vocabulary | None) -> Spelling:
    if words and category in words.limited:
        return words.values[category]
    own = Spelling.among(cell for cell in cells if cell)
    return Spelling({**own.of, **words.values[category].of}) if words else own


def _tell_unknown(table: Table, rows: Sequence[Row], place: int, spelling: Spelling, mistakes: Mistakes) -> None:
    column = table.header[place]
    for number, row in enumerate(rows):
        value = row.cells[place]
        nearest = spelling.nearest(value) if number < TOLD else None
        if nearest:
            mistakes.add(table.name, row.line, column, "value_like", value=value[:50], nearest=nearest)
        else:
            values = sorted(spelling.of.values())
            mistakes.add(table.name, row.line, column, "value_unknown", value=value[:50], values=values)


def _homes(table: Table, places: Sequence[int]) -> list[str | None]:
    """One text per address, and None where all of its cells are empty."""
    addresses = [[row.cells[place] for place in places] for row in table.rows]
    texts = [" | ".join(address) if any(address) else None for address in addresses]
    spelling = Spelling.among(text for text in texts if text)
    return [spelling(text) if text else None for text in texts]


def _settled(
    table: Table, place: int | None, asked: str | Iterable[str], ids: list[str], mistakes: Mistakes
) -> tuple[str, ...]:
    """The ids of those who are in already, sorted."""
    if place is not None:
        marked = [_marked(table, row, place, mistakes) for row in table.rows]
        return tuple(sorted(one for one, mark in zip(ids, marked, strict=True) if mark))
    listed = sorted({tidy(one) for one in asked}) if not isinstance(asked, str) else []
    there = set(ids)
    for one in listed:
        if one not in there:
            mistakes.add(table.name, None, None, "already_unknown", id=one[:50])
    return tuple(listed)


def _marked(table: Table, row: Row, place: int, mistakes: Mistakes) -> bool:
    mark = fold(row.cells[place])
    if mark not in YES | NO:
        mistakes.add(table.name, row.line, table.header[place], "mark_unknown", mark=row.cells[place][:50])
    return mark in YES
