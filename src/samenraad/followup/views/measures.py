"""The measures desk: what I carry out, and half a minute to say how it stands."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samenraad.followup import access, actions
from samenraad.followup.forms.desk import MeasureForm, UpdateForm
from samenraad.followup.models import Measure
from samenraad.followup.queries import desks
from samenraad.people.middleware import Request
from samenraad.refusals import Refusal
from samenraad.texts import explain


def desk(request: Request) -> HttpResponse:
    access.at_desk(request.person)
    show = request.GET.get("show", "")
    measures = desks.measures_for(request.person, show)
    processes = desks.own_processes(request.person).filter(closed_at=None)
    context = {"measures": measures, "today": timezone.localdate(), "show": show, "processes": processes}
    return render(request, "followup/desk/measures.html", context)


def add(request: Request, slug: str) -> HttpResponse:
    process, answers = access.measuring(request.person, slug)
    wanted = request.GET.get("answer", "")
    initial = {"answer": wanted} if wanted.isdecimal() else {}
    form = MeasureForm(request.POST or None, process=process, answers=answers, initial=initial)
    if not access.keeps(request.person, process):
        form.fields["answer"].required = True  # beside the answers only the organiser adds some
    if form.is_valid():
        try:
            measure = actions.add_measure(process=process, by=request.person, **form.measure())
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
        else:
            messages.success(request, _("The measure is saved."))
            return redirect(_after(measure))
    return render(request, "followup/desk/measure_form.html", {"process": process, "form": form})


def _after(measure: Measure) -> str:
    """Back to the row while its answer is being written."""
    if measure.answer and not measure.is_public:
        item = measure.answer.item
        return reverse("followup:answer_item", args=[item.handover_id, item.number])
    return reverse("followup:measures_desk")


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
