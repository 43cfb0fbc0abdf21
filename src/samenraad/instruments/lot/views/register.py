"""Reading in a register extract: the file, its columns, the check, and the register until it is destroyed."""

from __future__ import annotations

import csv

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samenraad.instruments.lot import access
from samenraad.instruments.lot.actions import register as actions
from samenraad.instruments.lot.forms.register import ColumnsForm, ProfileForm, ReadForm, UploadForm, ValuesForm
from samenraad.instruments.lot.jobs import Kind
from samenraad.instruments.lot.models import ColumnProfile, Extract, Lot
from samenraad.instruments.lot.queries import extract as files
from samenraad.instruments.lot.queries import register as queries
from samenraad.instruments.lot.views.around import around
from samenraad.people.middleware import Request
from samenraad.processes.queries import underway
from samenraad.refusals import Refusal
from samenraad.texts import explain


def show(request: Request, step: int) -> HttpResponse:
    """The register of this lot, the files that wait halfway, and a place for a new one."""
    lot = access.desk_lot(request.person, step)
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        given = form.cleaned_data["file"]
        try:
            kept = actions.keep_upload(lot=lot, name=given.name, chunks=given.chunks(), by=request.person)
            return redirect("lot:extract_columns", lot.pk, kept.pk)
        except Refusal as refusal:
            form.add_error("file", explain(refusal))
    current = queries.current_register(lot)
    context = {
        "form": form, "current": current, "halfway": queries.halfway(lot), "waves": lot.waves.exclude(drawn_at=None),
        "left_out": queries.left_out(current, lot.min_age) if current else [],
        "working": underway(lot.step, Kind.CHECK, Kind.IMPORT).first(),
    }  # fmt: skip
    return render(request, "lot/register.html", around(lot) | context)


def columns(request: Request, step: int, pk: int) -> HttpResponse:
    """What each column means: guessed or remembered first, and kept, so that one can come back to it."""
    lot, extract = _halfway(request, step, pk)
    form = ColumnsForm(request.POST or None, extract=extract, dimensions=files.by_column(lot))
    if form.is_valid():
        work = actions.map_columns(extract=extract, columns=form.columns, leave_out=form.leave_out, by=request.person)
        if form.cleaned_data["save_as"]:
            extract.columns, extract.leave_out = form.columns, form.leave_out
            actions.keep_profile(extract=extract, name=form.cleaned_data["save_as"])
        return redirect("processes:work", lot.pk, work.pk)
    with files.on_disk(extract) as path:
        header, sample = files.first_look(path)
    context = {
        "extract": extract, "form": form, "header": header, "sample": sample,
        "profiles": ProfileForm() if ColumnProfile.objects.exists() else None, "ages": _ages(lot),
    }  # fmt: skip
    return render(request, "lot/extract_columns.html", around(lot) | context)


def _ages(lot: Lot) -> list[str]:
    return [str(one) for one in files.of_the_register(lot) if files.ages(one)]


@require_POST
def profile(request: Request, step: int, pk: int) -> HttpResponse:
    lot, extract = _halfway(request, step, pk)
    form = ProfileForm(request.POST)
    if form.is_valid():
        actions.apply_profile(extract=extract, profile=form.cleaned_data["profile"])
    return redirect("lot:extract_columns", lot.pk, extract.pk)


def check(request: Request, step: int, pk: int) -> HttpResponse:
    """What the check found: counts beside the town's figures, who is left out, and all bad lines by their numbers."""
    lot, extract = _halfway(request, step, pk)
    if extract.checked_at is None:
        if running := queries.busy(lot, extract):
            return redirect("processes:work", lot.pk, running.pk)
        return redirect("lot:extract_columns", lot.pk, pk)
    dimensions = files.of_the_register(lot)
    context = {
        "extract": extract, "form": ReadForm(), "bad": queries.bad_lines(extract),
        "problems": queries.problems(extract), "left_out": queries.left_out(extract, lot.min_age),
        "dimensions": queries.groups(lot, extract, dimensions), "before": _before(lot),
        "unknown": any(extract.counted.get("unknown", {}).values()),
    }  # fmt: skip
    return render(request, "lot/extract_check.html", around(lot) | context)


def _before(lot: Lot) -> str:
    """Why it cannot be read in yet."""
    if not lot.is_frozen:
        return explain(Refusal("lot.not_frozen"))
    return "" if lot.keep_until else explain(Refusal("lot.no_keep_until"))


def values(request: Request, step: int, pk: int) -> HttpResponse:
    """What the register's own words mean."""
    lot, extract = _halfway(request, step, pk)
    form = ValuesForm(request.POST or None, extract=extract, dimensions=files.by_column(lot))
    if form.is_valid():
        work = actions.map_values(extract=extract, values=form.values, by=request.person)
        return redirect("processes:work", lot.pk, work.pk)
    return render(request, "lot/extract_values.html", around(lot) | {"extract": extract, "form": form})


def bad_lines(request: Request, step: int, pk: int) -> HttpResponse:
    """The bad lines as a table, to work through beside the file."""
    _lot, extract = _halfway(request, step, pk)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="lines-{extract.pk}.csv"'
    writer = csv.writer(response, delimiter=";")
    writer.writerow([_("line"), _("what is wrong")])
    writer.writerows(queries.lines(extract))
    return response


@require_POST
def read_in(request: Request, step: int, pk: int) -> HttpResponse:
    lot, extract = _halfway(request, step, pk)
    form = ReadForm(request.POST)
    without = form.is_valid() and form.cleaned_data["without_bad_lines"]
    work = actions.start_reading(extract=extract, without_bad_lines=without, by=request.person)
    return redirect("processes:work", lot.pk, work.pk)


@require_POST
def drop(request: Request, step: int, pk: int) -> HttpResponse:
    lot = access.desk_lot(request.person, step)
    actions.drop(extract=access.extract(lot, pk))
    messages.success(request, _("The file is thrown away. Nothing of it was kept."))
    return redirect("lot:register", lot.pk)


@require_POST
def destroy(request: Request, step: int) -> HttpResponse:
    lot = access.desk_lot(request.person, step)
    if actions.destroy(lot=lot, by=request.person):
        messages.success(request, _("The register is destroyed. The ledger says so."))
    return redirect("lot:register", lot.pk)


def _halfway(request: Request, step: int, pk: int) -> tuple[Lot, Extract]:
    """A file that is not read in yet. One that is, has no such pages any more."""
    lot = access.desk_lot(request.person, step)
    extract = access.extract(lot, pk)
    if extract.register and not queries.halfway(lot).filter(pk=pk).exists():
        raise Refusal("lot.extract_gone")
    return lot, extract
