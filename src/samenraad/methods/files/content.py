"""What stands in a file, whatever it is given as: a path, bytes or an open stream; and the text in it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import IO

from samenraad.methods.files.mistakes import unreadable

#: a path, bytes, or anything that can be read
Source = str | Path | bytes | IO[bytes] | IO[str]

MOST_BYTES = 100_000_000
#: signs that no text file has, of which the files of other programs are full
_BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def name_of(source: Source) -> str | None:
    """As the file is called; None when it has no name."""
    if isinstance(source, (str, Path)):
        return Path(source).name or str(source)
    name = getattr(source, "name", None)
    return Path(name).name if isinstance(name, str) else None


def content_of(
    source: Source, name: str, *, room: str = "sortition", most: int = MOST_BYTES, no_text: str = "not_a_table"
) -> bytes | str:
    """All of it, and no more than `most` bytes. Refuses (`<room>.files`) `unopened`, `too_large`, and with the word in
    `no_text` what an open stream cannot read as text."""
    if isinstance(source, bytes):
        content: bytes | str = source
    else:
        try:
            if isinstance(source, (str, Path)):
                with Path(source).open("rb") as stream:
                    content = stream.read(most + 1)
            else:
                content = source.read(most + 1)
        except UnicodeDecodeError as error:
            raise unreadable(name, no_text, room=room) from error
        except (OSError, ValueError) as error:
            raise unreadable(name, "unopened", room=room) from error
    if len(content) > most:
        raise unreadable(name, "too_large", room=room)
    return content


def text_of(content: bytes | str, name: str) -> str:
    """The text in these bytes: UTF-8, UTF-16 with or without its mark, else Windows-1252. Refuses what is no text."""
    text = content if isinstance(content, str) else _text(content, name)
    if _BINARY.search(text):
        raise unreadable(name, "not_a_table")
    return text.removeprefix("\ufeff")


def _text(content: bytes, name: str) -> str:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise unreadable(name, "old_excel")
    for encoding in _encodings(content):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise unreadable(name, "not_a_table")


def _encodings(content: bytes) -> tuple[str, ...]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    start = content[:400]
    if start[1::2].count(0) > len(start) // 4:  # every other byte of plain letters is empty
        return ("utf-16-le",)
    if start[::2].count(0) > len(start) // 4:
        return ("utf-16-be",)
    return ("utf-8", "cp1252")
