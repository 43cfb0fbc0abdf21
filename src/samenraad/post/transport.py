"""The way out of the house: one connection to the mail server, and what its answer means.

There are four ends to an attempt, and the difference between the last two is why this module exists: whoever
knows for certain that the server did not take the message may try again, whoever does not know may not.
"""

from __future__ import annotations

import smtplib
import socket
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from types import TracebackType

from django.core.mail import EmailMessage, get_connection


class End(Enum):
    SENT = "the server took it"
    REFUSED = "the server will never take it"
    LATER = "the server did not take it now"
    UNSURE = "nobody knows"


@dataclass(frozen=True)
class Result:
    """How an attempt ended, and why, in the server's words. `ours`: the trouble would meet every message."""

    end: End
    trouble: str = ""
    ours: bool = False


class Line:
    """A connection that stays open for many messages."""

    def __init__(self) -> None:
        self._backend = get_connection()
        self._open = False

    def __enter__(self) -> Line:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.hang_up()

    @property
    def is_open(self) -> bool:
        return self._open

    def open(self) -> None:
        """Have a working connection, or raise. Nothing is on its way yet, so whatever goes wrong here is harmless."""
        if self._open and not self._still_there():
            self.hang_up()
        if not self._open:
            self._backend.open()
            self._open = True

    def _still_there(self) -> bool:
        """Servers hang up after a number of messages: better noticed now than with a message in the air."""
        smtp = getattr(self._backend, "connection", None)
        if not isinstance(smtp, smtplib.SMTP):
            return True
        try:
            return smtp.noop()[0] == 250
        except (smtplib.SMTPException, OSError):
            return False

    def hang_up(self) -> None:
        with suppress(Exception):  # what was sent is sent; a farewell that fails changes nothing
            self._backend.close()
        if hasattr(self._backend, "connection"):
            self._backend.connection = None
        self._open = False

    def send(self, mail: EmailMessage) -> Result:
        try:
            taken = self._backend.send_messages([mail])
        except Exception as error:
            self.hang_up()
            return verdict(error)
        return Result(End.SENT) if taken else Result(End.UNSURE)


def verdict(error: Exception) -> Result:
    """What an error while sending means. In doubt: unsure."""
    words = _words(error)
    if isinstance(error, (smtplib.SMTPConnectError, smtplib.SMTPHeloError, smtplib.SMTPAuthenticationError)):
        return Result(End.LATER, words, ours=True)
    if isinstance(error, smtplib.SMTPSenderRefused):  # before the message itself, and about us
        return Result(End.LATER, words, ours=True)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        return _by_code(min(codes, default=0), words)
    if isinstance(error, smtplib.SMTPResponseException):
        return _by_code(error.smtp_code, words)
    if isinstance(error, (ConnectionRefusedError, socket.gaierror)):
        return Result(End.LATER, words, ours=True)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Result(End.REFUSED, words)
    return _service_verdict(error, words)


def _service_verdict(error: Exception, words: str) -> Result:
    """What a mail service behind anymail means. Its library is large: asked only when something went wrong."""
    from anymail import exceptions as anymail

    never = (
        anymail.AnymailInvalidAddress,
        anymail.AnymailRecipientsRefused,
        anymail.AnymailSerializationError,
        anymail.AnymailUnsupportedFeature,
    )
    if isinstance(error, never):
        return Result(End.REFUSED, words)
    if isinstance(error, anymail.AnymailAPIError):
        return _by_status(error.status_code, words)
    return Result(End.UNSURE, words)


def _by_code(code: int, words: str) -> Result:
    """A reply of the mail server (RFC 5321): 4xx is later, 5xx is never. Anything else is no answer."""
    if 400 <= code < 500:
        return Result(End.LATER, words, ours=code == 421)
    if 500 <= code < 600:
        return Result(End.REFUSED, words)
    return Result(End.UNSURE, words)


def _by_status(status: int | None, words: str) -> Result:
    """A reply of a mail service over HTTP. Its own failures (5xx) and no reply at all leave us in doubt."""
    if status in (401, 402, 403, 429):
        return Result(End.LATER, words, ours=True)
    if status is not None and 400 <= status < 500:
        return Result(End.REFUSED, words)
    return Result(End.UNSURE, words)


def _words(error: Exception) -> str:
    """The server's own words on one line, as short as a log would have them."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        replies = [f"{code} {_text(reply)}" for code, reply in error.recipients.values()]
        return " ".join("; ".join(replies).split())[:200]
    if isinstance(error, smtplib.SMTPResponseException):
        return " ".join(f"{error.smtp_code} {_text(error.smtp_error)}".split())[:200]
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]


def _text(reply: bytes | str) -> str:
    return reply.decode(errors="replace") if isinstance(reply, bytes) else str(reply)
