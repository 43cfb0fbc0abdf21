"""Choosing what goes to the body that promised to answer; looking it over; handing it over."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samenraad.followup import actions
from samenraad.followup.forms.desk import HandoverForm
from samenraad.followup.models import Handover
from samenraad.followup.queries import answer_desk as queries
from samenraad.people.middleware import Request
from samenraad.processes.access import own_process
from samenraad.processes.models import Process, Promise, Proposal, Step
from samenraad.processes.rules import answer_due
from samenraad.refusals import Refusal
from samenraad.texts import explain

MOST = 300


def choose(request: Request, slug: str) -> HttpResponse:
    """First the choice, then everything once more in order, then it is done."""
    process = own_process(request.person, slug)
    promise = process.promises.exclude(published_at=None).select_related("body").order_by("-version").first()
    steps = list(process.steps.all())
    step = _step(request, steps)
    texts = queries.open_texts(process.pk, step.pk if step else None)
    form = HandoverForm(request.POST or None, texts=texts, initial=_initial(request, promise))
    context = {"process": process, "promise": promise, "steps": steps, "step": step, "form": form}
    if form.is_valid():
        return _review_or_do(request, process, form, context)
    return render(request, "followup/desk/hand_over.html", context | _shown(request, texts))


def _step(request: Request, steps: list[Step]) -> Step | None:
    wanted = request.GET.get("step", "")
    return next((step for step in steps if str(step.pk) == wanted), steps[-1] if steps else None)


def _initial(request: Request, promise: Promise | None) -> dict[str, Any]:
    return {"body": promise.body_id} if promise else {}


def _shown(request: Request, texts: QuerySet[Proposal]) -> dict[str, Any]:
    """First what was ticked here before, or on the list from which one came (`?p=3&p=7`); then the others."""
    given = request.POST.getlist("proposals") or request.GET.getlist("p")
    ticked = {int(pk) for pk in given if pk.isdecimal()}
    texts = texts.select_related("step")
    shown = [*texts.filter(pk__in=ticked), *texts.exclude(pk__in=ticked)[:MOST]]
    return {"ticked": ticked, "texts": shown, "most": MOST}


def _review_or_do(request: Request, process: Process, form: HandoverForm, context: dict[str, Any]) -> HttpResponse:
    data, promise = form.cleaned_data, context["promise"]
    if "confirm" in request.POST:
        try:
            made = actions.hand_over(
                process=process, proposals=data["chosen"], body=data["body"], on=data["on"], by=request.person
            )
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
        else:
            return _done(request, made)
    if form.errors:
        return render(request, "followup/desk/hand_over.html", context | _shown(request, form.texts), status=409)
    term = promise.term_days if promise else actions.TERM_WITHOUT_PROMISE
    chosen = data["chosen"]
    more = {"chosen": chosen, "due": answer_due(data["on"], term), "hearing": queries.hearing(chosen), "data": data}
    return render(request, "followup/desk/hand_over_sure.html", {**context, **more})


def _done(request: Request, made: Handover) -> HttpResponse:
    text = _("Handed over. {body} has until {due} to answer, and everybody can see the days counting.")
    messages.success(request, text.format(body=made.body, due=made.due.strftime("%d-%m-%Y")))
    return redirect("followup:answer_desk", made.pk)
