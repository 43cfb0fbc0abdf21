"""Making the rules of a vote, as long as they are not fixed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings as site
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from samenraad.ballots.models import Vote
from samenraad.instruments.preferendum.models import Option, Preferendum
from samenraad.ledger.actions import note
from samenraad.people.models import Person
from samenraad.processes import actions as processes
from samenraad.processes.models import Step
from samenraad.refusals import Refusal


@transaction.atomic
def begin(*, step: Step, by: Person | None) -> Preferendum:
    """The rows of a step that nobody worked on yet, from the settings that a preset gave it. Twice is once."""
    Step.objects.select_for_update().get(pk=step.pk)
    chosen = step.settings
    given = {name: chosen[name] for name in ("ballot", "rule") if name in chosen}
    found, new = Preferendum.objects.get_or_create(step=step, defaults=given)
    found.step = step
    Vote.objects.get_or_create(step=step)
    if new:
        _ready_made(found, chosen.get("options", ()), by)
    return found


@transaction.atomic
def choose(*, preferendum: Preferendum, preset: str, by: Person | None) -> Preferendum:
    """Another kind of vote: what voters do and how it is counted. Refuses `preferendum.unknown_kind`."""
    held = still_open(preferendum)
    presets: Mapping[str, Mapping[str, Any]] = held.step.card.presets
    if preset not in presets:
        raise Refusal("preferendum.unknown_kind")
    chosen = presets[preset]["settings"]
    step = held.step
    _ready_made(held, chosen.get("options", ()), by)
    if step.settings == chosen:
        return held
    step.settings = dict(chosen)
    step.save(update_fields=["settings"])
    held.ballot, held.rule, held.most = chosen["ballot"], chosen["rule"], None
    held.save(update_fields=["ballot", "rule", "most"])
    note("preferendum.kind_chosen", step, thread=step.process.thread, who=by, preset=preset)
    return held


@transaction.atomic
def change(*, preferendum: Preferendum, by: Person | None, **fields: Any) -> Preferendum:
    """Keep the rules. Refuses `preferendum.frozen`."""
    held = still_open(preferendum)
    changed = [name for name, value in fields.items() if getattr(held, name) != value]
    for name in changed:
        setattr(held, name, fields[name])
    if changed:
        held.save(update_fields=changed)
        note("preferendum.planned", held.step, thread=held.step.process.thread, who=by, changed=sorted(changed))
    return held


def still_open(preferendum: Preferendum) -> Preferendum:
    """As it is now, and ours alone until the transaction ends; refused when its rules are fixed. The step is held
    first and then the vote, always in this order."""
    Step.objects.select_for_update().get(pk=preferendum.pk)
    vote = Vote.objects.select_for_update().filter(step_id=preferendum.pk).first()
    if vote and vote.frozen_at:
        raise Refusal("preferendum.frozen", day=timezone.localtime(vote.frozen_at).date())
    return Preferendum.objects.select_related("step__process__place").get(pk=preferendum.pk)


def _ready_made(preferendum: Preferendum, options: Any, by: Person | None) -> None:
    """Yes and no, in the language of the town; nothing where there are options already."""
    if not options or Option.objects.filter(preferendum=preferendum).exists():
        return
    own = site.LANGUAGE_CODE.split("-")[0]
    with override(own):
        words = {"yes": _("Yes"), "no": _("No")}
    for word in options:
        text = processes.propose(
            step=preferendum.step, contribution=None, title=words.get(word, word), text="", language=own, by=by
        )
        Option.objects.create(proposal=text, preferendum=preferendum)
