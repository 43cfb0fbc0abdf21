"""The promise: all its versions, and what changed from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenraad.processes import rules
from samenraad.processes.actions.promises import content
from samenraad.processes.models import Process, Promise, RoomItem
from samenraad.texts import Rendition, Translated, translated


@dataclass(frozen=True)
class Change:
    """One thing that is different from the version before."""

    what: str
    was: str
    now: str


@dataclass(frozen=True)
class Version:
    promise: Promise
    changes: tuple[Change, ...]
    conditions: tuple[Rendition, ...]
    current: bool
    whole: bool  # the fingerprint still fits the content

    @property
    def before(self) -> int:
        """The number of the version before; none before the first."""
        return self.promise.version - 1


def public_promises(process: Process) -> list[Promise]:
    """Oldest first."""
    return [promise for promise in process.promises.all() if promise.published_at]


def current(process: Process) -> Promise | None:
    return next(iter(reversed(public_promises(process))), None)


def versions(process: Process) -> list[Version]:
    """Every public version, newest first, with what changed since the one before."""
    promises = public_promises(process)
    pairs = zip([None, *promises], promises, strict=False)
    return [
        Version(
            promise,
            tuple(changes(before, promise)) if before else (),
            conditions(promise),
            promise is promises[-1],
            rules.promise_digest(content(promise)) == promise.digest,
        )
        for before, promise in pairs
    ][::-1]


def conditions(promise: Promise) -> tuple[Rendition, ...]:
    """What meets all of these is adopted."""
    return tuple(translated(text).rendition() for text in promise.preconditions)


def changes(before: Promise, now: Promise) -> list[Change]:
    """In the order in which a reader wants to know them; nothing when nothing changed."""
    pairs = [
        (_("Who answers"), before.body.name, now.body.name),
        (_("Days to answer"), _days(before.term_days), _days(now.term_days)),
        (_("The promise"), str(before.text), str(now.text)),
        (_("What is adopted"), _lines(before.preconditions), _lines(now.preconditions)),
        (_("How it was decided"), before.settled_by, now.settled_by),
        (_("The question"), str(before.question), str(now.question)),
        (_("Open and fixed"), _room(before.room), _room(now.room)),
    ]
    return [Change(what, was, is_now) for what, was, is_now in pairs if was != is_now]


def outdated(process: Process) -> list[str]:
    """What was changed in the process after the promise was made for it: then the promise says so."""
    promise = current(process)
    if promise is None:
        return []
    parts = []
    if Translated(promise.question) != process.question:
        parts.append(_("the question"))
    if promise.room != [{"kind": one.kind, "text": dict(one.text), "source": one.source} for one in process.room.all()]:
        parts.append(_("what is open and what is fixed"))
    return parts


def _days(days: int) -> str:
    return ngettext("{days} day", "{days} days", days).format(days=days)


def _lines(texts: Sequence[Any]) -> str:
    return "\n".join(str(translated(text)) for text in texts)


def _room(room: Sequence[dict[str, Any]]) -> str:
    labels = dict(RoomItem.Kind.choices)
    lines = []
    for item in room:
        source = f" ({item['source']})" if item.get("source") else ""
        lines.append(f"{labels.get(item['kind'], item['kind'])}: {translated(item['text'])}{source}")
    return "\n".join(lines)
