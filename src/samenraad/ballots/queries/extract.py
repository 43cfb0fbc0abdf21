"""A list of voters as it lies here: packed, and unpacked for as long as it is read."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from samenraad.ballots.models import Load
from samenraad.ballots.rules.extract import Reading
from samenraad.methods.sortition.letters.register_file import RegisterFile, open_register
from samenraad.people.models import Town
from samenraad.refusals import Refusal
from samenraad.texts import explain

_CHUNK = 1 << 20
#: our words for the columns of a list
LABELS = {
    "number": _("number"),
    "name": _("name"),
    "street": _("street"),
    "postcode": _("postcode"),
    "city": _("town"),
    "area": _("neighbourhood"),
}


@contextmanager
def on_disk(load: Load) -> Iterator[Path]:
    """The file, in a folder of its own that only this process can read, and that goes when it is done."""
    with TemporaryDirectory(prefix="roll-") as folder:
        path = Path(folder) / (Path(load.name).name or "roll.csv")
        packed, unpack = bytes(load.content or b""), zlib.decompressobj()
        with path.open("wb") as stream:
            for start in range(0, len(packed), _CHUNK):
                stream.write(unpack.decompress(packed[start : start + _CHUNK]))
        yield path


def opened(path: Path) -> tuple[Reading, int]:
    """Ready to be read, and about how many lines there are. Refuses `ballots.list_unreadable`,
    `ballots.columns_missing` and `ballots.columns_double`."""
    try:
        file = open_register(path)
    except Refusal as refusal:
        raise Refusal("ballots.list_unreadable", why=explain(refusal)) from refusal
    town = Town.objects.first()
    language = settings.LANGUAGE_CODE.split("-")[0]
    reading = Reading(file.rows(), file.columns, town.city if town else "", language)
    if reading.columns.missing:
        named = ", ".join(str(LABELS[word]) for word in reading.columns.missing)
        raise Refusal("ballots.columns_missing", columns=named, header=", ".join(file.columns))
    if reading.columns.double:
        raise Refusal("ballots.columns_double", columns=", ".join(reading.columns.double))
    return reading, _lines(path, file)


def _lines(path: Path, file: RegisterFile) -> int:
    if file.sheet is not None:
        return len(file.sheet.rows)
    with path.open("rb") as stream:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(_CHUNK), b""))
