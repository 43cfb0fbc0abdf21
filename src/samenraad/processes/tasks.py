"""The job that does the long work: what there is to do stands in `models.Work`, who does it on the cards."""

from __future__ import annotations

from django_tasks import task


@task()
def do_work(pk: int) -> None:
    from samenraad.processes.actions import work

    work.do(pk)
