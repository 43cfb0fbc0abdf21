"""The measures desk: what I carry out, and half a minute to say how it stands."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samenraad.followup import access, actions
from samenraad.followup.forms.desk import MeasureForm, UpdateForm
from samenraad.followup.queries import desks
from samenraad.people.access import must
from samenraad.people.middleware import Request
from samenraad.processes.access import own_process
from samenraad.refusals import Refusal
from samenraad.texts import explain


def desk(request: Request) -> HttpResponse:
    must(request.person, request.person)
    show = request.GET.get("show", "")
    measures = desks.measures_for(request.person, show)
    processes = desks.own_processes(request.person).filter(closed_at=None)
    context = {"measures": measures, "today": timezone.localdate(), "show": show, "processes": processes}
    return render(request, "followup/desk/measures.html", context)


def add(request: Request, slug: str) -> HttpResponse:
    process = own_process(request.person, slug)
    answer = request.GET.get("answer", "")
    form = MeasureForm(request.POST or None, process=process, initial={"answer": answer} if answer.isdecimal() else {})
    if form.is_valid():
        try:
            actions.add_measure(process=process, by=request.person, **form.measure())
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
        else:
            messages.success(request, _("The measure is saved."))
            return redirect("followup:measures_desk")
    return render(request, "followup/desk/measure_form.html", {"process": process, "form": form})


def update(request: Request, pk: int) -> HttpResponse:
    measure = access.own_measure(request.person, pk)
    form = UpdateForm(request.POST or None, measure=measure)
    if form.is_valid():
        try:
            actions.update_measure(measure=measure, by=request.person, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
        else:
            messages.success(request, _("Saved. The people who asked for it hear it from you."))
            return redirect("followup:measures_desk")
    context = {
        "measure": measure, "form": form, "process": measure.process, "today": timezone.localdate(),
        "hearing": desks.hearing_of(measure),
    }  # fmt: skip
    return render(request, "followup/desk/update.html", context)
