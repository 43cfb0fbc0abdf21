"""What an organiser sets for a collection of ideas."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from samenraad.ledger.actions import note
from samenraad.people.models import Person
from samenraad.processes.models import Step


@transaction.atomic
def change_settings(*, step: Step, themes: Sequence[str], photos: bool, hand_in: str, by: Person | None) -> Step:
    """Themes to choose from, whether photos may come along, and where paper forms are handed in."""
    step = Step.objects.select_for_update(of=("self",)).select_related("process").get(pk=step.pk)
    tidy = list(dict.fromkeys(theme.strip() for theme in themes if theme.strip()))
    step.settings = {**step.settings, "themes": tidy, "photos": photos, "hand_in": hand_in.strip()}
    step.save(update_fields=["settings"])
    note("ideas.set_up", step, thread=step.process, who=by, themes=tidy, photos=photos)
    return step
