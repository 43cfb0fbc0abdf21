"""Reading a `.pb` file. Every bad line is told, all at once; nothing is guessed, and nothing is left out in silence."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from samenraad.methods.budgeting.pb.checks import check
from samenraad.methods.budgeting.pb.pb_file import PbFile, Row
from samenraad.methods.files.content import content_of, name_of
from samenraad.methods.files.mistakes import InOneFile, unreadable

MOST_BYTES = 500_000_000
SECTIONS = ("META", "PROJECTS", "VOTES")

#: part -> its rows, each with the line on which it begins
Parts = dict[str, list[tuple[int, Row]]]


def read_pb(source: str | Path | bytes | IO[bytes]) -> PbFile:
    """The file as it is, checked. UTF-8, with or without a byte order mark; else Windows-1252.

    >>> text = b"META\\nkey;value\\nbudget;9\\nvote_type;approval\\nPROJECTS\\nproject_id;cost\\na;5\\n"
    >>> read_pb(text + b"VOTES\\nvoter_id;vote\\n1;a\\n").instance.votes["a"]
    1

    Refuses (`budgeting.files`) with all mistakes as `problems`.
    """
    name = name_of(source) or "file"
    mistakes = InOneFile("budgeting", name)
    parts = _parts(
        _text(content_of(source, name, room="budgeting", most=MOST_BYTES, no_text="not_text"), name), mistakes
    )
    for section in SECTIONS:
        if section not in parts:
            mistakes.add(None, "section_missing", section=section)
        elif not parts[section]:
            mistakes.add(None, "no_columns", section=section)
    mistakes.refuse()
    return check(parts, mistakes)


def _text(content: bytes | str, name: str) -> str:
    if isinstance(content, str):
        return content
    if b"\0" in content:
        raise unreadable(name, "not_text", room="budgeting")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _parts(text: str, mistakes: InOneFile) -> Parts:
    """The rows of each part; empty lines are passed over."""
    parts: Parts = {}
    current: list[tuple[int, Row]] | None = None
    for line, row in _rows(text, mistakes):
        title = row[0].strip() if not any(row[1:]) else ""
        if title in SECTIONS:
            if title in parts:
                mistakes.add(line, "section_twice", section=title)
            current = parts.setdefault(title, [])
        elif current is None:
            mistakes.add(line, "before_sections")
        else:
            current.append((line, row))
    return parts


def _rows(text: str, mistakes: InOneFile) -> Iterator[tuple[int, Row]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    begin = 1
    try:
        for row in reader:
            if any(row):
                yield begin, tuple(row)
            begin = reader.line_num + 1
    except csv.Error:
        mistakes.add(begin, "quotes")
