"""A table of ballots as columns: which are the options, how many voters a line stands for, and where they live."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from samenraad.methods.files.content import Source, content_of, name_of, text_of
from samenraad.methods.files.excel import MOST_CELLS
from samenraad.methods.files.mistakes import InOneFile
from samenraad.methods.files.tables import (
    MOST_IN_CELL,
    MOST_ROWS,
    delimiter_of,
    fold,
    read_table,
    tidy,
)
from samenraad.methods.tally.ballots import MOST_BALLOTS, MOST_OPTIONS

if TYPE_CHECKING:
    from samenraad.methods.tally.ballots import Small, Whole

#: columns that are no option, by the names they may have
COUNT = ("count", "voters", "number of voters", "aantal", "aantal kiezers")
PLACE = ("neighbourhood", "neighborhood", "wijk", "buurt", "district")
PRIORITIES = ("priorities", "prioriteiten")
NUMBER = ("id", "ballot", "ballot id", "stembiljet", "nummer")

WRONG = -9


@dataclass(frozen=True)
class Columns:
    """A file by column. `lines` are the line numbers of the rows, from 1; cells are not trimmed yet."""

    name: str
    header: tuple[str, ...]
    lines: Sequence[int]
    cells: Sequence[Sequence[str]]
    beyond: Sequence[int] = ()  # lines with something to the right of the last column

    def find(self, names: Sequence[str], mistakes: InOneFile) -> int | None:
        """The column with one of these names; a mistake when there are several."""
        found = [i for i, one in enumerate(self.header) if fold(one) in names]
        if len(found) > 1:
            mistakes.add(None, "column_twice", column=self.header[found[0]])
        return found[0] if found else None


@dataclass(frozen=True)
class Sheet:
    """What the file has beside its options."""

    columns: Columns
    options: tuple[str, ...]
    at: tuple[int, ...]
    counts: Whole
    strata: tuple[str, ...]
    stratum: Whole | None
    mistakes: InOneFile


def read_columns(source: Source, name: str, sheet: str | None = None) -> Columns:
    """Refuses (`sortition.files`) what `read_table` refuses. A file without quotation marks, as most are, is cut up
    without looking at every cell; any other one goes the long way. Both give the same."""
    called = name_of(source) or name
    content = content_of(source, called)
    if not (isinstance(content, bytes) and content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))):
        text = text_of(content, called)
        if '"' not in text and (quick := _cut(text, called)):
            return quick
        content = text.encode()
    table = read_table(content, sheet=sheet, name=called)
    cells = list(zip(*(row.cells for row in table.rows), strict=True))
    beyond = [row.line for row in table.rows if row.beyond]
    return Columns(called, table.header, [row.line for row in table.rows], cells, beyond)


def begin(columns: Columns) -> Sheet:
    """Options, voters per line and neighbourhoods; what is wrong with them is collected in `mistakes`."""
    mistakes = InOneFile("tally", columns.name)
    for line in columns.beyond:
        mistakes.add(line, "too_many_cells")
    special = {names: columns.find(names, mistakes) for names in (COUNT, PLACE, PRIORITIES, NUMBER)}
    at = tuple(i for i in range(len(columns.header)) if i not in special.values())
    options = tuple(columns.header[i] for i in at)
    check_names(options, mistakes)
    counts = _counts(columns, special[COUNT], mistakes)
    strata, stratum = _strata(columns, special[PLACE], mistakes)
    return Sheet(columns, options, at, counts, strata, stratum, mistakes)


def check_names(options: Sequence[str], mistakes: InOneFile) -> None:
    if not 1 <= len(options) <= MOST_OPTIONS:
        mistakes.add(None, "one_option", most=MOST_OPTIONS)
    folded = [fold(option) for option in options]
    for option in dict.fromkeys(o for o in options if o and folded.count(fold(o)) > 1):
        mistakes.add(None, "option_twice", option=option)
    if "" in options:
        mistakes.add(None, "option_nameless")


def numbers(cells: Sequence[str], means: Callable[[str], int], wrong: Callable[[int, str], None]) -> Small:
    """What each cell means, asked once per different text; `wrong(row, text)` for every cell that means `WRONG`."""
    known = {text: means(tidy(text)) for text in sorted(set(cells))}
    found = np.fromiter(map(known.__getitem__, cells), dtype=np.int16, count=len(cells))
    for row in np.flatnonzero(found == WRONG).tolist():
        wrong(row, tidy(cells[row]))
    return found


def _counts(columns: Columns, at: int | None, mistakes: InOneFile) -> Whole:
    if at is None:
        return np.ones(len(columns.lines), dtype=np.int64)
    counts = []
    for line, cell in zip(columns.lines, columns.cells[at], strict=True):
        text = tidy(cell)
        good = text.isascii() and text.isdigit() and len(text) < 14
        counts.append(int(text) if good else 0)
        if not good:
            mistakes.add(line, "count", text=text)
    if sum(counts) > MOST_BALLOTS:
        mistakes.add(None, "too_many_voters", most=MOST_BALLOTS)
        return np.zeros(len(counts), dtype=np.int64)
    return np.array(counts, dtype=np.int64)


def _strata(columns: Columns, at: int | None, mistakes: InOneFile) -> tuple[tuple[str, ...], Whole | None]:
    if at is None:
        return (), None
    names = [tidy(cell) for cell in columns.cells[at]]
    for line, name in zip(columns.lines, names, strict=True):
        if not name:
            mistakes.add(line, "no_neighbourhood")
    strata = tuple(sorted(set(names)))
    where = {name: place for place, name in enumerate(strata)}
    return strata, np.array([where[name] for name in names], dtype=np.int64)


def _cut(text: str, name: str) -> Columns | None:
    """The quick way; None when the file has something that deserves a closer look."""
    skip, sign = delimiter_of(text)
    numbered = enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1)
    kept = [(number, line) for number, line in numbered if number > skip and line.strip(sign + " \t")]
    too_large = len(kept) > MOST_ROWS or len(kept) * (1 + kept[0][1].count(sign)) > MOST_CELLS if kept else False
    if len(kept) < 2 or too_large or max(len(line) for _number, line in kept) > MOST_IN_CELL:
        return None
    rows = [line.split(sign) for _number, line in kept]
    header = [tidy(cell) for cell in rows[0]]
    while header and not header[-1]:
        header.pop()
    width = len(header)
    beyond = [number for (number, _line), row in zip(kept, rows, strict=True) if any(map(str.strip, row[width:]))]
    if any(len(row) != width for row in rows):
        rows = [row[:width] + [""] * (width - len(row)) for row in rows]
    cells = list(zip(*rows[1:], strict=True))
    return Columns(name, tuple(header), [number for number, _line in kept[1:]], cells, beyond)
