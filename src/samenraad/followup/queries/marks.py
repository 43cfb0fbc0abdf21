"""What people think of the answers. Few marks are not shown: one could guess whose they are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Avg, Count

from samenraad.followup import rules
from samenraad.followup.models import Handover, Mark
from samenraad.methods.statistics import Mean, mean
from samenraad.people.models import Person
from samenraad.processes.models import Contribution, Process


@dataclass(frozen=True)
class MarkLine:
    """The marks of one answer, or of all answers of one kind."""

    count: int
    value: float

    @property
    def shown(self) -> bool:
        return self.count >= rules.FEWEST_MARKS


@dataclass(frozen=True)
class Opinion:
    """The marks of all answers together: first the mean per person, for people gave several."""

    mean: Mean | None
    people: int
    took_part: int
    per_decision: dict[str, MarkLine]

    @property
    def shown(self) -> bool:
        return self.people >= rules.FEWEST_MARKS


def per_item(items: Collection[int]) -> dict[int, MarkLine]:
    rows = Mark.objects.filter(item__in=items).order_by().values_list("item_id")
    found = rows.annotate(count=Count("id"), value=Avg("value"))
    return {item: MarkLine(count, value) for item, count, value in found}


def opinion(handover: Handover) -> Opinion:
    marks = Mark.objects.filter(item__handover=handover).order_by()
    means = list(marks.values_list("person").annotate(value=Avg("value")).values_list("value", flat=True))
    rows = marks.values_list("item__answer__decision").annotate(
        count=Count("person", distinct=True), value=Avg("value")
    )
    lines = {decision: MarkLine(count, value) for decision, count, value in rows}
    return Opinion(mean(means, scale=(0, 10)), len(means), people_in(handover.process), lines)


def people_in(process: Process) -> int:
    """How many people took part, as far as they have a name."""
    parts = Contribution.objects.filter(step__process=process, withdrawn_at=None, person__isnull=False)
    return parts.values("person").distinct().count()


def given_by(person: Person | None, items: Collection[int]) -> dict[int, int]:
    """The marks this person gave."""
    if person is None:
        return {}
    return dict(Mark.objects.filter(person=person, item__in=items).values_list("item_id", "value"))
