"""The work in the background with a register extract: checking it, and reading it in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice

from django.db import transaction
from django.utils import timezone

from samenraad.instruments.lot.models import Extract, Lot
from samenraad.instruments.lot.queries.extract import how, on_disk, opened
from samenraad.instruments.lot.rules.extract import Reading, Resident, Tally
from samenraad.ledger.actions import note
from samenraad.people.actions import destroy_register
from samenraad.people.models import Register, RegisterEntry
from samenraad.processes.actions.work import Report
from samenraad.processes.models import Work
from samenraad.refusals import Refusal

BATCH = 5_000
#: rows between two signs of life
STRIDE = 2_000


def check(work: Work, report: Report) -> None:
    """A rehearsal: everything is read and counted, nothing is kept but the counts and the bad lines."""
    extract = _extract(work)
    with on_disk(extract) as path:
        reading, lines = opened(path, how(work.step.lot, extract))
        for _people in _told(reading, lines, report):
            pass
    counted = _counted(reading.tally, [grouping.key for grouping in reading.how.groupings])
    same = Extract.objects.filter(
        pk=extract.pk, columns=extract.columns, leave_out=extract.leave_out, values=extract.values
    )
    same.update(checked_at=timezone.now(), counted=counted, problems=json.loads(json.dumps(reading.tally.problems)))


def read_in(work: Work, report: Report) -> None:
    """Everybody who can be invited, in a register that says when it is destroyed. The file itself goes.

    It is written in parts, so that others can go on writing. Was it stopped halfway, then it starts from nothing.
    """
    extract = _extract(work)
    register = _begun(work, extract)
    register.entries.all().delete()  # what an earlier attempt left
    with on_disk(extract) as path:
        reading, lines = opened(path, how(work.step.lot, extract))
        residents = (one for part in _told(reading, lines, report) for one in part)
        while part := list(islice(residents, BATCH)):
            _write(register, part)
    _finish(work, extract, register, reading)


def _extract(work: Work) -> Extract:
    found = Extract.objects.filter(lot=work.step_id, pk=work.about.rpartition(":")[2]).first()
    if found is None or found.content is None:
        raise Refusal("lot.extract_gone")
    return found


def _told(reading: Reading, lines: int, report: Report) -> Iterator[list[Resident]]:
    """The residents in parts, with a sign of life after each."""
    residents = reading.residents()
    while part := list(islice(residents, STRIDE)):
        report("rows", min(0.99, reading.tally.rows / max(1, lines)))
        yield part


def _counted(tally: Tally, dimensions: list[str]) -> dict[str, object]:
    return {
        "rows": tally.rows,
        "people": tally.people,
        "addresses": len(tally.addresses),
        "left_out": dict(tally.left_out.most_common()),
        "bad": dict(tally.bad.most_common()),
        "unknown": {key: dict(values.most_common()) for key, values in tally.unknown.items()},
        "dimensions": dimensions,
        "cells": [[list(values), number] for values, number in sorted(tally.cells.items())],
        "numbers": tally.number_kind,
    }


@transaction.atomic
def _begun(work: Work, extract: Extract) -> Register:
    """The register that is being filled: a new one, or that of an earlier attempt."""
    lot = Lot.objects.select_for_update(of=("self",)).get(pk=work.step_id)
    extract = Extract.objects.select_for_update(of=("self",)).defer("content").get(pk=extract.pk)
    if extract.register:
        return extract.register
    if lot.keep_until is None:
        raise Refusal("lot.no_keep_until")
    step = work.step
    extract.register = Register.objects.create(
        purpose=f"{step.process.title}: {step.title}"[:240], source=extract.name, destroy_on=lot.keep_until
    )
    extract.save(update_fields=["register"])
    return extract.register


@transaction.atomic
def _write(register: Register, residents: list[Resident]) -> None:
    RegisterEntry.objects.bulk_create(
        RegisterEntry(register=register, key=one.number, facts=one.facts) for one in residents
    )


@transaction.atomic
def _finish(work: Work, extract: Extract, register: Register, reading: Reading) -> None:
    """From here on it can be drawn from; an older register of this lot is destroyed, for nobody needs it any more."""
    extract = Extract.objects.select_for_update(of=("self",)).defer("content").get(pk=extract.pk)
    tally = reading.tally
    if register.entries.count() != tally.people:
        raise Refusal("lot.read_in_twice")
    if not tally.people:
        raise Refusal("lot.nobody_in_extract")
    extract.content, extract.problems, extract.header = None, [], []
    extract.counted = _counted(tally, [grouping.key for grouping in reading.how.groupings])
    extract.save(update_fields=["content", "problems", "header", "counted"])
    older = Extract.objects.filter(lot=work.step_id, register__destroyed_at=None, content=None).exclude(pk=extract.pk)
    for one in older.exclude(register=None).select_related("register"):
        destroy_register(register=one.register, by=work.by)  # type: ignore[arg-type]
    note(
        "lot.register_read", register, thread=work.step.process, who=work.by, file=extract.sha256,
        rows=tally.rows, people=tally.people, left_out=sum(tally.left_out.values()), destroyed_on=register.destroy_on,
    )  # fmt: skip
