"""The promise: written before anybody is invited, public, hashed, never altered."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from samenraad.ledger.actions import note
from samenraad.people.models import Body, Person
from samenraad.processes import rules
from samenraad.processes.actions.plan import must_have_passed
from samenraad.processes.models import Process, Promise
from samenraad.refusals import Refusal


@transaction.atomic
def draft_promise(
    *,
    process: Process,
    body: Body,
    term_days: int,
    text: Any,
    by: Person | None,
    preconditions: list[Any] | None = None,
    settled_by: str = "",
) -> Promise:
    """Write the next version, or go on writing the one that is not public yet."""
    draft = process.promises.filter(published_at=None).first()
    if draft is None:
        last = process.promises.order_by("-version").first()
        draft = Promise(process=process, version=last.version + 1 if last else 1)
    draft.body, draft.term_days, draft.text = body, term_days, text
    draft.preconditions, draft.settled_by = preconditions or [], settled_by
    draft.save()
    note("promise.drafted", draft, thread=process, who=by, version=draft.version)
    return draft


@transaction.atomic
def publish_promise(*, promise: Promise, by: Person | None) -> Promise:
    """From here it stands: with the question and the room as they are today, and its fingerprint."""
    process = promise.process
    if promise.published_at:
        raise Refusal("promise.already_public")
    if not promise.text or not promise.body_id or not promise.term_days:
        raise Refusal("promise.incomplete")
    must_have_passed(process, 1, 2)
    promise.question, promise.body_name = process.question, promise.body.name
    promise.room = [{"kind": item.kind, "text": dict(item.text), "source": item.source} for item in process.room.all()]
    promise.digest = rules.promise_digest(content(promise))
    promise.published_at = timezone.now()
    promise.save()
    note(
        "promise.published", promise, thread=process, who=by,
        version=promise.version, digest=promise.digest, days=promise.term_days,
    )  # fmt: skip
    return promise


def content(promise: Promise) -> dict[str, Any]:
    """What the fingerprint covers, in the form in which anybody can download it."""
    return {
        "process": promise.process.slug,
        "version": promise.version,
        "question": dict(promise.question),
        "room": promise.room,
        "body": promise.body_name,
        "term_days": promise.term_days,
        "text": dict(promise.text),
        "preconditions": promise.preconditions,
        "settled_by": promise.settled_by,
    }
