"""Writing a `.pb` file: what was read comes back cell by cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from samenraad.methods.budgeting.pb.pb_file import PbFile
from samenraad.refusals import Refusal


def pb_text(file: PbFile) -> str:
    """The file as text, lines ended by a newline.

    >>> from samenraad.methods.budgeting.instance import Instance
    >>> from samenraad.methods.budgeting.pb.pb_file import from_instance
    >>> pb_text(from_instance(Instance.of({"a": 5}, 9, [["a"]]))).splitlines()[-2:]
    ['voter_id;neighborhood;vote', '1;;a']
    """
    stream = io.StringIO()
    for section, rows in (
        ("META", [("key", "value"), *file.meta]),
        ("PROJECTS", [file.project_columns, *file.projects]),
        ("VOTES", [file.vote_columns, *file.votes]),
    ):
        stream.write(section + "\n")
        _write(stream, rows)
    return stream.getvalue()


def _write(stream: io.StringIO, rows: Iterable[Sequence[str]]) -> None:
    csv.writer(stream, delimiter=";", lineterminator="\n").writerows(rows)


def write_pb(file: PbFile, path: str | Path) -> None:
    """Refuses `budgeting.taken` when there is something at `path` already."""
    try:
        with Path(path).open("x", encoding="utf-8", newline="") as stream:
            stream.write(pb_text(file))
    except FileExistsError as error:
        raise Refusal("budgeting.taken", file=Path(path).name) from error
