"""The job that sends what waits."""

from __future__ import annotations

from django_tasks import TaskResultStatus, task

#: a job stays short, so that other jobs get their turn and a worker can stop soon; what is left gets the next job
PER_JOB = 25


@task()
def send_waiting() -> int:
    from samenraad.post.actions import delivery

    report = delivery.deliver(limit=PER_JOB)
    if report.tried == PER_JOB:
        enqueue_once()
    return report.tried


def enqueue_once() -> None:
    """One job that has not begun yet is enough: it will see every message that is committed by now."""
    if not _one_is_ready():
        send_waiting.enqueue()


def _one_is_ready() -> bool:
    from django_tasks_db.models import DBTaskResult

    ready = DBTaskResult.objects.filter(task_path=send_waiting.module_path, status=TaskResultStatus.READY)
    return ready.exists()
