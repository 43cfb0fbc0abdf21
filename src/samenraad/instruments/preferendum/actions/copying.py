"""An empty twin of a vote, for another process."""

from __future__ import annotations

from django.db import transaction

from samenraad.ballots.models import Vote
from samenraad.instruments.preferendum.models import Preferendum
from samenraad.processes.models import Process, Step

#: options, and what belongs to the goals of one process, stay behind
_OWN = ("step", "goals")


@transaction.atomic
def copy(*, step: Step, process: Process) -> Step:
    """The same rules and words. No options, no list of voters, nothing fixed."""
    twin = Step.objects.create(
        process=process, kind=step.kind, title=step.title, introduction=step.introduction, settings=step.settings
    )
    old = Preferendum.objects.filter(step=step).first()
    if old is not None:
        names = [field.name for field in Preferendum._meta.concrete_fields if field.name not in _OWN]
        Preferendum.objects.create(step=twin, **{name: getattr(old, name) for name in names})
        Vote.objects.create(step=twin)
    return twin
