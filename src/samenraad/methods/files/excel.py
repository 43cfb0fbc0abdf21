"""The rows of a sheet in an xlsx file, as text. The library for it is not needed by anything else."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from samenraad.methods.files.mistakes import unreadable
from samenraad.refusals import Refusal

#: an xlsx is a zip, and unpacks to much more than it weighs
MOST_UNPACKED = 200_000_000
#: empty cells count too: one cell far to the right makes a row of thousands
MOST_CELLS = 20_000_000


def excel_rows(content: bytes, name: str, sheet: str | None) -> Iterator[tuple[int, Sequence[str]]]:
    """The line number and the cells, as text, of each row of the first sheet or of the one named.

    Refuses (`sortition.files`) as `tables.read_table` does.
    """
    try:
        import openpyxl
    except ImportError as error:
        raise unreadable(name, "needs_openpyxl") from error
    try:
        _weigh(content, name)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        found = _sheet(book.sheetnames, name, sheet)
        page = book[found]
        page.reset_dimensions()  # what the file says about its own size need not be true
        left = MOST_CELLS
        for line, cells in enumerate(page.iter_rows(values_only=True), start=1):
            left -= len(cells)
            if left < 0:
                raise unreadable(name, "too_large")
            yield line, _filled(cells)
        book.close()
    except Refusal:
        raise
    except Exception as error:  # a damaged workbook can fail in any way at all
        raise unreadable(name, "not_a_table") from error


def _weigh(content: bytes, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(member.file_size for member in archive.infolist()) > MOST_UNPACKED:
            raise unreadable(name, "too_large")


def _sheet(names: Sequence[str], file: str, wanted: str | None) -> str:
    if wanted is None:
        return names[0]
    same = [one for one in names if one.strip().casefold() == wanted.strip().casefold()]
    if not same:
        raise unreadable(file, "no_sheet", sheet=wanted, sheets=list(names))
    return same[0]


def _filled(cells: Sequence[object]) -> list[str]:
    """As text, without the empty cells at the right."""
    width = len(cells)
    while width and cells[width - 1] is None:
        width -= 1
    return [_shown(cell) for cell in cells[:width]]


def _shown(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)
