"""The neighbourhoods of a process, to choose from."""

from __future__ import annotations

from django.db.models import Q

from samenraad.people.models import Place
from samenraad.processes.models import Step


def neighbourhoods(step: Step) -> list[Place]:
    """What lies in the place of the process: its districts and their neighbourhoods, by name."""
    within = step.process.place_id
    lies_in = Q(parent=within) | Q(parent__parent=within) | Q(parent__parent__parent=within)
    return list(Place.objects.filter(lies_in))
