"""What the organiser sees before the draw: what is in order, what is not, and what the lottery became."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from samenraad.instruments.lot.jobs import Kind
from samenraad.instruments.lot.models import Draw, Invitation, Lot
from samenraad.instruments.lot.queries import groups
from samenraad.instruments.lot.queries.pool import dimensions, group_names, pool, quotas
from samenraad.instruments.lot.rules.draw import without_a_value
from samenraad.methods.sortition.pool import Candidate, Pool, Quota, Quotas
from samenraad.processes.models import Work

#: so many people of whom something is missing are named
NAMED = 50


@dataclass(frozen=True)
class Lacking:
    """Somebody who said yes, of whom we do not know all that the limits ask."""

    invitation: Invitation
    what: list[str]


@dataclass(frozen=True)
class Preparation:
    """Everything to look at before the list closes. `feasible` is None while it cannot be examined."""

    people: int
    seats: int
    frozen: bool
    open_until: Any = None
    untried: list[str] = field(default_factory=list)
    lacking: list[Lacking] = field(default_factory=list)
    lacking_in_all: int = 0
    feasible: bool | None = None
    sentences: tuple[str, ...] = ()

    @property
    def enough(self) -> bool:
        return self.people >= self.seats > 0

    @property
    def ready(self) -> bool:
        """Everything but the closing day, which may be passed with a public reason."""
        return bool(self.frozen and self.enough and not self.untried and not self.lacking and self.feasible)


def draw_of(lot: Lot) -> Draw | None:
    """The draw without what is heavy or private."""
    draw = Draw.objects.light("rules", "report").filter(lot=lot).first()
    if draw is not None:
        draw.lot = lot
    return draw


def work_of(lot: Lot) -> Work | None:
    """The last time that the lottery was made, or is being made."""
    return Work.objects.filter(step=lot.pk, kind=Kind.LOTTERY).first()


def untried(lot: Lot) -> list[str]:
    """Groups of whom nobody said yes, and of whom nobody wrote down what was tried (R031), by name."""
    return [f"{one.dimension}: {one.value}" for one in groups.untried(lot)]


def preparation(lot: Lot) -> Preparation:
    """All checks, as they are now."""
    from samenraad.methods.sortition.feasibility.examination import examine

    people, limits, seats = pool(lot), quotas(lot), lot.seats or 0
    closes = lot.step.closes
    lacking = without_a_value(people, limits)
    found = Preparation(
        people=len(people), seats=seats, frozen=lot.is_frozen,
        open_until=closes if closes and timezone.now() < closes else None,
        untried=untried(lot), lacking=_named(lot, lacking), lacking_in_all=len(lacking),
    )  # fmt: skip
    if not (found.enough and len(limits)) or lacking:
        return found
    examined = examine(*_in_words(lot, people, limits), seats)
    told = examined.sentences((get_language() or "nl")[:2])
    return Preparation(**vars(found) | {"feasible": examined.feasible, "sentences": told})


def _named(lot: Lot, lacking: dict[str, list[str]]) -> list[Lacking]:
    labels = {one.key: str(one) for one in dimensions(lot)}
    numbers = sorted(lacking)[:NAMED]
    found = Invitation.objects.filter(lot=lot, number__in=numbers).select_related("person").order_by("number")
    return [Lacking(one, [labels.get(key, key) for key in lacking[one.number]]) for one in found]


def _in_words(lot: Lot, people: Pool, limits: Quotas) -> tuple[Pool, Quotas]:
    """The same under the names of the groups, so that the examination speaks of "65 and older", not of its key."""
    known = dimensions(lot)
    name = {one.key: str(one) for one in known}
    labels = group_names(known)
    renamed = (
        Candidate(
            one.id,
            {name.get(key, key): labels.get((key, value), value) for key, value in one.features.items()},
            one.household,
        )
        for one in people.candidates
    )
    wheres = (
        (tuple((name.get(key, key), labels.get((key, value), value)) for key, value in quota.where), quota)
        for quota in limits
    )
    return Pool(tuple(renamed)), Quotas(tuple(Quota(where, quota.min, quota.max) for where, quota in wheres))
