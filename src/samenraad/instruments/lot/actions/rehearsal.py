"""A rehearsal in the background. It writes nothing but its own row: it knows no letters, no draw and no seats."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from samenraad.instruments.lot.jobs import Kind
from samenraad.instruments.lot.models import Lot, Rehearsal
from samenraad.instruments.lot.queries.feasibility import Names, limits_of
from samenraad.instruments.lot.queries.pool import dimensions
from samenraad.instruments.lot.rules.rehearsal import Plan
from samenraad.instruments.lot.rules.rehearsal import rehearse as whole
from samenraad.people.models import Person
from samenraad.processes.actions import work as background
from samenraad.processes.models import Work
from samenraad.processes.queries import underway
from samenraad.refusals import Refusal

#: a town of which we do not know how large it is
SOME_TOWN = 20_000


@transaction.atomic
def start(*, lot: Lot, letters: int, rate: float, seed: str, people: int | None, by: Person | None) -> Work:
    """Begin one, unless one is being done: then it is that one."""
    if not lot.seats:
        raise Refusal("lot.no_seats")
    if not Names(lot).quotas(limits_of(lot)).quotas:
        raise Refusal("lot.no_quotas")
    if not 0 < rate <= 0.9:
        raise Refusal("lot.rehearsal_rate")
    town = people or SOME_TOWN
    if letters > town:
        raise Refusal("lot.rehearsal_letters", people=town)
    running = underway(lot.step, Kind.REHEARSAL).first()
    if running:
        return running
    asked = {"letters": letters, "rate": rate, "people": town, "language": (get_language() or "nl")[:2]}
    made = Rehearsal.objects.create(lot=lot, seed=seed, by=by, outcome={"asked": asked})
    return background.start(step=lot.step, kind=Kind.REHEARSAL, about=f"rehearsal:{made.pk}", by=by)


def rehearse(work: Work, report: Callable[[str, float], None]) -> None:
    """The job. The same seed and the same plan give the same outcome, however often it is begun."""
    rehearsal = Rehearsal.objects.select_related("lot__step__process").get(pk=int(work.about.rpartition(":")[2]))
    asked = rehearsal.outcome["asked"]
    rehearsal.outcome = {"asked": asked, **whole(_plan(rehearsal.lot, asked), rehearsal.seed, report)}
    rehearsal.ended_at = timezone.now()
    rehearsal.save(update_fields=["outcome", "ended_at"])


def _plan(lot: Lot, asked: dict[str, int | float | str]) -> Plan:
    names = Names(lot)
    seats = lot.seats or 0
    return Plan(
        groups=names.groups, quotas=names.quotas(limits_of(lot)), seats=seats, people=int(asked["people"]),
        letters=int(asked["letters"]), rate=float(asked["rate"]), rates=_rates(lot, names),
        factors={feature: value.factor for feature, value in names.values.items() if value.factor != 1},
        one_per_address=lot.one_per_address, substitutes=lot.substitutes or max(1, seats // 3),
        language=str(asked["language"]),
    )  # fmt: skip


def _rates(lot: Lot, names: Names) -> dict[str, dict[str, float]]:
    """What the plan expects of each group; nothing when it expects nothing, and then what is usual counts."""
    expects = any(value.rate for dimension in dimensions(lot) for value in dimension.values.all())
    return names.rates if expects else {}
