"""The background job of the lot. What there is to do stands in `models.Work`; who does it, here."""

from __future__ import annotations

from django_tasks import task

#: kind of work -> the function that does it: function(work, report)
JOBS = {
    "check": "samenraad.instruments.lot.actions.extract:check",
    "import": "samenraad.instruments.lot.actions.extract:read_in",
    "invite": "samenraad.instruments.lot.actions.waves:invite",
    "letters": "samenraad.instruments.lot.actions.letters:make",
    "lottery": "samenraad.instruments.lot.actions.lottery:make",
    "substitutes": "samenraad.instruments.lot.actions.substitutes:choose",
    "rehearsal": "samenraad.instruments.lot.actions.rehearsal:rehearse",
}


@task()
def do_work(pk: int) -> None:
    from samenraad.instruments.lot.actions import work

    work.do(pk)
