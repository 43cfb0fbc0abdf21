"""Long work in the background: started once, told how far it is, and started again when its worker was killed."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from samenraad.people.models import Person
from samenraad.processes import tasks
from samenraad.processes.models import Step, Work
from samenraad.processes.queries import underway
from samenraad.processes.shelf import shelf
from samenraad.refusals import Refusal

Report = Callable[[str, float], None]
State = Work.State
#: without a sign of life for so long a worker is dead
LIFELESS = timedelta(minutes=3)
#: work that waits for so long may have got lost on its way to the queue
LOST = timedelta(minutes=30)
#: seconds between two signs of life
BEAT = 1.0
log = logging.getLogger(__name__)


def start(*, step: Step, kind: str, by: Person | None, about: str = "") -> Work:
    """Begin this work, or find it as it is being done: of a kind there is one at a time in a step. It begins when the
    transaction of the caller is committed."""
    shelf().job(kind)  # somebody must know how
    running = underway(step, kind).first()
    if running:
        return running
    try:
        with transaction.atomic():
            work = Work.objects.create(step=step, kind=kind, about=about, by=by)
    except IntegrityError:  # somebody else was first
        return underway(step, kind).get()
    transaction.on_commit(lambda: _enqueue(work.pk))
    return work


def _enqueue(pk: int) -> None:
    tasks.do_work.enqueue(pk)


def do(work: Work | int) -> Work | None:
    """Do it now, in this process; None when it is being done or was done already."""
    held = _taken(work if isinstance(work, int) else work.pk)
    if held is None:
        return None
    try:
        _job(held.kind)(held, _Reporter(held.pk))
    except Refusal as refusal:
        return _ended(held, State.FAILED, refusal.code, refusal.facts)
    except Exception:
        log.exception("work %s of kind %s stopped", held.pk, held.kind)
        return _ended(held, State.FAILED, "work.broke", {})
    return _ended(held, State.DONE)


@transaction.atomic
def _taken(pk: int) -> Work | None:
    work = Work.objects.select_for_update(of=("self",)).select_related("step__process", "by").filter(pk=pk).first()
    if work is None or work.state != State.WAITING:
        return None
    work.state, work.beat_at, work.share = State.RUNNING, timezone.now(), 0.0
    work.save(update_fields=["state", "beat_at", "share"])
    return work


def _job(kind: str) -> Callable[[Work, Report], None]:
    module, name = shelf().job(kind).does.split(":")
    job: Callable[[Work, Report], None] = getattr(import_module(module), name)
    return job


class _Reporter:
    """Writes down how far it is, about once a second, whatever transaction the work itself is in."""

    def __init__(self, pk: int) -> None:
        self.pk, self.last = pk, 0.0

    def __call__(self, stage: str, share: float) -> None:
        if time.monotonic() - self.last < BEAT:
            return
        self.last = time.monotonic()
        Work.objects.filter(pk=self.pk, state=State.RUNNING).update(
            stage=stage[:40], share=min(1.0, max(0.0, share)), beat_at=timezone.now()
        )


def _ended(work: Work, state: str, code: str = "", facts: Any = None) -> Work:
    work.state, work.ended_at, work.code = state, timezone.now(), code
    work.share = 1.0 if state == State.DONE else work.share
    work.facts = _plain(facts or {})
    work.save(update_fields=["state", "ended_at", "code", "share", "facts"])
    return work


def _plain(facts: Any) -> Any:
    """As JSON: what has no spelling of its own is kept as text."""
    return json.loads(json.dumps(facts, default=str))


def start_again() -> int:
    """Work whose worker gives no sign of life is put back in the queue, and so is what never seems to have come there:
    twice in the queue is done once. Says how many."""
    now, count = timezone.now(), 0
    lifeless = Q(state=State.RUNNING, beat_at__lt=now - LIFELESS)
    lost = Q(state=State.WAITING) & (Q(beat_at__lt=now - LOST) | Q(beat_at=None, made_at__lt=now - LOST))
    for work in Work.objects.filter(lifeless | lost):
        again = Work.objects.filter(pk=work.pk, state=work.state, beat_at=work.beat_at)
        if again.update(state=State.WAITING, beat_at=now):
            transaction.on_commit(lambda pk=work.pk: _enqueue(pk))  # type: ignore[misc]
            count += 1
    return count
