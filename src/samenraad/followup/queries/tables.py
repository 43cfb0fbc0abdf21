"""What this room holds: as tables for who wants to count again, and about one person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from samenraad.cards import Table
from samenraad.followup import rules
from samenraad.followup.models import Feedback, Handover, Item, Mark, Measure
from samenraad.followup.queries.answers import entries, with_all
from samenraad.people.models import Person
from samenraad.processes.models import Process
from samenraad.texts import translated

FEEDBACK_HEADER = ("channel", "occasion", "owed", "told", "how")


def answer_rows(handover: Handover, items: QuerySet[Item]) -> Iterator[Sequence[Any]]:
    """The list of answers as a reader sees it, with a heading in their language."""
    yield (
        _("number"), _("title"), _("text"), _("people behind it"), _("decision"), _("reasons"), _("forwarded to"),
        _("decided on"), _("document"), _("meets all conditions"), _("other than promised"), _("measures"),
        _("mean mark"), _("number of marks"),
    )  # fmt: skip
    preconditions = len(handover.promise.preconditions) if handover.promise else 0
    for entry in entries(handover, list(with_all(items))):
        item, answer = entry.item, entry.answer
        shown = entry.marks if entry.marks and entry.marks.shown else None
        yield tuple(map(harmless, (
            item.number, item.proposal.title, item.proposal.text, entry.people,
            answer.get_decision_display() if answer else "", answer.reasons if answer else "",
            answer.forwarded_to if answer else "", answer.decided_on.isoformat() if answer else "",
            answer.document if answer else "", _yes(rules.meets_all(item.meets, preconditions)),
            _("yes") if entry.departs else "",
            "; ".join(f"{one.title} ({one.due.isoformat()}, {one.get_state_display()})" for one in _measures(answer)),
            round(shown.value, 2) if shown else "", shown.count if shown else "",
        )))  # fmt: skip


def harmless(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t"} else value


def _yes(value: bool | None) -> str:
    return {True: _("yes"), False: _("no"), None: ""}[value]


def _measures(answer: Any) -> Iterable[Measure]:
    return answer.measures.all() if answer else ()


def tables(process: Process) -> list[Table]:
    header = (
        "handover", "handed_on", "due", "answered", "body", "number", "step", "proposal", "decision", "reasons",
        "forwarded_to", "decided_on", "document", "meets",
    )  # fmt: skip
    measures = ("answer_to", "title", "owner", "department", "due", "budget_cents", "state", "updates")
    return [
        Table("answers", header, _item_rows(process)),
        Table("measures", measures, _measure_rows(process)),
        Table("feedback", FEEDBACK_HEADER, _feedback_rows(process)),
        Table("conditions", ("promise", "number", "condition"), _condition_rows(process)),
    ]


def _item_rows(process: Process) -> Iterator[tuple[Any, ...]]:
    items = Item.objects.filter(handover__process=process).select_related("handover__body", "proposal", "answer")
    for item in items.order_by("handover", "number"):
        handover = item.handover
        answer = getattr(item, "answer", None) if handover.answered_at else None
        yield (
            handover.pk, handover.handed_on.isoformat(), handover.due.isoformat(), _moment(handover.answered_at),
            handover.body.name, item.number, item.proposal.step_id, item.proposal.number,
            answer.decision if answer else "", answer.reasons if answer else "",
            answer.forwarded_to if answer else "", answer.decided_on.isoformat() if answer else "",
            answer.document if answer else "", " ".join(_yes(met) or "?" for met in item.meets),
        )  # fmt: skip


def _measure_rows(process: Process) -> Iterator[tuple[Any, ...]]:
    measures = Measure.objects.public().filter(process=process).select_related("owner", "answer__item__handover")
    for one in measures.prefetch_related("updates"):
        number = one.answer.item.number if one.answer else ""
        updates = " | ".join(f"{update.day.isoformat()}: {update.text}" for update in one.updates.all())
        yield (
            number, one.title, str(one.owner or ""), one.department, one.due.isoformat(),
            "" if one.budget_cents is None else one.budget_cents, one.state, updates,
        )  # fmt: skip


def _feedback_rows(process: Process) -> Iterator[tuple[Any, ...]]:
    """That word was owed and told: without who."""
    rows = Feedback.objects.filter(contribution__step__process=process).select_related("message").order_by("pk")
    for row in rows.iterator(2000):
        sent = row.message is not None and row.message.state == "sent"
        told = row.told_at or (row.message.settled_at if sent and row.message else None)
        how = row.how or ("message" if sent else "")
        yield row.channel, row.occasion, _moment(row.owed_at), _moment(told), how


def _condition_rows(process: Process) -> Iterator[tuple[Any, ...]]:
    for promise in process.promises.exclude(published_at=None):
        for number, text in enumerate(promise.preconditions, 1):
            yield promise.version, number, str(translated(text))


def _moment(moment: Any) -> str:
    return timezone.localtime(moment).isoformat(timespec="minutes") if moment else ""


def known(person: Person) -> dict[str, Any]:
    """What somebody was told, which marks they gave, and what they do for the town."""
    words = Feedback.objects.filter(contribution__person=person).select_related("proposal", "origin", "message")
    marks = Mark.objects.filter(person=person).select_related("item__proposal")
    return {
        _("What you were told"): [_word(row) for row in words],
        _("Marks you gave"): [
            {_("text"): str(one.item.proposal), _("mark"): one.value, _("day"): one.made_at} for one in marks
        ],
        _("Answers you prepare"): [str(item.proposal) for item in person.items.select_related("proposal")],
        _("Measures you carry out"): [measure.title for measure in person.measures.all()],
    }


def _word(row: Feedback) -> dict[str, Any]:
    return {
        _("about"): str(row.origin) if row.origin else "",
        _("what"): row.get_occasion_display(),
        _("since"): row.owed_at,
        _("told"): row.told_at or (row.message.settled_at if row.message else None),
        _("message"): row.message.subject if row.message else "",
    }
