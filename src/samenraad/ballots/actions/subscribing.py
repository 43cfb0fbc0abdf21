"""Who gets every checkpoint: the supervision committee, and whoever asks for it and confirms it."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samenraad.ballots.actions.publishing import send
from samenraad.ballots.box.models import Checkpoint
from samenraad.ballots.models import Subscriber, Vote
from samenraad.ledger.actions import note
from samenraad.people.models import Person
from samenraad.post.actions import queue
from samenraad.refusals import Refusal

#: so many mailboxes can wait for their confirmation: who types in addresses of others stops here
MOST_WAITING = 500
#: who does not confirm is forgotten
PATIENCE = timedelta(days=7)
#: so long after the count the addresses are kept
AFTERWARDS = timedelta(days=60)


@transaction.atomic
def ask(*, vote: Vote, email: str) -> Subscriber:
    """A mailbox that wants the checkpoints gets one e-mail, with a link that confirms it. Asked again: no second one.
    Refuses `ballots.many_waiting`."""
    held = Vote.objects.select_for_update(of=("self",)).select_related("step__process").get(pk=vote.pk)
    known = held.subscribers.filter(email=email.lower()).first()
    if known:
        return known
    if held.subscribers.filter(confirmed=False).count() >= MOST_WAITING:
        raise Refusal("ballots.many_waiting")
    subscriber = _new(held, email)
    title = str(held.step.title)
    queue(
        key=f"subscribe:{subscriber.pk}:{subscriber.token[:8]}",
        person=None,
        address={"email": subscriber.email},
        language=subscriber.language,
        scope=held.step.process.thread,
        subject=_("Do you want the checkpoints of this vote?"),
        body="\n\n".join(
            [
                _("Hello,"),
                _("Somebody asked us to send the checkpoints of the vote “{title}” to this mailbox.").format(
                    title=title
                ),
                _("Was it you? Then confirm it. Was it not? Then do nothing: after a week we forget this address."),
            ]
        ),
        extra={
            "where": title,
            "link": reverse("ballots:subscription", args=[held.key, subscriber.token]),
            "link_text": _("Confirm it"),
        },
    )
    return subscriber


@transaction.atomic
def confirm(*, subscriber: Subscriber) -> Subscriber:
    """From here on every checkpoint goes there; the last one at once."""
    held = (
        Subscriber.objects.select_for_update(of=("self",)).select_related("vote__step__process").get(pk=subscriber.pk)
    )
    held.confirmed = True
    held.save(update_fields=["confirmed"])
    last = Checkpoint.objects.filter(vote=held.vote.key).order_by("size").last()
    if last:
        send(subscriber=held, vote=held.vote, checkpoint=last)
    return held


def stop(*, subscriber: Subscriber) -> None:
    """No e-mails any more; the address is gone."""
    Subscriber.objects.filter(pk=subscriber.pk).delete()


@transaction.atomic
def appoint(*, vote: Vote, name: str, email: str, by: Person | None) -> Subscriber:
    """A mailbox of the supervision committee, written down by the organiser. Twice the same is one."""
    held = Vote.objects.select_for_update(of=("self",)).select_related("step__process").get(pk=vote.pk)
    known = held.subscribers.filter(email=email.lower()).first() or _new(held, email)
    fresh = not known.committee
    known.name, known.committee = name, True
    known.save(update_fields=["name", "committee"])
    confirmed = confirm(subscriber=known)
    if fresh:
        note("ballots.watched", held.step, thread=held.step.process.thread, who=by)
    return confirmed


@transaction.atomic
def dismiss(*, subscriber: Subscriber, by: Person | None) -> None:
    """This mailbox gets no checkpoints any more. Everybody can see that there is one fewer."""
    gone, _each = Subscriber.objects.filter(pk=subscriber.pk, committee=True).delete()
    if gone:
        step = subscriber.vote.step
        note("ballots.unwatched", step, thread=step.process.thread, who=by)


def forget_late() -> int:
    """For the tick: who did not confirm in time; and everybody when there will be no checkpoints any more."""
    now = timezone.now()
    late = Q(confirmed=False, asked_at__lt=now - PATIENCE) | Q(vote__counted_at__lt=now - AFTERWARDS)
    gone, _each = Subscriber.objects.filter(late).delete()
    return gone


def forget(*, person: Person) -> None:
    """Somebody wants to be forgotten: the mailboxes with their address. That the committee has one fewer is told, as
    when its organiser takes it off: so nobody can do that unseen by way of a person with the same address."""
    if not person.email:
        return
    own = Subscriber.objects.filter(email=person.email.lower())
    for subscriber in own.filter(committee=True).select_related("vote__step__process"):
        dismiss(subscriber=subscriber, by=None)
    own.delete()


def _new(vote: Vote, email: str) -> Subscriber:
    return Subscriber.objects.create(
        vote=vote, email=email.lower(), token=secrets.token_hex(16), language=(get_language() or "nl")[:2]
    )
