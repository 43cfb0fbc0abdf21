"""The e-mails that Django wrote into files, because this is a demo."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

#: what Django's file backend writes between two messages
RULE = b"-" * 79
NEWEST = 5


@dataclass(frozen=True)
class Mail:
    to: str
    subject: str
    body: str


def newest() -> list[Mail]:
    folder = Path(settings.EMAIL_FILE_PATH)
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True) if folder.is_dir() else []
    found: list[Mail] = []
    for file in files[:NEWEST]:
        found += reversed(list(_read(file)))
    return found[:NEWEST]


def _read(file: Path) -> Iterator[Mail]:
    for part in file.read_bytes().split(RULE):
        if not part.strip():
            continue
        mail = message_from_bytes(part.lstrip(), _class=EmailMessage, policy=policy.default)
        text = mail.get_body(("plain",))
        yield Mail(str(mail["to"] or ""), str(mail["subject"] or ""), text.get_content() if text else "")
