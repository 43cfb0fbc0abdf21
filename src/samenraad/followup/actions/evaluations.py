"""What was learned. Without it no process closes."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from samenraad.followup.actions.feedback import owe_the_end
from samenraad.followup.models import Evaluation
from samenraad.ledger.actions import note
from samenraad.people.models import Person
from samenraad.processes.models import Process
from samenraad.refusals import Refusal

SECTIONS = ("service", "democracy", "relations", "wrong")


@transaction.atomic
def evaluate(
    *, process: Process, by: Person, service: str, democracy: str, relations: str, wrong: str, lessons: str
) -> Evaluation:
    """Write it, or go on writing it, while it is not public."""
    evaluation = Evaluation.objects.select_for_update().filter(process=process).first() or Evaluation(process=process)
    if evaluation.published_at:
        raise Refusal("evaluation.already_public")
    evaluation.service, evaluation.democracy, evaluation.relations = (
        service.strip(), democracy.strip(), relations.strip(),
    )  # fmt: skip
    evaluation.wrong, evaluation.lessons, evaluation.by = wrong.strip(), lessons.strip(), by
    evaluation.save()
    note("evaluation.drafted", evaluation, thread=process, who=by)
    return evaluation


@transaction.atomic
def publish_evaluation(*, process: Process, by: Person) -> Evaluation:
    """Public from now on, and whoever heard no last word yet is owed one. Twice is once."""
    evaluation = Evaluation.objects.select_for_update().filter(process=process).first()
    if evaluation is None:
        raise Refusal("evaluation.not_written")
    if evaluation.published_at:
        return evaluation
    if not process.is_public:
        raise Refusal("process.not_public")
    if not all(getattr(evaluation, section) for section in SECTIONS):
        raise Refusal("evaluation.incomplete")
    if process.handovers.filter(answered_at=None).exists() and not process.overrides.filter(gate=5).exists():
        raise Refusal("evaluation.answers_first")
    evaluation.published_at = timezone.now()
    evaluation.save(update_fields=["published_at"])
    owe_the_end(process)
    note("evaluation.published", evaluation, thread=process, who=by)
    return evaluation
