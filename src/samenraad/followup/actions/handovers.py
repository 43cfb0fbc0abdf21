"""Putting texts into the hands of the body that promised to answer: the clock starts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from samenraad.followup import rules
from samenraad.followup.actions.feedback import owe_all
from samenraad.followup.models import Feedback, Handover, Item
from samenraad.ledger.actions import note
from samenraad.people.models import Body, Person
from samenraad.processes.actions.part import held
from samenraad.processes.gates import passed
from samenraad.processes.models import Process, Promise, Proposal
from samenraad.processes.rules import answer_due
from samenraad.refusals import Refusal


@transaction.atomic
def hand_over(
    *,
    process: Process,
    proposals: Sequence[Proposal],
    by: Person | None,
    body: Body | None = None,
    on: date | None = None,
) -> Handover:
    """Hand any texts of a process to the body that answers them, numbered 1, 2, 3 in the order given.

    The promise is the latest public one; its body answers unless another is named, and its term counts from `on`
    (today). Everybody behind a text is owed word of it, in this same transaction.
    """
    on = on or timezone.localdate()
    promise = _promise(process, on)
    body = body or (promise.body if promise else None)
    if body is None:
        raise Refusal("handover.no_body")
    chosen = _ready(process, proposals)
    term = promise.term_days if promise else rules.TERM_WITHOUT_PROMISE
    handover = Handover.objects.create(
        process=process, body=body, promise=promise, handed_on=on, due=answer_due(on, term)
    )
    items = Item.objects.bulk_create(
        [Item(handover=handover, proposal=text, number=number) for number, text in enumerate(chosen, 1)]
    )
    owe_all(Feedback.Occasion.HANDED, {item.proposal_id: f"item:{item.pk}" for item in items})
    note(
        "handover.made", handover, thread=process, who=by,
        count=len(chosen), body=body.name, due=handover.due, promise=promise.version if promise else None,
    )  # fmt: skip
    return handover


def _promise(process: Process, on: date) -> Promise | None:
    if process.closed_at:
        raise Refusal("process.closed")
    if not process.is_public:
        raise Refusal("process.not_public")
    if on > timezone.localdate():
        raise Refusal("handover.in_future")
    promise = process.promises.exclude(published_at=None).select_related("body").order_by("-version").first()
    if promise is None and not passed(process, 3):
        raise Refusal("handover.no_promise")
    return promise


def _ready(process: Process, proposals: Sequence[Proposal]) -> list[Proposal]:
    """The rows as they are now, kept until the end of the transaction, in the order given."""
    order = list(dict.fromkeys(proposal.pk for proposal in proposals))
    if not order:
        raise Refusal("proposal.nothing_chosen")
    rows = {row.pk: row for row in map(held, sorted(set(proposals), key=lambda row: row.pk))}
    chosen = [rows[pk] for pk in order]
    if any(row.step.process_id != process.pk for row in chosen):
        raise Refusal("handover.not_here")
    if any(row.status != Proposal.Status.PUBLIC for row in chosen):
        raise Refusal("proposal.not_public")
    waiting = Item.objects.filter(proposal__in=chosen, handover__answered_at=None).select_related("proposal").first()
    if waiting:
        raise Refusal("handover.already_there", number=waiting.proposal.number)
    return chosen


@transaction.atomic
def explain_delay(*, handover: Handover, text: str, by: Person | None, until: date | None = None) -> Handover:
    """The body says in public why the answers are late, and when they will be there. The days go on counting."""
    handover = Handover.objects.select_for_update(of=("self",)).select_related("process").get(pk=handover.pk)
    if handover.answered_at:
        raise Refusal("answers.already_public")
    if not text.strip():
        raise Refusal("answers.say_why")
    handover.delay_reason, handover.delay_until = text.strip(), until
    handover.save(update_fields=["delay_reason", "delay_until"])
    note("handover.delayed", handover, thread=handover.process, who=by, reason=text.strip(), until=until)
    return handover
