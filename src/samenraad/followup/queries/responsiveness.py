"""How a town answers: over everything that was handed over, and what has no answer stays in the denominator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from samenraad.followup.models import Answer, Feedback, Handover, Item, Measure
from samenraad.followup.queries.answers import behind
from samenraad.followup.queries.reach import Reach, reach
from samenraad.methods.statistics import Share, Waiting, share, waiting
from samenraad.processes.models import Process

Row = tuple[int, str, date, date, date | None]  # text, decision, handed on, due, answered on


@dataclass(frozen=True)
class Responsiveness:
    """Of all texts that were handed over."""

    total: int
    counts: dict[str, int]
    answered: Share | None
    adopted: Share | None
    at_least_partly: Share | None
    in_time: Share | None  # of those that were answered or should have been
    still_in_time: int
    days: Waiting | None
    weighted: float | None  # adopted, each text counted by the people behind it
    measures: dict[str, int]
    done: Share | None
    late_measures: int


def responsiveness(today: date, process: Process | None = None) -> Responsiveness:
    rows, measures = _rows(process), _measures(process, today)
    counts = Counter(decision for _text, decision, *_days in rows if decision)
    ended = [row for row in rows if row[4] or row[3] < today]
    total_measures = sum(count for state, count in measures.items() if state != "late")
    return Responsiveness(
        total=len(rows),
        counts=dict(counts),
        answered=share(counts.total(), len(rows)),
        adopted=share(counts["adopted"], len(rows)),
        at_least_partly=share(counts["adopted"] + counts["partly"], len(rows)),
        in_time=share(sum(1 for *_rest, due, answered in ended if answered and answered <= due), len(ended)),
        still_in_time=len(rows) - len(ended),
        days=waiting(_waits(rows, today)),
        weighted=_weighted(rows) if process else None,
        measures={state: count for state, count in measures.items() if state != "late"},
        done=share(measures["done"], total_measures),
        late_measures=measures["late"],
    )


def _rows(process: Process | None) -> list[Row]:
    items = Item.objects.filter(handover__process__published_at__isnull=False)
    items = items.filter(handover__process=process) if process else items
    found = items.order_by("pk").values_list(
        "proposal", "answer__decision", "handover__handed_on", "handover__due", "handover__answered_at"
    )
    return [
        (
            text,
            (decision or "") if answered else "",
            handed,
            due,
            timezone.localtime(answered).date() if answered else None,
        )
        for text, decision, handed, due, answered in found.iterator(2000)
    ]


def _waits(rows: Sequence[Row], today: date) -> list[tuple[int, bool]]:
    return [
        (max(0, ((answered or today) - handed).days), answered is not None) for _t, _d, handed, _due, answered in rows
    ]


def _weighted(rows: Sequence[Row]) -> float | None:
    people = behind([text for text, *_rest in rows])
    everybody = sum(people.values())
    adopted = sum(people.get(text, 0) for text, decision, *_rest in rows if decision == "adopted")
    return adopted / everybody if everybody else None


def _measures(process: Process | None, today: date) -> dict[str, int]:
    measures = Measure.objects.public().filter(process__published_at__isnull=False)
    measures = measures.filter(process=process) if process else measures
    running = Q(state__in=[Measure.State.PLANNED, Measure.State.RUNNING])
    return measures.aggregate(
        late=Count("id", filter=running & Q(due__lt=today)),
        **{state: Count("id", filter=Q(state=state)) for state in Measure.State.values},
    )


@dataclass(frozen=True)
class Told:
    """Who heard it, and how long that took."""

    reach: Reach
    share: Share | None
    median_days: float | None


def told(process: Process) -> Told:
    found = reach(process)
    words = Feedback.objects.filter(contribution__step__process=process).told().exclude(how__in=["public", "forgotten"])
    waits = words.annotate(heard=Coalesce("told_at", "message__settled_at")).values_list("owed_at", "heard")
    days = [(heard - owed) / timedelta(days=1) for owed, heard in waits.iterator(2000) if heard]
    return Told(found, share(found.told, found.took_part), median(days) if days else None)


@dataclass(frozen=True)
class Line:
    """One hand-over in the table of the town."""

    handover: Handover
    total: int
    adopted: Share | None
    in_time: bool | None


def per_handover(today: date) -> list[Line]:
    rows = (
        Handover.objects.filter(process__published_at__isnull=False)
        .select_related("process", "body")
        .annotate(
            total=Count("items"), adopted=Count("items", filter=Q(items__answer__decision=Answer.Decision.ADOPTED))
        )
        .order_by("-handed_on", "-id")
    )
    return [_line(row, today) for row in rows]


def _line(row: Handover, today: date) -> Line:
    total: int = row.total  # type: ignore[attr-defined]
    adopted: int = row.adopted if row.answered_at else 0  # type: ignore[attr-defined]
    end = timezone.localtime(row.answered_at).date() if row.answered_at else None
    in_time = end <= row.due if end else (False if row.due < today else None)
    return Line(row, total, share(adopted, total), in_time)
