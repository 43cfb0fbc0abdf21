"""A register extract as it lies here: packed, unpacked for as long as it is read, and what is said about it."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils import timezone

from samenraad.instruments.lot.models import Dimension, Extract, Lot, Value
from samenraad.instruments.lot.queries.pool import dimensions
from samenraad.instruments.lot.rules.columns import plain
from samenraad.instruments.lot.rules.extract import Grouping, How, Reading
from samenraad.instruments.lot.rules.invented import age_range, is_age
from samenraad.methods.files.excel import excel_rows
from samenraad.methods.files.tables import fold
from samenraad.methods.sortition.letters.register_file import RegisterFile, open_register
from samenraad.people.models import Town
from samenraad.refusals import Refusal
from samenraad.texts import explain

_CHUNK = 1 << 20
#: so much of a file is looked at to see its header and its first rows
LOOK = 64 * 1024
#: what a register calls the two that are nearly everywhere -> our usual keys
GENDERS = (
    ("m", "man", "male", "mannelijk", "homme", "h", "1"),
    ("v", "vrouw", "woman", "female", "vrouwelijk", "femme", "f", "2"),
)


@contextmanager
def on_disk(extract: Extract) -> Iterator[Path]:
    """The file, in a folder of its own that only this process can read, and that goes when it is done."""
    with TemporaryDirectory(prefix="lot-") as folder:
        path = Path(folder) / (Path(extract.name).name or "register.csv")
        packed = bytes(extract.content or b"")
        unpack = zlib.decompressobj()
        with path.open("wb") as stream:
            for start in range(0, len(packed), _CHUNK):
                stream.write(unpack.decompress(packed[start : start + _CHUNK]))
        yield path


def opened(path: Path, how: How) -> tuple[Reading, int]:
    """Ready to be read, and about how many lines there are."""
    try:
        reading = Reading(open_register(path), how)
    except Refusal as refusal:
        raise Refusal("lot.extract_unreadable", why=explain(refusal)) from refusal
    if reading.lost:
        raise Refusal("lot.columns_lost", columns=", ".join(reading.lost))
    return reading, _lines(path, reading.file)


def _lines(path: Path, file: RegisterFile) -> int:
    if file.sheet is not None:
        return len(file.sheet.rows)
    with path.open("rb") as stream:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(_CHUNK), b""))


def first_look(path: Path) -> tuple[list[str], list[list[str]]]:
    """The header and the first five rows, without reading on."""
    with path.open("rb") as stream:
        start = stream.read(LOOK)
    try:
        if start.startswith(b"PK\x03\x04"):
            rows = (list(cells) for _line, cells in excel_rows(path.read_bytes(), path.name, None) if any(cells))
            header, *sample = list(islice(rows, 6)) or [[]]
            return header, sample
        beginning = path.with_name("first-look")
        beginning.write_bytes(_whole_lines(start))
        file = open_register(beginning)
        return list(file.columns), [cells for _line, cells in islice(file.rows(), 5) if cells]
    except Refusal as refusal:
        raise Refusal("lot.extract_unreadable", why=explain(refusal)) from refusal


def _whole_lines(start: bytes) -> bytes:
    """Without what was cut off in the middle: of a row, or of a letter of two bytes."""
    if len(start) < LOOK:
        return start
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return start[: len(start) // 2 * 2]
    return start[: start.rfind(b"\n") + 1] or start


def of_the_register(lot: Lot) -> list[Dimension]:
    return [one for one in dimensions(lot) if one.source == Dimension.Source.REGISTER]


def ages(dimension: Dimension) -> tuple[tuple[int, str], ...]:
    """The lowest age of each group, when these groups are ages."""
    values = list(dimension.values.all())
    if not values:
        return ()
    if all(value.lowest_age is not None for value in values):
        return tuple((value.lowest_age or 0, value.key) for value in values)
    if is_age([value.key for value in values]):
        return tuple((age_range(value.key)[0], value.key) for value in values)
    return ()


def by_column(lot: Lot) -> list[Dimension]:
    """Dimensions that need a column of their own: all but ages, which follow from the date of birth."""
    return [one for one in of_the_register(lot) if not ages(one)]


def how(lot: Lot, extract: Extract) -> How:
    groupings = tuple(
        Grouping(one.key, {} if ages(one) else translation(one, extract.values.get(one.key, {})), ages(one))
        for one in of_the_register(lot)
    )
    town = Town.objects.first()
    return How(
        columns={word: column for word, column in extract.columns.items() if column},
        leave_out=tuple((column, value) for column, value in extract.leave_out),
        groupings=groupings,
        min_age=lot.min_age,
        on=lot.age_on or timezone.localdate(),
        town=town.city if town else "",
    )


def translation(dimension: Dimension, told: dict[str, str]) -> dict[str, str]:
    """As the register writes it, without capitals -> our value: what was told, else what is the same word."""
    values = list(dimension.values.all())
    found = {fold(name): value.key for value in values for name in _names(value)}
    for alike in GENDERS:
        keys = {found[name] for name in alike[:-1] if name in found}
        if len(keys) == 1 and len(values) <= 3:
            found = {**dict.fromkeys(alike, keys.pop()), **found}
    return found | {fold(written): value for written, value in told.items()}


def _names(value: Value) -> Sequence[str]:
    return [value.key, *value.label.values()]


def dimension_names(dimension: Dimension) -> list[str]:
    return [plain(dimension.key), *map(plain, dimension.label.values())]
