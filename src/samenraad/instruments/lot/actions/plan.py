"""Making the plan of a lot: what is asked and offered, and a twin of it for another process."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from samenraad.instruments.lot.models import Dimension, Lot, Value
from samenraad.ledger.actions import note
from samenraad.people.models import Person
from samenraad.processes.models import Process, Step
from samenraad.questionnaires import actions as questionnaires
from samenraad.refusals import Refusal

#: these are the rules of the lot: they freeze
RULES = (
    "seats",
    "min_age",
    "age_on",
    "one_per_address",
    "equal",
    "chance",
    "beacon_source",
    "beacon_round",
    "questionnaire",
)
#: a twin starts without what belongs to days that are over, and without what was frozen
OF_ITS_TIME = ("age_on", "beacon_round", "draw_at", "keep_until", "questionnaire", "frozen_at", "rules", "digest")


def held_lot(lot: Lot) -> Lot:
    """The lot as it is now, ours alone until the transaction ends. What belongs to it is read after the lock: read
    together, PostgreSQL would give it as it was before somebody else let go."""
    Lot.objects.select_for_update().get(pk=lot.pk)
    return Lot.objects.select_related("step__process", "step__body").get(pk=lot.pk)


def still_open(lot: Lot) -> Lot:
    """Held, and its rules not frozen yet."""
    found = held_lot(lot)
    if found.frozen_at:
        raise Refusal("lot.frozen", day=timezone.localtime(found.frozen_at).date())
    return found


@transaction.atomic
def change(*, lot: Lot, by: Person | None, **fields: Any) -> Lot:
    """Keep the settings. Frozen ones stay as they are; trying to change one is refused."""
    lot = held_lot(lot)
    changed = {name: value for name, value in fields.items() if getattr(lot, name) != value}
    if lot.frozen_at and any(name in RULES for name in changed):
        raise Refusal("lot.frozen", day=timezone.localtime(lot.frozen_at).date())
    for name, value in changed.items():
        setattr(lot, name, value)
    if changed:
        lot.save(update_fields=list(changed))
        note("lot.planned", lot.step, thread=lot.step.process, who=by, changed=sorted(changed))
    return lot


@transaction.atomic
def copy(*, step: Step, process: Process) -> Step:
    """An empty twin: settings and groups, nobody invited, nothing frozen."""
    twin = Step.objects.create(
        process=process, kind=step.kind, title=step.title, introduction=step.introduction, settings=step.settings
    )
    lot = Lot.objects.filter(step=step).first()
    if lot is not None:
        dimensions = list(lot.dimensions.prefetch_related("values"))
        _twin_of(lot, twin)
        for dimension in dimensions:
            _copy_dimension(dimension, twin)
        _ask_again(lot, twin)
    return twin


def _twin_of(lot: Lot, step: Step) -> None:
    own = [field for field in Lot._meta.concrete_fields if field.name not in ("step", *OF_ITS_TIME)]
    Lot.objects.create(step=step, **{field.name: getattr(lot, field.name) for field in own})


def _ask_again(lot: Lot, step: Step) -> None:
    if lot.questionnaire:
        again = questionnaires.copy(questionnaire=lot.questionnaire, process=step.process, by=None)
        Lot.objects.filter(step=step).update(questionnaire=again)


def _copy_dimension(dimension: Dimension, step: Step) -> None:
    """A question is asked again under the same id, so the dimension keeps it."""
    values = list(dimension.values.all())
    dimension.pk, dimension.lot_id, dimension._state.adding = None, step.pk, True
    dimension.save()
    for value in values:
        value.pk, value.dimension, value.tried, value._state.adding = None, dimension, "", True
    Value.objects.bulk_create(values)
