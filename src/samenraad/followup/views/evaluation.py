"""Writing down what was learned, and making it public: the last thing before a process closes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samenraad.followup import actions
from samenraad.followup.forms.desk import EvaluationForm
from samenraad.followup.models import Evaluation
from samenraad.followup.queries.reach import untold
from samenraad.people.middleware import Request
from samenraad.processes.access import own_process
from samenraad.refusals import Refusal
from samenraad.texts import explain


def write(request: Request, slug: str) -> HttpResponse:
    process = own_process(request.person, slug)
    evaluation = Evaluation.objects.filter(process=process).first()
    if evaluation and evaluation.published_at:
        return redirect("followup:learned", slug)
    form = EvaluationForm(request.POST or None, instance=evaluation)
    if request.method == "POST" and form.is_valid():
        try:
            actions.evaluate(process=process, by=request.person, **form.cleaned_data)  # type: ignore[arg-type]
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
        else:
            messages.success(request, _("Saved. It is not public yet."))
            return redirect("followup:publish_evaluation" if "publish" in request.POST else "followup:evaluation", slug)
    return render(request, "followup/desk/evaluation.html", {"process": process, "form": form})


def publish(request: Request, slug: str) -> HttpResponse:
    """Look it over once more; then it is public, and whoever heard no last word hears one."""
    process = own_process(request.person, slug)
    evaluation = Evaluation.objects.filter(process=process).first()
    if evaluation is None:
        return redirect("followup:evaluation", slug)
    refusal = ""
    if request.method == "POST":
        try:
            actions.publish_evaluation(process=process, by=request.person)  # type: ignore[arg-type]
        except Refusal as why_not:
            refusal = explain(why_not)
        else:
            messages.success(request, _("The evaluation is public."))
            return redirect("followup:feedback_desk", slug)
    context = {
        "process": process, "evaluation": evaluation, "refusal": refusal, "untold": untold(process).count(),
    }  # fmt: skip
    return render(request, "followup/desk/evaluation_sure.html", context, status=409 if refusal else 200)
