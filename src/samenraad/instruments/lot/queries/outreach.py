"""What each measure brought, for how much: who said yes and would not have without it (S07, R037)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.http import Http404

from samenraad.instruments.lot.models import Invitation, Lot, Outreach
from samenraad.instruments.lot.queries.advice import Target, targets
from samenraad.instruments.lot.queries.crowd import Crowd
from samenraad.instruments.lot.rules.figures import per_extra, told


@dataclass(frozen=True)
class Result:
    """One measure: how many said yes through it, how many of those are of the group it is for."""

    measure: Outreach
    extra: int
    of_group: int | None
    runs: bool

    @property
    def told(self) -> int | None:
        """For everybody: None when it is fewer than may be told."""
        return told(self.extra)

    @property
    def cents_each(self) -> int | None:
        each = per_extra(self.measure.cost_cents, self.extra)
        return None if each is None else round(each)

    @property
    def hours_each(self) -> float | None:
        each = per_extra(self.measure.hours, self.extra)
        return None if each is None else round(each, 1)

    @property
    def taken(self) -> float | None:
        """Of the people spoken to, who said yes."""
        return self.extra / self.measure.reach if self.measure.reach and self.extra <= self.measure.reach else None


@dataclass(frozen=True)
class Goal:
    """One group that must have seats, and what is done for it (R031)."""

    target: Target
    measures: list[Outreach]


def results(crowd: Crowd, today: date) -> list[Result]:
    if crowd.lot._state.adding:
        return []
    measures = list(Outreach.objects.filter(lot_id=crowd.lot.pk).select_related("group__dimension"))
    extra = Counter(one.outreach for one in crowd.people if "yes" in one.stages)
    return [Result(one, extra[one.pk], _of_group(crowd, one), runs(one, today)) for one in measures]


def _of_group(crowd: Crowd, measure: Outreach) -> int | None:
    if measure.group is None:
        return None
    dimension, group = measure.group.dimension.key, measure.group.key
    return sum(
        1 for one in crowd.people
        if one.outreach == measure.pk and "yes" in one.stages and one.features.get(dimension) == group
    )  # fmt: skip


def runs(measure: Outreach, today: date) -> bool:
    return measure.begins <= today and (measure.ends is None or measure.ends >= today)


def goals(crowd: Crowd, found: list[Result]) -> list[Goal]:
    """All groups with seats; those with the largest gap first."""
    lines = [
        Goal(one, [result.measure for result in found if result.measure.group_id == one.value.pk])
        for one in targets(crowd)
    ]
    return sorted(lines, key=lambda goal: (-goal.target.missing, -goal.target.wished, goal.target.value.pk))


def registered(measure: Outreach) -> int:
    """So many said yes through this measure. The one number that an ambassador sees (R035): no group and no name, so
    that it may be told however small it is."""
    return Invitation.objects.filter(outreach=measure, reply=Invitation.Reply.YES, test=False).count()


def by_secret(lot: Lot, token: str) -> Outreach:
    """Who has the link may look; anybody else learns nothing, not even that there is such a page."""
    measure = Outreach.objects.filter(lot_id=lot.pk, token=token).first()
    if measure is None:
        raise Http404
    measure.lot = lot
    return measure
