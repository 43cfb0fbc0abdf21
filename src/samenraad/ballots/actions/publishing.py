"""Checkpoints go out: at most one an hour while people vote, and at once when the rules were fixed, when the box was
sealed and after the count. Every subscriber gets each of them once."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samenraad.ballots.actions import checkpoints
from samenraad.ballots.box.models import Checkpoint, Head
from samenraad.ballots.models import Subscriber, Vote
from samenraad.ballots.queries.board import text_of
from samenraad.post.actions import queue

#: while people vote a checkpoint goes out so often at most
EVERY = timedelta(hours=1)


def publish_all() -> list[str]:
    """For the tick: whatever is due in every vote. Idempotent."""
    known = Vote.objects.exclude(frozen_at=None).select_related("step__process")
    sizes = dict(Head.objects.values_list("vote", "number"))
    due = [vote for vote in known if sizes.get(vote.key, 0) != vote.told_size and _is_time(vote)]
    return [f"checkpoint at {publish(vote=vote)} lines of vote {vote.key}" for vote in due]


def _is_time(vote: Vote) -> bool:
    return vote.told_at is None or vote.sealed_at is not None or timezone.now() - vote.told_at >= EVERY


def publish(*, vote: Vote) -> int:
    """A checkpoint over the board as it stands, sent to all who asked for it. Who was cut off in between box and post
    goes on here: the messages follow the last checkpoint, whoever made it. Says its size."""
    checkpoints.make(vote=vote)
    last = Checkpoint.objects.filter(vote=vote.key).order_by("size").last()
    if last is None:
        return 0
    with transaction.atomic():
        held = Vote.objects.select_for_update(of=("self",)).select_related("step__process").get(pk=vote.pk)
        if held.told_size < last.size:
            for subscriber in held.subscribers.filter(confirmed=True):
                send(subscriber=subscriber, vote=held, checkpoint=last)
            held.told_size, held.told_at = last.size, timezone.now()
            held.save(update_fields=["told_size", "told_at"])
    return last.size


def send(*, subscriber: Subscriber, vote: Vote, checkpoint: Checkpoint) -> None:
    """This checkpoint to this mailbox, once."""
    with translation.override(subscriber.language or None):
        title = str(vote.step.title)
        queue(
            key=f"checkpoint:{vote.key}:{checkpoint.size}:{subscriber.pk}",
            person=None,
            address={"email": subscriber.email},
            language=translation.get_language(),
            scope=vote.step.process.thread,
            subject=_("Checkpoint of the vote “{title}”: {ballots} ballots").format(
                title=title, ballots=checkpoint.ballots
            ),
            body=_body(subscriber, checkpoint),
            extra={
                "where": title,
                "link": reverse("ballots:subscription", args=[vote.key, subscriber.token]),
                "link_text": _("Stop these e-mails"),
            },
        )


def _body(subscriber: Subscriber, checkpoint: Checkpoint) -> str:
    hello = _("Hello {name},").format(name=subscriber.name) if subscriber.name else _("Hello,")
    stands = _("On {day} the public board had {size} lines, with {ballots} ballots. This is its checkpoint:").format(
        day=date_format(checkpoint.day, "DATE_FORMAT"), size=checkpoint.size, ballots=checkpoint.ballots
    )
    keep = _(
        "Keep this e-mail. With it anybody can see later whether a line was altered, added in between or taken away."
    )
    how = _(
        "How: save this e-mail as mail.txt, download the files of the vote, and type "
        "“python3 verify_board.py . --checkpoint mail.txt”."
    )
    return "\n\n".join([hello, stands, text_of(checkpoint).strip(), keep, how])
