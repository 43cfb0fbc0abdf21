"""What time asks for: reminders before a last day, escalation after it, word that is owed. Twice at once is once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenraad.followup import nudges, rules
from samenraad.followup.actions.feedback import settle_sent
from samenraad.followup.actions.telling import tell
from samenraad.followup.models import Handover, Item, Measure, Reminder
from samenraad.ledger.actions import note
from samenraad.people.models import Person

QUIET_DAYS = 90
RUNNING = (Measure.State.PLANNED, Measure.State.RUNNING)


def tick(today: date) -> list[str]:
    told, back = settle_sent()
    done = [*_answers(today), *_measures(today)]
    queued = tell()
    counts = (
        (told, _("{count} words of feedback arrived")),
        (back, _("{count} words of feedback came back")),
        (queued, _("{count} messages with feedback went to the post")),
    )
    return done + [text.format(count=count) for count, text in counts if count]


def _once(key: str) -> bool:
    """Whether this is the first time; call it inside the transaction that does the thing."""
    return Reminder.objects.get_or_create(key=key)[1]


def _answers(today: date) -> Iterator[str]:
    waiting = Handover.objects.filter(answered_at=None, process__published_at__isnull=False, process__closed_at=None)
    for handover in waiting.select_related("process", "body").order_by("pk"):
        days_left = (handover.due - today).days
        before, after = rules.reminder_stage(days_left), rules.late_stage(-days_left)
        if before is not None and _remind(handover, before, days_left):
            yield _("reminded: answers of “{process}”").format(process=handover.process)
        if after is not None and _escalate(handover, after, -days_left):
            yield ngettext(
                "late by {days} day: answers of “{process}”", "late by {days} days: answers of “{process}”", -days_left
            ).format(days=-days_left, process=handover.process)


@transaction.atomic
def _remind(handover: Handover, stage: int, days_left: int) -> bool:
    key = f"handover:{handover.pk}:before:{stage}"
    if not _once(key):
        return False
    process, blank = handover.process, _blank(handover)
    for owner, rows in _by_owner(blank).items():
        nudges.send(key, [owner], process, partial(nudges.coming, handover, rows, days_left))
    if not blank or any(item.owner is None for item in blank):
        nudges.send(key, nudges.officers(process), process, partial(nudges.coming, handover, blank, days_left))
    note("answers.reminded", handover, thread=process, days_left=days_left, blank=len(blank))
    return True


@transaction.atomic
def _escalate(handover: Handover, stage: int, days_late: int) -> bool:
    """Day 1: the owners, the chair and the secretariat of the body; then every week, and the officers too."""
    key = f"handover:{handover.pk}:late:{stage}"
    if not _once(key):
        return False
    process, blank = handover.process, _blank(handover)
    for owner, rows in _by_owner(blank).items():
        nudges.send(key, [owner], process, partial(nudges.late, handover, rows, days_late))
    others = [*nudges.chairs(handover.body), *nudges.officers(process)]
    nudges.send(key, others, process, partial(nudges.late, handover, blank, days_late))
    nudges.send_to_body(key, handover.body, process, partial(nudges.late, handover, blank, days_late))
    note("answers.late", handover, thread=process, days=days_late, blank=len(blank))
    return True


def _blank(handover: Handover) -> list[Item]:
    return list(handover.items.filter(answer=None).select_related("owner").order_by("number"))


def _by_owner(items: list[Item]) -> dict[Person, list[Item]]:
    found: dict[Person, list[Item]] = {}
    for item in items:
        if item.owner:
            found.setdefault(item.owner, []).append(item)
    return found


def _measures(today: date) -> Iterator[str]:
    running = Measure.objects.filter(state__in=RUNNING, process__published_at__isnull=False)
    running = running.select_related("process", "owner").annotate(last=Max("updates__made_at")).order_by("pk")
    for measure in running:
        if _remind_owner(measure, today):
            yield _("reminded: measure “{title}”").format(title=measure.title)


def _remind_owner(measure: Measure, today: date) -> bool:
    """Before and on the day, weekly after it, and once in three months when nothing was heard."""
    days_left = (measure.due - today).days
    base = f"measure:{measure.pk}:{measure.due:%Y%m%d}"
    before, after = rules.reminder_stage(days_left), rules.late_stage(-days_left)
    if before is not None:
        return _nudge(measure, f"{base}:before:{before}", partial(nudges.measure_due, measure, days_left))
    if after is not None:
        return _nudge(measure, f"{base}:late:{after}", partial(nudges.measure_late, measure, -days_left))
    heard = timezone.localtime(measure.last or measure.made_at).date()  # type: ignore[attr-defined]
    quarters = (today - heard).days // QUIET_DAYS
    if not quarters:
        return False
    key = f"measure:{measure.pk}:quiet:{heard:%Y%m%d}:{quarters}"
    return _nudge(measure, key, partial(nudges.measure_quiet, measure))


@transaction.atomic
def _nudge(measure: Measure, key: str, texts: nudges.Texts) -> bool:
    if not _once(key):
        return False
    people = [measure.owner] if measure.owner else nudges.officers(measure.process)
    nudges.send(key, people, measure.process, texts)
    return True
