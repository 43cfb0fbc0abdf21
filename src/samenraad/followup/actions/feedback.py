"""Word owed to everybody: written down in the transaction in which the thing happens, settled when it is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from samenraad.followup.models import UNREACHABLE, Feedback
from samenraad.ledger.actions import note
from samenraad.people.models import Person
from samenraad.post.models import Message
from samenraad.processes.models import Contribution, Process, Proposal, Source
from samenraad.refusals import Refusal

CHUNK = 2000


@transaction.atomic
def owe(*, occasion: str, about: str, proposal: Proposal, sources: Sequence[Source]) -> int:
    """These people are owed word: `occasion` happened to the text behind which they stand. Twice is once.

    Who cannot be told is settled at once: a card without a name is answered on the public page, and who asked to
    be forgotten is left alone.
    """
    keys = [source.pk for source in sources]
    return sum(
        _owe(occasion, Source.objects.filter(pk__in=keys[start : start + CHUNK]), {proposal.pk: about})
        for start in range(0, len(keys), CHUNK)
    )


def owe_all(occasion: str, about: Mapping[int, str]) -> int:
    """The same for everybody behind many texts at once: the text's pk -> what happened to it."""
    return _owe(occasion, Source.objects.filter(proposal__in=list(about)), about)


def _owe(occasion: str, sources: QuerySet[Source], about: Mapping[int, str]) -> int:
    now = timezone.now()
    seen: dict[tuple[int, int, int], Feedback] = {}
    for source in sources.filter(contribution__withdrawn_at=None).select_related("contribution__person"):
        key = (source.contribution_id, source.proposal_id, source.origin_id)
        if key not in seen:
            seen[key] = _row(source.contribution, now, occasion=occasion, about=about[source.proposal_id],
                             proposal_id=source.proposal_id, origin_id=source.origin_id)  # fmt: skip
    Feedback.objects.bulk_create(seen.values(), ignore_conflicts=True, batch_size=CHUNK)
    return len(seen)


def _row(contribution: Contribution, now: datetime, **fields: object) -> Feedback:
    person = contribution.person
    how = "public" if person is None else "forgotten" if person.forgotten_at else ""
    return Feedback(
        contribution=contribution, channel=contribution.channel, owed_at=now,
        how=how, told_at=now if how else None, **fields,
    )  # fmt: skip


@transaction.atomic
def owe_word(*, occasion: str, about: str, contributions: Sequence[int]) -> int:
    """These people are owed word about what happened where they stand behind no text: a draw by lot, say. Their
    instrument finds the words (`Instrument.tellings`). Twice is once; says to how many."""
    now, count = timezone.now(), 0
    for start in range(0, len(contributions), CHUNK):
        chunk = Contribution.objects.filter(pk__in=contributions[start : start + CHUNK], withdrawn_at=None)
        rows = [_row(one, now, occasion=occasion, about=about) for one in chunk.select_related("person")]
        Feedback.objects.bulk_create(rows, ignore_conflicts=True, batch_size=CHUNK)
        count += len(rows)
    return count


@transaction.atomic
def owe_no_word(*, about: str, contributions: Sequence[int]) -> int:
    """It was undone before they heard of it. What lies in the post already stays."""
    waiting = Feedback.objects.filter(about=about, contribution__in=contributions, told_at=None, message=None)
    return waiting.delete()[0]


def owe_the_end(process: Process) -> int:
    """Everybody who heard no last word about a text of theirs hears that the process ended, and how."""
    about, now = process.thread, timezone.now()
    own = Source.objects.filter(contribution__step__process=process, contribution__withdrawn_at=None)
    rows: dict[tuple[int, int | None], Feedback] = {}
    for source in own.select_related("contribution__person").iterator(chunk_size=CHUNK):
        key = (source.contribution_id, source.origin_id)
        rows.setdefault(key, _row(source.contribution, now, occasion=Feedback.Occasion.CLOSED, about=about,
                                  proposal_id=source.origin_id, origin_id=source.origin_id))  # fmt: skip
    silent = Contribution.objects.filter(step__process=process, withdrawn_at=None, sources=None)
    for contribution in silent.select_related("person").iterator(chunk_size=CHUNK):
        rows[contribution.pk, None] = _row(contribution, now, occasion=Feedback.Occasion.CLOSED, about=about)
    for told in _had_last_word(process):
        rows.pop(told, None)
    Feedback.objects.bulk_create(rows.values(), ignore_conflicts=True, batch_size=CHUNK)
    return len(rows)


def _had_last_word(process: Process) -> Iterator[tuple[int, int | None]]:
    last = Feedback.objects.filter(contribution__step__process=process, occasion=Feedback.Occasion.ANSWERED)
    yield from last.values_list("contribution_id", "origin_id").iterator(chunk_size=CHUNK)


@transaction.atomic
def told_by_hand(*, feedback: Feedback, by: Person) -> Feedback:
    """Somebody of the town told this person: at the door, on the phone, at the desk."""
    row = Feedback.objects.select_for_update(of=("self",)).select_related("contribution__step__process").get(
        pk=feedback.pk
    )  # fmt: skip
    if row.told_at is None:
        settle([row], "hand")
        note("feedback.told_by_hand", row, thread=row.contribution.step.process, who=by, occasion=row.occasion)
    return row


@transaction.atomic
def tell_in_public(*, process: Process, where: str, by: Person) -> int:
    """For who left no way to be reached: a poster was hung, a notice was printed. Says for how many."""
    if not where.strip():
        raise Refusal("feedback.say_where")
    rows = list(
        Feedback.objects.select_for_update(of=("self",)).filter(
            UNREACHABLE, contribution__step__process=process, told_at=None, message=None
        )
    )
    if not rows:
        raise Refusal("feedback.nobody_left")
    settle(rows, "public")
    people = len({row.contribution_id for row in rows})
    note("feedback.told_in_public", process, thread=process, who=by, count=people, where=where.strip())
    return people


def settle(rows: Iterable[Feedback], how: str) -> None:
    now = timezone.now()
    rows = list(rows)
    for row in rows:
        row.told_at, row.how = now, how
    Feedback.objects.bulk_update(rows, ["told_at", "how"], batch_size=500)


@transaction.atomic
def settle_sent() -> tuple[int, int]:
    """What the post has sent is told, from the moment at which it was sent; what came back is not told after all.

    Reading counts both right at any time; settling keeps the pile of open rows small.
    """
    _follow_replacements()
    # subqueries, not joins: PostgreSQL would update a join through itself, which is slow when its statistics are old
    gone_out = Message.objects.filter(state=Message.State.SENT)
    sent = Feedback.objects.filter(told_at=None, message__in=gone_out)
    moment = Message.objects.filter(pk=OuterRef("message")).values("settled_at")
    told = sent.update(told_at=Subquery(moment), how="message")
    back = Feedback.objects.filter(how="message").exclude(message__in=gone_out)
    return told, back.update(told_at=None, how="")


def _follow_replacements() -> None:
    """A message that was sent in place of another carries its word from now on."""
    fresh = Message.objects.filter(replaces=OuterRef("message")).values("pk")
    replaced = Message.objects.filter(replaced_by__isnull=False)
    while Feedback.objects.filter(told_at=None, message__in=replaced).update(message=Subquery(fresh)):
        pass
