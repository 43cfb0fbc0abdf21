"""The card of the post: what needs a look, the counts, and forgetting who was written to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenraad.cards import Room, Table, Todo
from samenraad.people.access import scopes
from samenraad.post import actions, queries
from samenraad.post.access import CLERKS
from samenraad.post.models import Message

if TYPE_CHECKING:
    from samenraad.people.models import Person
    from samenraad.processes.models import Process


class Post(Room):
    name = "post"
    story = {"post.posted": lambda facts: _posted(facts)}

    def todo(self, person: Person, today: date) -> list[Todo]:
        where = scopes(person, *CLERKS)
        return queries.waiting(where, timezone.now()) if where else []

    def tables(self, process: Process) -> list[Table]:
        """What went out and by which way: no names, no addresses, no texts."""
        header = ("way", "language", "state", "made", "settled", "attempts")
        return [Table("messages", header, _rows(process))]

    def forget(self, person: Person) -> None:
        actions.forget(person=person)

    def known(self, person: Person) -> dict[str, Any]:
        return {_("Messages to you"): [_told(message) for message in person.messages.all()]}

    def tick(self, today: date) -> list[str]:
        said, now = [], timezone.now()
        if count := actions.settle_unsure(now=now):
            said.append(f"{count} messages may not have arrived")
        if queries.due_mail(now).exists():
            actions.wake()
            said.append("e-mail waits: a job was called")
        return said


def _posted(facts: Mapping[str, Any]) -> str:
    count = facts.get("count", 0)
    return ngettext("{count} letter was posted", "{count} letters were posted", count).format(count=count)


def _rows(process: Process) -> Iterator[tuple[object, ...]]:
    for message in Message.objects.filter(scope=process.thread).iterator():
        settled = _day(message.settled_at)
        yield message.medium, message.language, message.state, _day(message.made_at), settled, message.attempts


def _day(moment: Any) -> date | str:
    return timezone.localtime(moment).date() if moment else ""


def _told(message: Message) -> dict[str, Any]:
    return {
        _("way"): message.get_medium_display(),
        _("made"): message.made_at,
        _("state"): message.get_state_display(),
        _("settled"): message.settled_at,
        _("to"): message.address,
        _("subject"): message.subject,
        _("text"): message.body,
        _("also in it"): {name: value for name, value in message.extra.items() if name != "code"},
    }


card = Post()
