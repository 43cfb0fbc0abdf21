"""From how many points on a difference is pointed out."""

from __future__ import annotations

from django.db import transaction

from samenraad.processes.models import Step


@transaction.atomic
def set_gap(*, step: Step, points: int) -> Step:
    """Kept with the settings of the step; what the town thinks too much is no fact of the lot itself."""
    step = Step.objects.select_for_update(of=["self"]).get(pk=step.pk)
    step.settings["gap"] = points
    step.save(update_fields=["settings"])
    return step
