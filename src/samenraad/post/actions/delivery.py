"""Claim, send, confirm: each message leaves the house once, or somebody is asked to look.

Two short transactions with the sending between them. Killed before the claim: it waits still. Killed after the
confirmation: it is sent. Killed in between: it stays claimed, and after the lease it reads as unsure; nobody
sends it again by guess.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samenraad.post.mail import compose
from samenraad.post.models import Medium, Message
from samenraad.post.queries import due_mail
from samenraad.post.rules import gives_up, wait_before
from samenraad.post.transport import End, Line, Result

log = logging.getLogger(__name__)
State = Message.State


@dataclass
class Report:
    """What one round of sending came to."""

    sent: int = 0
    refused: int = 0
    later: int = 0
    unsure: int = 0
    trouble: str = ""

    @property
    def tried(self) -> int:
        return self.sent + self.refused + self.later + self.unsure


def deliver(*, limit: int | None = None, stop: Callable[[], bool] = lambda: False) -> Report:
    """Send the e-mails that wait, one by one, until none is left, `limit` were tried or `stop()` says so.

    Many may do so at once, on as many machines as you like. Not inside a transaction: a claim must be seen by
    all others before the message leaves. It writes nothing in the ledger: what is owed was written there when it
    came to be owed, and the messages themselves are the record of what was sent.
    """
    report, worker = Report(), f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"
    with Line() as line:
        while (limit is None or report.tried < limit) and not stop():
            if not line.is_open and not due_mail(timezone.now()).exists():
                break
            try:
                line.open()
            except Exception as error:
                log.warning("The mail server cannot be reached, everything waits: %s", error)
                report.trouble = str(error)[:200]
                break
            message = claim(worker=worker)
            if message is None:
                break
            result = _send(line, message)
            confirm(message=message, worker=worker, result=result)
            _count(report, result)
            if result.ours:
                report.trouble = result.trouble
                break
    return report


def claim(*, worker: str) -> Message | None:
    """The first message that waits, from now on ours alone; None when nothing waits."""
    while True:
        with transaction.atomic(durable=True):
            now = timezone.now()
            first = _first(due_mail(now))
            if first is None:
                return None
            mine = Message.objects.filter(pk=first.pk, state=State.WAITING)
            if mine.update(state=State.CLAIMED, claimed_by=worker, claimed_at=now):
                first.state, first.claimed_by, first.claimed_at = State.CLAIMED, worker, now
                return first


def _first(waiting: QuerySet[Message]) -> Message | None:
    """PostgreSQL passes over what another is claiming this moment; SQLite has one writer at a time anyway."""
    return waiting.select_for_update(skip_locked=True).first()


def _send(line: Line, message: Message) -> Result:
    try:
        mail = compose(message)
    except ValidationError:
        return Result(End.REFUSED, _in_town_language(lambda: _("This is not an e-mail address.")))
    except Exception as error:  # it has not left the house, so this one is certain
        log.exception("Message %s cannot be made", message.message_id)
        return Result(End.REFUSED, f"{type(error).__name__}: {error}")
    result = line.send(mail)
    if result.end is not End.SENT:
        log.warning("Message %s: %s (%s)", message.message_id, result.end.value, result.trouble)
    return result


def confirm(*, message: Message, worker: str, result: Result) -> bool:
    """Write down how it ended. Also when it was called unsure in the meantime: now we know."""
    ours = Message.objects.filter(pk=message.pk, claimed_by=worker, state__in=(State.CLAIMED, State.UNSURE))
    with transaction.atomic(durable=True):
        return bool(ours.update(**_fields(message, result, timezone.now())))


def _fields(message: Message, result: Result, now: datetime) -> dict[str, object]:
    trouble = result.trouble[:240]
    if result.end is End.SENT:
        return {"state": State.SENT, "settled_at": now, "trouble": ""}
    if result.end is End.UNSURE:
        return {"state": State.UNSURE, "trouble": trouble}
    attempts = message.attempts + 1
    if result.end is End.REFUSED or gives_up(attempts):
        return {"state": State.FAILED, "settled_at": now, "trouble": trouble, "attempts": attempts}
    return {
        "state": State.WAITING,
        "claimed_by": "",
        "claimed_at": None,
        "attempts": attempts,
        "not_before": now + wait_before(attempts),
        "trouble": trouble,
    }


def _count(report: Report, result: Result) -> None:
    name = {End.SENT: "sent", End.REFUSED: "refused", End.LATER: "later", End.UNSURE: "unsure"}[result.end]
    setattr(report, name, getattr(report, name) + 1)


def _in_town_language(text: Callable[[], str]) -> str:
    """Troubles are read by the staff, whatever the language of the message."""
    with translation.override(settings.LANGUAGE_CODE):
        return text()


def settle_unsure(*, now: datetime | None = None) -> int:
    """What was in the air for longer than the lease is unsure: write down what it reads as already."""
    before = (now or timezone.now()) - settings.POST_LEASE
    stranded = Message.objects.filter(state=State.CLAIMED, medium=Medium.EMAIL, claimed_at__lt=before)
    return stranded.update(state=State.UNSURE)
