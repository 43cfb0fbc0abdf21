"""`samenraad post send|status|unsure`: send what waits, count what there is, and which messages need a look."""

from __future__ import annotations

import signal
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from samenraad.post import queries
from samenraad.post.actions import deliver, settle_unsure


class Command(BaseCommand):
    help = "Send the e-mails that wait, count what is in the outbox, or list what is unsure."
    requires_system_checks: list[str] = []  # begins in half the time

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["send", "status", "unsure"])
        parser.add_argument("--limit", type=int, default=None, help="send: at most so many")

    def handle(self, *args: Any, **options: Any) -> None:
        {"send": self._send, "status": self._status, "unsure": self._unsure}[options["what"]](options)

    def _send(self, options: dict[str, Any]) -> None:
        """Asked to stop (Ctrl-C, SIGTERM), it finishes the message that is in the air."""
        stopped: list[int] = []

        def stop(number: int, frame: FrameType | None) -> None:
            stopped.append(number)

        before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            settle_unsure()
            report = deliver(limit=options["limit"], stop=lambda: bool(stopped))
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
        self.stdout.write(
            f"{report.sent} sent, {report.refused} refused, {report.later} to be tried later, {report.unsure} unsure."
        )
        if report.trouble:
            raise CommandError(f"The mail server: {report.trouble}", returncode=1)

    def _status(self, options: dict[str, Any]) -> None:
        for count in queries.counts(timezone.now()):
            self.stdout.write(f"{count.medium:8} {count.state:10} {count.number:>7}")

    def _unsure(self, options: dict[str, Any]) -> None:
        """With the Message-ID to look for in the mail server's log."""
        for message in queries.unsure(timezone.now()):
            moment = message.claimed_at.isoformat(timespec="seconds") if message.claimed_at else "-"
            self.stdout.write(f"{message.message_id}  {moment}  {message.scope or '-'}  {message.trouble or '-'}")
