"""What is being done in the background."""

from __future__ import annotations

from django.db.models import QuerySet

from samenraad.processes.models import UNDERWAY, Step, Work


def underway(step: Step, *kinds: str) -> QuerySet[Work]:
    """The work of these kinds that waits for its turn or is being done, in this step."""
    return Work.objects.filter(step=step, kind__in=kinds, state__in=UNDERWAY)
