"""Reading the table somebody made elsewhere: a CSV file or an Excel workbook, as bytes, into rows of text.

    sheet = read_sheet(upload.read())
    for row in sheet.rows:
        row.number, row.cells["name"]

It takes what offices have: UTF-8 with or without a byte order mark, UTF-16 and Windows-1252; semicolons,
commas and tabs; `sep=;` on the first line; .xlsx. Cells come back trimmed, as text, in Unicode's composed
form. It changes nothing else and knows no database. Whatever the bytes are, the only thing it raises is a
`Refusal` with a code that starts with `sheet.`.
"""

from __future__ import annotations

import csv
import io
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest

from samenraad.refusals import Refusal

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 50_000
MAX_COLUMNS = 200
MAX_CELL = 100_000
#: a workbook is a zip file: so much may come out of it
MAX_UNPACKED = 100 * 1024 * 1024
SEPARATORS = (";", ",", "\t")


@dataclass(frozen=True)
class Row:
    """One line. `number` as a spreadsheet shows it (the header is 1); `extra` stood beyond the last one."""

    number: int
    cells: dict[str, str]
    extra: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A table as read, and what was guessed to read it: worth showing to who uploaded it."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str
    separator: str


@dataclass(frozen=True)
class Problem:
    """What is wrong with one line. An importer gathers all of them before it says no."""

    row: int
    refusal: Refusal


def read_sheet(content: bytes, *, max_bytes: int = MAX_BYTES, max_rows: int = MAX_ROWS) -> Sheet:
    """The table in these bytes. Blank lines are skipped, but counted in the row numbers.

    Refuses: `sheet.too_big`, `sheet.too_many_rows`, `sheet.too_many_columns`, `sheet.empty`, `sheet.binary`,
    `sheet.old_excel`, `sheet.broken_workbook`, `sheet.quotes`, `sheet.cell_too_long`,
    `sheet.duplicate_columns`, `sheet.nameless_column`.
    """
    if len(content) > max_bytes:
        raise Refusal("sheet.too_big", megabytes=max(1, max_bytes // 1024 // 1024))
    if content.startswith(b"PK\x03\x04"):
        lines, encoding, separator = _workbook_lines(content, max_rows), "xlsx", ""
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refusal("sheet.old_excel")
    else:
        text, encoding = _decoded(content)
        text, separator = _separated(text)
        lines = _csv_lines(text, separator)
    return _sheet(lines, encoding, separator, max_rows)


def find_columns(header: Sequence[str], wanted: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """For each wanted column the header's own spelling: capitals, spaces and underscores do not matter.

    `wanted` maps our word to other names under which it may appear: {"place": ("plaats", "gebied")}. Missing
    ones are refused all at once, with `sheet.missing_columns`.
    """
    present = {_plain(name): name for name in header}
    found = {}
    for word, names in wanted.items():
        own = next((present[_plain(name)] for name in (word, *names) if _plain(name) in present), None)
        if own is not None:
            found[word] = own
    if missing := [word for word in wanted if word not in found]:
        raise Refusal("sheet.missing_columns", missing=", ".join(missing), present=", ".join(header))
    return found


def refuse(problems: Sequence[Problem]) -> None:
    """Nothing wrong: go on. Otherwise all of it at once, with `sheet.bad_lines`."""
    if problems:
        raise Refusal("sheet.bad_lines", count=len(problems), problems=tuple(problems))


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _decoded(content: bytes) -> tuple[str, str]:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            candidates = [encoding]
            break
    else:
        candidates = ["utf-8", "windows-1252"]
    for encoding in candidates:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _is_text(text):
            break
        return text, encoding
    raise Refusal("sheet.binary")


def _is_text(text: str) -> bool:
    """No NUL, no control characters: those stand in pictures and programs, not in tables."""
    return not any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\t\r\n" for sign in set(text))


def _separated(text: str) -> tuple[str, str]:
    """The text without a `sep=;` line, and the separator: as told there, else the commonest in the header."""
    first, _, rest = text.partition("\n")
    told = first.strip().casefold().removeprefix("sep=") if first.casefold().startswith("sep=") else ""
    if told in SEPARATORS or first.rstrip("\r\n") == "sep=\t":
        return rest, told or "\t"
    header = next((line for line in text.splitlines() if line.strip()), "")
    outside = "".join(header.split('"')[::2])
    best = max(SEPARATORS, key=outside.count)
    return text, best if best in outside else ","


def _csv_lines(text: str, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        try:
            line = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            code = "sheet.cell_too_long" if "field larger" in str(error) else "sheet.quotes"
            raise Refusal(code, row=number) from error
        yield line


def _workbook_lines(content: bytes, max_rows: int) -> Iterator[list[str]]:
    """The lines of the first sheet. Its reader fails in many ways, which all mean the same here."""
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
                raise Refusal("sheet.too_big", megabytes=MAX_BYTES // 1024 // 1024)
        sheet = load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
        sheet.reset_dimensions()
        for number, line in enumerate(sheet.iter_rows(values_only=True), start=1):
            if number > 2 * max_rows + 1:  # also empty lines come to an end
                raise Refusal("sheet.too_many_rows", limit=max_rows)
            yield [_text_of(value) for value in line]
    except Refusal:
        raise
    except Exception as error:
        raise Refusal("sheet.broken_workbook") from error


def _text_of(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        at_midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date().isoformat() if at_midnight else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value)
    if not _is_text(text):
        raise Refusal("sheet.binary")
    return text


def _sheet(lines: Iterable[list[str]], encoding: str, separator: str, max_rows: int) -> Sheet:
    numbered = _filled(lines)
    header = _header(next(numbered, (0, []))[1])
    rows: list[Row] = []
    for number, cells in numbered:
        if len(rows) >= max_rows:
            raise Refusal("sheet.too_many_rows", limit=max_rows)
        rows.append(_row(number, header, cells))
    return Sheet(tuple(name for name in header if name), tuple(rows), encoding, separator)


def _filled(lines: Iterable[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """The lines with something in them, each with its number and without empty cells at the end."""
    for number, line in enumerate(lines, start=1):
        cells = [_tidy(cell, number) for cell in line]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield number, cells


def _tidy(cell: str, number: int) -> str:
    if len(cell) > MAX_CELL:
        raise Refusal("sheet.cell_too_long", row=number)
    return unicodedata.normalize("NFC", cell.replace("\r\n", "\n").replace("\r", "\n")).strip().strip("\ufeff")


def _header(cells: list[str]) -> list[str]:
    if not cells:
        raise Refusal("sheet.empty")
    if len(cells) > MAX_COLUMNS:
        raise Refusal("sheet.too_many_columns", limit=MAX_COLUMNS)
    header = [" ".join(cell.split()) for cell in cells]
    counts = Counter(name.casefold() for name in header if name)
    if double := [name for name in dict.fromkeys(header) if counts[name.casefold()] > 1]:
        raise Refusal("sheet.duplicate_columns", names=", ".join(double))
    return header


def _row(number: int, header: list[str], cells: list[str]) -> Row:
    named: dict[str, str] = {}
    for place, (name, cell) in enumerate(zip_longest(header, cells[: len(header)], fillvalue=""), start=1):
        if name:
            named[name] = cell
        elif cell:
            raise Refusal("sheet.nameless_column", column=place, row=number)
    return Row(number, named, tuple(cell for cell in cells[len(header) :] if cell))
