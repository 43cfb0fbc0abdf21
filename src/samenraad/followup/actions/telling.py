"""Telling what is owed: from rows that say that somebody must hear something, to messages in the post."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from samenraad.followup import messages
from samenraad.followup.actions.feedback import settle
from samenraad.followup.facts import Facts, merged
from samenraad.followup.models import UNREACHABLE, Feedback
from samenraad.ledger.actions import note
from samenraad.people.actions import issue_code
from samenraad.people.models import Person, Town
from samenraad.post.actions import queue
from samenraad.post.models import Medium, Message
from samenraad.post.queries import address_of
from samenraad.post.rules import medium_for
from samenraad.processes.models import Contribution, Process, Proposal
from samenraad.refusals import Refusal

BATCH = 100
CODE_DAYS = 365
OPEN = Q(told_at=None, message=None)


def tell(*, process: Process | None = None, limit: int | None = None) -> int:
    """Put everything that is owed into the post: one message per contribution and occasion. Says how many.

    `limit`: about so many and no more, for a worker with little time.

    Safe to run twice at once: whoever holds a contribution writes to it, and the rows remember their message.
    """
    done, last = 0, 0
    while limit is None or done < limit:
        room = BATCH if limit is None else min(BATCH, limit - done)
        count, last = _tell_some(process, last, room)
        done += count
        if not last:
            break
    return done


@transaction.atomic
def _tell_some(process: Process | None, after: int, room: int) -> tuple[int, int]:
    """One batch of contributions; says how many messages were made, and the last contribution (0: no more)."""
    contributions = list(
        _owed(process).filter(pk__gt=after).order_by("pk").select_for_update(of=("self",), skip_locked=True)[:room]
    )
    if not contributions:
        return 0, 0
    rows = list(
        Feedback.objects.filter(OPEN, contribution__in=contributions).select_related(*Facts.RELATED).order_by("id")
    )
    rows = _without_undone(rows)
    gone = [row for row in rows if row.contribution.person and row.contribution.person.forgotten_at]
    settle(gone, "forgotten")
    rows = [row for row in rows if row not in gone]
    sent = _send(rows) if rows else Counter()
    for one, count in sent.items():
        note("feedback.queued", one, thread=one, count=count)
    return sum(sent.values()), contributions[-1].pk


def _owed(process: Process | None) -> QuerySet[Contribution]:
    waiting = Feedback.objects.filter(OPEN, contribution=OuterRef("pk")).filter(
        ~UNREACHABLE | Q(contribution__person__forgotten_at__isnull=False)
    )
    contributions = Contribution.objects.filter(Exists(waiting))
    return contributions.filter(step__process=process) if process else contributions


def _without_undone(rows: list[Feedback]) -> list[Feedback]:
    """A merge that was undone before anybody heard of it is not told; its rows go."""
    pairs = {row.pk: pair for row in rows if row.occasion == Feedback.Occasion.MERGED and (pair := merged(row.about))}
    olds = Proposal.objects.in_bulk({old for old, _ in pairs.values()})
    undone = {key for key, (old, new) in pairs.items() if old not in olds or olds[old].merged_into_id != new}
    Feedback.objects.filter(pk__in=undone).delete()
    return [row for row in rows if row.pk not in undone]


def _send(rows: Sequence[Feedback]) -> Counter[Process]:
    facts, town = Facts(rows), Town.objects.select_related("place").first() or Town()
    sent: Counter[Process] = Counter()
    for key, group in _groups(rows, facts):
        person, process = group[0].contribution.person, group[0].contribution.step.process
        medium = _medium(person, group[0].channel)
        if person and medium:
            message = _queue(key, group, facts, town, medium)
            Feedback.objects.filter(pk__in=[row.pk for row in group]).update(message=message)
            sent[process] += 1
    return sent


def _groups(rows: Sequence[Feedback], facts: Facts) -> Iterator[tuple[str, list[Feedback]]]:
    """What belongs in one message: the same contribution, the same occasion, the same hand-over or event."""
    groups: dict[tuple[int, str, str], list[Feedback]] = defaultdict(list)
    for row in rows:
        groups[row.contribution_id, row.occasion, facts.event(row)].append(row)
    for (contribution, occasion, event), group in groups.items():
        name = event or f"row:{group[0].pk}"  # merging goes on: each message has its own name
        yield f"feedback:{contribution}:{occasion}:{name}", group


def _medium(person: Person | None, channel: str) -> str | None:
    there = address_of(person)
    wish = (person.prefers if person else "") or channel
    return medium_for(wish, bool(there.get("email")), bool(there.get("street")), bool(there.get("phone")))


def _queue(key: str, group: Sequence[Feedback], facts: Facts, town: Town, medium: str) -> Message:
    contribution = group[0].contribution
    person, process = contribution.person, contribution.step.process
    assert person is not None  # nobody without a person is owed a message  # noqa: S101
    letter = medium == Medium.LETTER
    with translation.override(person.language):
        words = [facts.word(row) for row in group]
        extra: dict[str, object] = {
            "where": str(process), "phone": town.phone,
            "link": messages.absolute("people:letter" if letter else "followup:my_part"),
            "link_text": _("See what became of it"), "promise": facts.promise(group[0]),
        }  # fmt: skip
        if letter:
            extra["code"] = issue_code(person=person, purpose=process.thread, days=CODE_DAYS)
            extra |= {"large": True} if any(word.said and word.said().large for word in words) else {}
        return queue(
            key=key, person=person, medium=medium, scope=process.thread, language=person.language,
            subject=messages.subject(words), extra=extra,
            body=messages.body(words=words, process=process, person=person, town=town, letter=letter),
        )  # fmt: skip


@transaction.atomic
def tell_again(*, contribution: Contribution, medium: str, by: Person) -> int:
    """What did not arrive goes out once more, by another way. Says how many messages."""
    contribution = Contribution.objects.select_for_update(of=("self",)).select_related("step__process").get(
        pk=contribution.pk
    )  # fmt: skip
    if medium not in _ways(contribution.person):
        raise Refusal("feedback.no_such_way")
    failed = [Message.State.FAILED, Message.State.CANCELLED]
    rows = list(
        Feedback.objects.filter(contribution=contribution, told_at=None, message__state__in=failed)
        .select_related(*Facts.RELATED)
        .order_by("id")
    )
    if not rows:
        raise Refusal("feedback.not_failed")
    facts, town = Facts(rows), Town.objects.select_related("place").first() or Town()
    groups = list(_groups(rows, facts))
    for key, group in groups:
        message = _queue(f"{key}:{medium}", group, facts, town, medium)
        message.replaces = group[0].message
        message.save(update_fields=["replaces"])
        Feedback.objects.filter(pk__in=[row.pk for row in group]).update(message=message)
    process = contribution.step.process
    note("feedback.sent_again", contribution, thread=process, who=by, count=len(groups), medium=medium)
    return len(groups)


def _ways(person: Person | None) -> list[str]:
    there = address_of(person)
    ways = {Medium.EMAIL: "email", Medium.LETTER: "street", Medium.PHONE: "phone"}
    return [medium.value for medium, field in ways.items() if there.get(field)]
