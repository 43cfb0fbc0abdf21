"""What staff do with ideas: the spine's own merge, split and carry, with the idea's own row beside each text."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from samenraad.people.models import Person
from samenraad.processes import actions as processes
from samenraad.processes.models import Proposal, Step
from samenraad.refusals import Refusal


@transaction.atomic
def merge(*, ideas: Sequence[Proposal], into: Proposal, by: Person, reason: str) -> Proposal:
    """Several ideas go on as one. Everybody behind them stands behind the one that remains, and hears so."""
    if not reason.strip():
        raise Refusal("proposal.reason_needed")
    others = [idea for idea in ideas if idea.pk != into.pk]
    return processes.merge(proposals=others, into=into, by=by, reason=reason.strip())


@transaction.atomic
def carry(*, ideas: Sequence[Proposal], step: Step, by: Person) -> list[Proposal]:
    """Ideas go on to a next step. What that step needs beside the text is its own instrument's business."""
    if any(idea.step_id == step.pk for idea in ideas):
        raise Refusal("ideas.same_step")
    return processes.carry(proposals=ideas, step=step, by=by)


split = processes.split
unmerge = processes.unmerge
