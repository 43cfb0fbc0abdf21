"""What is late, by how many days, and who owes it; and what will be due soon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from samenraad.followup.models import Answer, Handover, Measure
from samenraad.processes.models import Process

SOON = timedelta(days=30)
RUNNING = (Measure.State.PLANNED, Measure.State.RUNNING)


def waiting_handovers() -> QuerySet[Handover]:
    """Public hand-overs without public answers, the one that is due first on top; with how many rows are blank."""
    blank = Count("items", filter=~Exists(Answer.objects.filter(item=OuterRef("items__pk"))))
    return (
        Handover.objects.filter(answered_at=None, process__published_at__isnull=False, process__closed_at=None)
        .select_related("process", "body")
        .annotate(count=Count("items"), blank=blank)
        .order_by("due", "id")
    )


def running_measures() -> QuerySet[Measure]:
    """What was to be done and is not done yet, in public processes."""
    return (
        Measure.objects.public()
        .filter(state__in=RUNNING, process__published_at__isnull=False)
        .select_related("process", "owner", "answer__item")
        .order_by("due", "id")
    )


@dataclass(frozen=True)
class Overdue:
    """Late answers and late measures; `texts` is how many texts wait for a late answer."""

    answers: list[Handover]
    measures: QuerySet[Measure]
    late_measures: int
    texts: int
    soon_answers: list[Handover]
    soon_measures: list[Measure]

    @property
    def count(self) -> int:
        return len(self.answers) + self.late_measures


def overdue(today: date) -> Overdue:
    waiting = list(waiting_handovers().filter(due__lte=today + SOON))
    late = [handover for handover in waiting if handover.due < today]
    measures = running_measures().filter(due__lt=today)
    return Overdue(
        answers=late,
        measures=measures,
        late_measures=measures.count(),
        texts=sum(handover.count for handover in late),  # type: ignore[attr-defined]
        soon_answers=[handover for handover in waiting if handover.due >= today],
        soon_measures=list(running_measures().filter(due__gte=today, due__lte=today + SOON)[:25]),
    )


def all_handovers() -> QuerySet[Handover]:
    """Everything that was ever handed over in public, newest first, with its counts."""
    decided = {
        decision: Count("items", filter=Q(items__answer__decision=decision, answered_at__isnull=False))
        for decision in Answer.Decision.values
    }
    return (
        Handover.objects.filter(process__published_at__isnull=False)
        .select_related("process", "body")
        .annotate(count=Count("items"), **decided)
        .order_by("-handed_on", "-id")
    )


def measures_of(process: Process) -> QuerySet[Measure]:
    """Every measure of a process, as far as its answer is public."""
    return (
        Measure.objects.public()
        .filter(process=process)
        .select_related("owner", "answer__item__proposal")
        .prefetch_related("updates")
        .order_by("due", "id")
    )


def budget(process: Process) -> int:
    return measures_of(process).order_by().aggregate(sum=Sum("budget_cents"))["sum"] or 0
