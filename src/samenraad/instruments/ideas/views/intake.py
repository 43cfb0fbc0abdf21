"""Reading in a table: a file, what its columns mean, a rehearsal, and then all of it or nothing."""

from __future__ import annotations

import csv
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samenraad.instruments.ideas import access, actions
from samenraad.instruments.ideas.intake_forms import ColumnsForm, UploadForm
from samenraad.instruments.ideas.models import Upload
from samenraad.instruments.ideas.queries.intake import Plan, plan, sheet_of
from samenraad.instruments.ideas.rules import safe_cell
from samenraad.people.middleware import Request
from samenraad.processes.models import Step
from samenraad.refusals import Refusal
from samenraad.texts import explain


def start(request: Request, step: int) -> HttpResponse:
    """Choose a file; and what was read in before, or waits halfway."""
    found = access.desk_step(request.person, step)
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        given = form.cleaned_data["file"]
        try:
            kept = actions.keep_upload(step=found, name=given.name, content=given.read(), by=request.person)
            return redirect("ideas:columns", found.pk, kept.pk)
        except Refusal as refusal:
            form.add_error("file", explain(refusal))
    uploads = found.uploads.defer("content").select_related("by")[:50]
    return render(request, "ideas/import.html", _about(found) | {"form": form, "uploads": uploads})


def columns(request: Request, step: int, pk: int) -> HttpResponse:
    """What each column means. Guessed first; kept, so that one can come back to it."""
    found = access.desk_step(request.person, step)
    upload = access.upload(found, pk)
    if upload.done_at:
        return redirect("ideas:check", found.pk, upload.pk)
    sheet = sheet_of(upload)
    form = ColumnsForm(request.POST or None, upload=upload, header=sheet.header)
    if form.is_valid():
        values = form.cleaned_data
        actions.map_columns(upload=upload, columns=form.mapping(), channel=values["channel"], day=values["day"])
        return redirect("ideas:check", found.pk, upload.pk)
    context = {"form": form, "upload": upload, "sheet": sheet, "sample": sheet.rows[:3]}
    return render(request, "ideas/columns.html", _about(found) | context)


def check(request: Request, step: int, pk: int) -> HttpResponse:
    """The rehearsal: every bad line by its number, or what will be made. Then the real thing."""
    found = access.desk_step(request.person, step)
    upload = access.upload(found, pk)
    rehearsal, refused = _rehearsal(upload)
    if request.method == "POST" and not refused:
        try:
            read = actions.read_in(upload=upload, by=request.person)
            text = ngettext("{n} idea was read in.", "{n} ideas were read in.", read.count)
            messages.success(request, text.format(n=read.count))
            return redirect("ideas:desk", found.pk)
        except Refusal as refusal:
            refused = explain(refusal)
    context = {"upload": upload, "plan": rehearsal, "refused": refused, "problems": _sentences(rehearsal)}
    status = 409 if refused and request.method == "POST" else 200
    return render(request, "ideas/check.html", _about(found) | context, status=status)


def _rehearsal(upload: Upload) -> tuple[Plan | None, str]:
    if upload.done_at:
        return None, ""
    try:
        return plan(upload), ""
    except Refusal as refusal:
        return None, explain(refusal)


def _sentences(rehearsal: Plan | None) -> list[tuple[int, str]]:
    return [(problem.row, explain(problem.refusal)) for problem in rehearsal.problems] if rehearsal else []


def bad_lines(request: Request, step: int, pk: int) -> HttpResponse:
    """The bad lines as a table, to work through beside the file."""
    found = access.desk_step(request.person, step)
    rehearsal, _refused = _rehearsal(access.upload(found, pk))
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="lines-{pk}.csv"'
    writer = csv.writer(response, delimiter=";")
    writer.writerow([_("row"), _("what is wrong")])
    writer.writerows([row, safe_cell(sentence)] for row, sentence in _sentences(rehearsal))
    return response


@require_POST
def drop(request: Request, step: int, pk: int) -> HttpResponse:
    found = access.desk_step(request.person, step)
    actions.drop_upload(upload=access.upload(found, pk))
    messages.success(request, _("The file is thrown away. Nothing was read in."))
    return redirect("ideas:import", found.pk)


def _about(step: Step) -> dict[str, Any]:
    return {"step": step, "process": step.process}
