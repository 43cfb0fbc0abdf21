"""A register extract on disk, read row by row: a million rows are never in memory together.

CSV in UTF-8 or UTF-16 (with or without a byte order mark), else Windows-1252, separated by `;` `,` or tabs; a small
xlsx too. The file is read once for its digest and its encoding, and may be read again as often as needed.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from samenraad.methods.files.mistakes import unreadable
from samenraad.methods.files.tables import Table, delimiter_of, fold, read_table, tidy

_CHUNK = 1 << 20
#: enough to see the header and some rows
_START = 20_000
#: bytes that Windows-1252 does not know
_NO_LETTER = b"\x81\x8d\x8f\x90\x9d"

#: the line on which a row starts, from 1, and its cells; no cells when the quotation marks are wrong
Line = tuple[int, list[str] | None]


@dataclass(frozen=True)
class RegisterFile:
    """What is known of the file before its rows are read. `skip` lines stand before the header."""

    path: Path
    digest: str
    encoding: str
    skip: int
    delimiter: str
    columns: tuple[str, ...]
    sheet: Table | None = None

    def find(self, name: str) -> int | None:
        """The place of this column, whatever its capitals and spaces; None when it is not there exactly once."""
        places = [place for place, column in enumerate(self.columns) if fold(column) == fold(name)]
        return places[0] if len(places) == 1 else None

    def rows(self) -> Iterator[Line]:
        """Every row that is not empty, below the header, with the line where it starts."""
        if self.sheet is not None:
            yield from ((row.line, list(row.cells)) for row in self.sheet.rows)
            return
        with self.path.open(encoding=self.encoding, newline="") as lines:
            for _line in range(self.skip):
                lines.readline()
            reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
            _header(reader)
            yield from _below(reader, self.skip)


def open_register(path: str | Path) -> RegisterFile:
    """Looks through the file once: digest, encoding, separator and header.

    Refuses (`sortition.files`) what is no table: `sortition.unopened`, `.empty_file`, `.only_header`, `.not_a_table`,
    `.old_excel`, `.quotes`.
    """
    path = Path(path)
    try:
        digest, encoding, start = _look(path)
    except OSError as error:
        raise unreadable(path.name, "unopened") from error
    if start.startswith(b"PK\x03\x04"):
        table = read_table(path)
        return RegisterFile(path, digest, "", 0, "", table.header, table)
    if not encoding:
        raise unreadable(path.name, "old_excel" if start.startswith(b"\xd0\xcf\x11\xe0") else "not_a_table")
    text = codecs.getincrementaldecoder(encoding)().decode(start)
    if not text.strip():
        raise unreadable(path.name, "empty_file")
    skip, delimiter = delimiter_of(text)
    return RegisterFile(path, digest, encoding, skip, delimiter, _columns(path.name, text, skip, delimiter))


def _look(path: Path) -> tuple[str, str, bytes]:
    """SHA-256 in hexadecimal, the encoding (nothing when it is no text), and the first bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        start = stream.read(_START)
        encodings = _encodings(start)
        stream.seek(0)
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            encodings = [known for known in encodings if known.takes(chunk)]
        encodings = [known for known in encodings if known.takes(b"", last=True)]
    return digest.hexdigest(), encodings[0].name if encodings else "", start


class _Encoding:
    """One way to read the bytes, and whether it still fits."""

    def __init__(self, name: str, never: bytes = b"") -> None:
        self.name = name
        self._never = [bytes([one]) for one in never]
        self._decoder = codecs.getincrementaldecoder(name)()

    def takes(self, chunk: bytes, last: bool = False) -> bool:
        if any(one in chunk for one in self._never):
            return False
        if self.name == "cp1252":
            return True
        try:
            self._decoder.decode(chunk, last)
        except UnicodeDecodeError:
            return False
        return True


def _encodings(start: bytes) -> list[_Encoding]:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return [_Encoding("utf-16")]
    return [_Encoding("utf-8-sig", b"\x00"), _Encoding("cp1252", b"\x00" + _NO_LETTER)]


def _columns(name: str, text: str, skip: int, delimiter: str) -> tuple[str, ...]:
    below = StringIO(text.removeprefix("\ufeff"), newline="")
    for _line in range(skip):
        below.readline()
    try:
        header = _header(csv.reader(below, delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise unreadable(name, "quotes", 1) from error
    if not below.read().strip():
        raise unreadable(name, "only_header")
    return tuple(tidy(cell) for cell in header)


def _header(reader: Iterator[list[str]]) -> list[str]:
    """The first row in which something stands."""
    return next((cells for cells in reader if any(cells)), [])


def _below(reader: csv._reader, skip: int) -> Iterator[Line]:  # type: ignore[name-defined]
    """The rows that follow; after one with wrong quotation marks reading goes on at the next line."""
    line = skip + reader.line_num + 1
    while True:
        try:
            for cells in reader:
                if any(cells):
                    yield line, cells
                line = skip + reader.line_num + 1
            return
        except csv.Error:
            yield line, None
            line = skip + reader.line_num + 1
