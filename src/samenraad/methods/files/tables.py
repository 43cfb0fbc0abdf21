"""From bytes to rows: CSV as practitioners have it, and xlsx. Nothing here knows what the cells mean."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from samenraad.methods.files.content import Source, content_of, name_of, text_of
from samenraad.methods.files.excel import MOST_CELLS, excel_rows
from samenraad.methods.files.mistakes import Mistakes, unreadable

MOST_ROWS = 1_000_000
#: characters in one cell
MOST_IN_CELL = 32_767

_DELIMITERS = ";\t,"
_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\u00ad"))


@dataclass(frozen=True)
class Row:
    """`line` is where it starts in the file, from 1; one cell per column of the header, trimmed."""

    line: int
    cells: tuple[str, ...]
    beyond: bool = False  # something stands to the right of the last column


@dataclass(frozen=True)
class Table:
    """A header and the rows that are not empty. `name` is how sentences call the file."""

    name: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(source: Source, *, sheet: str | None = None, name: str = "file") -> Table:
    """The rows of a CSV file or of one sheet of an xlsx file.

    CSV: UTF-8 or UTF-16 with or without a byte order mark, else Windows-1252; separated by `,` `;` or tabs.
    xlsx: the first sheet, or the one named; formulas count as the value last shown. `name` is how sentences call
    something without a name of its own.

    >>> read_table(b"id;age\\n1;16-24\\n").rows[0].cells
    ('1', '16-24')

    Refuses (`sortition.files`) with one mistake: `sortition.unopened`, `.too_large`, `.empty_file`, `.only_header`,
    `.not_a_table`, `.quotes`, `.cell_too_long`, `.old_excel`, `.no_sheet` or `.needs_openpyxl`.
    """
    called = name_of(source) or name
    content = content_of(source, called)
    if isinstance(content, bytes) and content.startswith(b"PK\x03\x04"):
        lines = excel_rows(content, called, sheet)
    else:
        lines = _csv_rows(text_of(content, called), called)
    return _table(called, lines)


def tidy(cell: str) -> str:
    """Trimmed, without invisible signs, letters with accents written in one way."""
    return cell.strip() if cell.isascii() else unicodedata.normalize("NFC", cell.translate(_INVISIBLE)).strip()


def fold(text: str) -> str:
    """What two spellings of one thing have in common: capitals and spaces make no difference.

    >>> fold("  Noord  Oost") == fold("noord oost")
    True
    """
    return " ".join(text.casefold().split())


def _csv_rows(text: str, name: str) -> Iterator[tuple[int, Sequence[str]]]:
    stream = io.StringIO(text, newline=None)  # all kinds of line ends become one
    first, delimiter = delimiter_of(text)
    for _line in range(first):
        stream.readline()
    reader = csv.reader(stream, delimiter=delimiter, strict=True)
    before = 0
    try:
        for cells in reader:
            yield before + 1 + first, cells
            before = reader.line_num
    except csv.Error as error:
        raise unreadable(name, "quotes", before + 1 + first) from error


def delimiter_of(text: str) -> tuple[int, str]:
    """How many lines to leave out (Excel's `sep=;`), and the sign between the cells: the one that cuts most of
    the first rows in as many pieces as the header, and in the most pieces."""
    sample = io.StringIO(text[:20_000], newline=None).read().split("\n")[:50]
    told = re.fullmatch(r"sep=([;,\t])", sample[0].strip(" \"'"), re.IGNORECASE)
    if told:
        return 1, told[1]
    return 0, max(_DELIMITERS, key=lambda sign: _fit(sample, sign))


def _fit(sample: Iterable[str], delimiter: str) -> tuple[int, int]:
    widths = [len(row) for row in csv.reader(sample, delimiter=delimiter) if any(row)]
    return (widths.count(widths[0]), widths[0]) if widths and widths[0] > 1 else (0, 0)


def _table(name: str, lines: Iterable[tuple[int, Sequence[str]]]) -> Table:
    full = (
        (line, tidied) for line, cells in lines if any(tidied := [tidy(cell[: MOST_IN_CELL + 1]) for cell in cells])
    )
    names, below = _header(full)
    if not names:
        raise unreadable(name, "empty_file")
    rows = tuple(_rows(name, below, len(names)))
    if not rows:
        raise unreadable(name, "only_header")
    return Table(name, tuple(names), rows)


def _header(full: Iterator[tuple[int, list[str]]]) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """The names of the columns and the rows below them. A title above them is passed over: a row of one cell, with
    more cells in the row below it."""
    names = _filled(next(full, (0, []))[1])
    below = next(full, (0, []))
    if len(names) == 1 < len(_filled(below[1])):
        return _filled(below[1]), full
    return names, chain([below] if below[1] else [], full)


def _filled(cells: list[str]) -> list[str]:
    """Without the empty cells at the right."""
    width = len(cells)
    while width and not cells[width - 1]:
        width -= 1
    return cells[:width]


def _rows(name: str, lines: Iterable[tuple[int, list[str]]], width: int) -> Iterator[Row]:
    for number, (line, cells) in enumerate(lines):
        if number >= MOST_ROWS or number * width > MOST_CELLS:
            raise unreadable(name, "too_large")
        if max(map(len, cells)) > MOST_IN_CELL:
            raise unreadable(name, "cell_too_long", line)
        cut = cells[:width] + [""] * (width - len(cells))
        yield Row(line, tuple(cut), beyond=any(cells[width:]))


def columns_of(table: Table) -> list[str]:
    """The names in the header, to show."""
    return [name for name in table.header if name]


def find_column(table: Table, names: Sequence[str], mistakes: Mistakes) -> int | None:
    """The index of the column with the first of these names that there is."""
    folded = [fold(name) for name in table.header]
    name = next((fold(name) for name in names if fold(name) in folded), None)
    if name is None:
        return None
    if folded.count(name) > 1:
        mistakes.add(table.name, None, table.header[folded.index(name)], "column_twice")
    return folded.index(name)


def check_width(table: Table, mistakes: Mistakes) -> None:
    """Rows with something to the right of the last column: a separator too many has moved their cells."""
    for row in table.rows:
        if row.beyond:
            mistakes.add(table.name, row.line, None, "too_many_cells", columns=len(table.header))
