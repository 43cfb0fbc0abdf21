"""The answer desk: one decision with reasons for every row, then all of them public at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import partial

from django.db import transaction
from django.utils import timezone

from samenraad.followup import nudges
from samenraad.followup.actions.feedback import owe_all
from samenraad.followup.models import Answer, Feedback, Handover, Item, SideNote
from samenraad.ledger.actions import note
from samenraad.people.models import Person
from samenraad.refusals import Refusal


@transaction.atomic
def look_at(*, item: Item, meets: Sequence[bool | None], by: Person) -> Item:
    """For each precondition of the promise: is it met, is it not, or has nobody looked yet (None)."""
    item = _held(item)
    promise = item.handover.promise
    if len(meets) != len(promise.preconditions if promise else []):
        raise Refusal("answer.preconditions")
    if item.meets != list(meets):
        item.meets = list(meets)
        item.save(update_fields=["meets"])
        note("item.looked_at", item, thread=item.handover.process, who=by, number=item.number, meets=list(meets))
    return item


@transaction.atomic
def give_answer(
    *,
    item: Item,
    decision: str,
    reasons: str,
    by: Person,
    forwarded_to: str = "",
    document: str = "",
    decided_on: date | None = None,
    seen: str | None = None,
) -> Answer:
    """Fill in a row, or change it while the answers are not public. Reasons are not optional.

    `seen` is the version that the writer had before them (see `version_of`; empty: a blank row). When somebody else
    changed the row meanwhile, nothing is saved and the writer is told.
    """
    item = _held(item)
    answer = Answer.objects.filter(item=item).first()
    if seen is not None and seen != version_of(answer):
        raise Refusal("answer.changed_meanwhile", number=item.number)
    if decision not in Answer.Decision.values:
        raise Refusal("answer.no_decision")
    if not reasons.strip():
        raise Refusal("answer.no_reasons")
    if decision == Answer.Decision.FORWARDED and not forwarded_to.strip():
        raise Refusal("answer.forwarded_to_whom")
    answer = answer or Answer(item=item)
    answer.decision, answer.reasons, answer.document = decision, reasons.strip(), document
    answer.forwarded_to = forwarded_to.strip() if decision == Answer.Decision.FORWARDED else ""
    answer.decided_on, answer.by = decided_on or timezone.localdate(), by
    answer.save()
    note("answer.drafted", answer, thread=item.handover.process, who=by, number=item.number)
    return answer


def version_of(answer: Answer | None) -> str:
    """What one must have seen to change a row: empty for a blank one."""
    return answer.changed_at.isoformat() if answer else ""


@transaction.atomic
def note_beside(*, item: Item, kind: str, text: str, by: Person) -> SideNote:
    """A legal, financial or practical remark. It stands beside the text and never changes it (R260)."""
    item = _held(item)
    if not text.strip():
        raise Refusal("answer.empty_note")
    if kind not in SideNote.Kind.values:
        raise Refusal("answer.unknown_note")
    made = SideNote.objects.create(item=item, kind=kind, text=text.strip(), by=by)
    note("item.note_added", item, thread=item.handover.process, who=by, number=item.number, kind=kind)
    return made


@transaction.atomic
def assign(*, item: Item, owner: Person | None, by: Person) -> Item:
    """Who prepares this answer; the owner gets word."""
    item = _held(item)
    if item.owner_id != (owner.pk if owner else None):
        item.owner = owner
        item.save(update_fields=["owner"])
        if owner:
            nudges.send(f"item:{item.pk}:owner", [owner], item.handover.process, partial(nudges.yours, item))
        note("item.assigned", item, thread=item.handover.process, who=by, number=item.number, to_somebody=bool(owner))
    return item


@transaction.atomic
def publish_answers(*, handover: Handover, by: Person, explained_on: date | None = None) -> Handover:
    """Every answer is public from now on, and everybody behind every text is owed word of it.

    Refused while one row is blank. Doing it twice is doing it once.
    """
    handover = Handover.objects.select_for_update(of=("self",)).select_related("process", "body").get(pk=handover.pk)
    if handover.answered_at:
        return handover
    items = list(handover.items.select_related("answer"))
    blank = [item.number for item in items if not hasattr(item, "answer")]
    if blank:
        raise Refusal("answers.blank", count=len(blank), rows=", ".join(map(str, blank)))
    handover.answered_at, handover.explained_on = timezone.now(), explained_on
    handover.save(update_fields=["answered_at", "explained_on"])
    owe_all(Feedback.Occasion.ANSWERED, {item.proposal_id: f"answer:{item.answer.pk}" for item in items})
    counts = Counter(item.answer.decision for item in items)
    note(
        "answers.published", handover, thread=handover.process, who=by,
        count=len(items), adopted=counts["adopted"], partly=counts["partly"], rejected=counts["rejected"],
        forwarded=counts["forwarded"], body=handover.body.name,
    )  # fmt: skip
    return handover


def _held(item: Item) -> Item:
    """The row as it is now, kept until the end of the transaction. Public answers stand."""
    item = (
        Item.objects.select_for_update(of=("self",))
        .select_related("handover__process", "handover__promise", "handover__body", "proposal")
        .get(pk=item.pk)
    )
    if item.handover.answered_at:
        raise Refusal("answers.already_public")
    return item
