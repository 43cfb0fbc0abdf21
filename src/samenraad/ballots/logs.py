"""What the log says of the booth: that something went wrong and where in the code, never who, when, or with which code.

Addresses of the booth hold a voting code (from the QR of a letter), a record holds the request with the address of the
visitor, and a database that complains quotes values. So of a record about the booth only its level, its logger, the
status and the places in the code are written.
"""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

#: the booth itself, the ballot screens of every instrument, and where somebody looks for their receipt
BOOTH = re.compile(r"^/vote/|^/[a-z_]+/\d+/ballot/|^/votes/[-\w]+/receipt/")
_inside: ContextVar[bool] = ContextVar("inside the booth", default=False)


@contextmanager
def unseen() -> Iterator[None]:
    """Whatever is logged in here is about the booth."""
    token = _inside.set(True)
    try:
        yield
    finally:
        _inside.reset(token)


def is_about_the_booth(record: logging.LogRecord) -> bool:
    path = getattr(getattr(record, "request", None), "path", "")
    return _inside.get() or bool(BOOTH.match(path)) or _names_the_booth(record)


def _names_the_booth(record: logging.LogRecord) -> bool:
    """A line of a web server: "GET /vote/c/K7F4.../ HTTP/1.1" 404."""
    words = record.getMessage().replace('"', " ").split()
    return any(BOOTH.match(word) for word in words)


class Formatter(logging.Formatter):
    """As usual, but silent about who voted and when."""

    def format(self, record: logging.LogRecord) -> str:
        return _silent(record) if is_about_the_booth(record) else super().format(record)


def _silent(record: logging.LogRecord) -> str:
    status = getattr(record, "status_code", "")
    line = f"{record.levelname} {record.name} the booth {status}".rstrip()
    return line + _where(record.exc_info)


def _where(exc_info: Any) -> str:
    """The kind of mistake and the places in the code, without what it said."""
    if not exc_info or not exc_info[0]:
        return ""
    return f": {exc_info[0].__name__}\n{''.join(traceback.format_tb(exc_info[2]))}".rstrip()
