"""What will be done, by whom, before when; and how it goes."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from samenraad.followup.actions.feedback import owe_all
from samenraad.followup.models import Answer, Feedback, Measure, Update
from samenraad.ledger.actions import note
from samenraad.people.models import Person
from samenraad.processes.models import Process
from samenraad.refusals import Refusal

SAME_CLICK = timedelta(minutes=10)


@transaction.atomic
def add_measure(
    *,
    process: Process,
    title: str,
    due: date,
    by: Person | None,
    answer: Answer | None = None,
    owner: Person | None = None,
    department: str = "",
    budget_cents: int | None = None,
) -> Measure:
    """Something that will be done: because of an answer, or beside the answers.

    While the answers are not public yet it goes along with them; later, who stands behind the text hears of it.
    """
    if not title.strip():
        raise Refusal("measure.no_title")
    if answer and answer.item.handover.process_id != process.pk:
        raise Refusal("measure.not_here")
    if not owner and not department.strip():
        raise Refusal("measure.no_owner")
    measure = Measure.objects.create(
        process=process, answer=answer, title=title.strip(), owner=owner, department=department.strip(),
        due=due, budget_cents=budget_cents,
    )  # fmt: skip
    if answer and answer.item.handover.answered_at:
        owe_all(Feedback.Occasion.MEASURE, {answer.item.proposal_id: f"measure:{measure.pk}"})
    if measure.is_public:
        note("measure.added", measure, thread=process, who=by, title=measure.title, due=due)
    else:  # the ledger is public, the answer is not yet
        note("measure.drafted", measure, thread=process, who=by)
    return measure


@transaction.atomic
def update_measure(
    *,
    measure: Measure,
    text: str,
    by: Person | None,
    state: str | None = None,
    due: date | None = None,
    why_moved: str = "",
    evidence: str = "",
    day: date | None = None,
) -> Update:
    """How a measure stands. A moved date says why, "done" shows it; everybody behind the text hears it.

    Sending the same form twice is one update.
    """
    measure = (
        Measure.objects.select_for_update(of=("self",))
        .select_related("process", "answer__item__handover")
        .get(pk=measure.pk)
    )
    state, due = state or measure.state, due or measure.due
    _must_be_clear(measure, text, state, due, why_moved, evidence)
    if same := _same_again(measure, text, state, due):
        return same
    moved = due != measure.due
    made = Update.objects.create(
        measure=measure, text=text.strip(), state=state, by=by, day=day or timezone.localdate(),
        due_before=measure.due if moved else None, due_after=due if moved else None,
        why_moved=why_moved.strip() if moved else "", evidence=evidence.strip(),
    )  # fmt: skip
    measure.state, measure.due = state, due
    measure.save(update_fields=["state", "due"])
    answer = measure.answer
    if answer and answer.item.handover.answered_at:
        owe_all(Feedback.Occasion.MEASURE, {answer.item.proposal_id: f"update:{made.pk}"})
    _note(measure, made, by)
    return made


def _note(measure: Measure, made: Update, by: Person | None) -> None:
    if not measure.is_public:
        note("measure.drafted", measure, thread=measure.process, who=by)
        return
    acts = {Measure.State.DONE: "measure.done", Measure.State.ABANDONED: "measure.abandoned"}
    act = acts.get(Measure.State(made.state), "measure.moved" if made.due_after else "measure.updated")
    note(
        act, measure, thread=measure.process, who=by, title=measure.title, text=made.text, state=made.state,
        why=made.why_moved, due=measure.due,
    )  # fmt: skip


def _must_be_clear(measure: Measure, text: str, state: str, due: date, why_moved: str, evidence: str) -> None:
    if not text.strip():
        raise Refusal("measure.say_how_it_stands")
    if state not in Measure.State.values:
        raise Refusal("measure.unknown_state")
    if due != measure.due and not why_moved.strip():
        raise Refusal("measure.why_moved")
    if state == Measure.State.DONE and measure.state != state and not evidence.strip():
        raise Refusal("measure.evidence")


def _same_again(measure: Measure, text: str, state: str, due: date) -> Update | None:
    last = measure.updates.order_by("-id").first()
    fresh = last and last.made_at > timezone.now() - SAME_CLICK
    same = last and (last.text, last.state) == (text.strip(), state) and measure.due == due
    return last if fresh and same else None
