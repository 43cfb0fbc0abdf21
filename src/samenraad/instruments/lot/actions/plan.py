"""Making the plan of a lot, and freezing it."""

from __future__ import annotations

from django.db import transaction

from samenraad.processes.models import Process, Step


@transaction.atomic
def copy(*, step: Step, process: Process) -> Step:
    return Step.objects.create(
        process=process, kind=step.kind, title=step.title, introduction=step.introduction, settings=step.settings
    )
