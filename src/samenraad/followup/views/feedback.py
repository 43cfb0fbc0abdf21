"""The feedback desk: who is still untold, why, and what can be done now."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samenraad.followup import access, actions
from samenraad.followup.forms.desk import AgainForm, WhereForm
from samenraad.followup.models import Feedback
from samenraad.followup.queries import feedback_desk as queries
from samenraad.people.middleware import Request
from samenraad.processes.access import own_process
from samenraad.processes.models import Process
from samenraad.refusals import Refusal
from samenraad.texts import explain


def desk(request: Request, slug: str) -> HttpResponse:
    return _page(request, own_process(request.person, slug), WhereForm())


def _page(request: Request, process: Process, form: WhereForm, status: int = 200) -> HttpResponse:
    show = request.GET.get("show", "")
    context = queries.desk(process, show) | {"process": process, "where_form": form, "show": show}
    context["page"], context["people"] = queries.untold_page(context.pop("rows"), request.GET.get("page"))
    return render(request, "followup/desk/feedback.html", context, status=status)


@require_POST
def send(request: Request, slug: str) -> HttpResponse:
    """Put what is owed into the post now, without waiting for the tick."""
    process = own_process(request.person, slug)
    count = actions.tell(process=process)
    text = ngettext("{count} message goes to the post.", "{count} messages go to the post.", count)
    messages.success(request, text.format(count=count) if count else _("Everything is in the post already."))
    return redirect("followup:feedback_desk", slug)


@require_POST
def in_public(request: Request, slug: str) -> HttpResponse:
    process = own_process(request.person, slug)
    form = WhereForm(request.POST)
    if not form.is_valid():
        return _page(request, process, form, status=400)
    try:
        count = actions.tell_in_public(process=process, by=request.person, **form.cleaned_data)  # type: ignore[arg-type]
    except Refusal as refusal:
        form.add_error(None, explain(refusal))
        return _page(request, process, form, status=409)
    text = ngettext("{count} word is settled.", "{count} words are settled.", count)
    messages.success(request, text.format(count=count))
    return redirect("followup:feedback_desk", slug)


@require_POST
def by_hand(request: Request, slug: str, pk: int) -> HttpResponse:
    """Somebody told this person everything that was owed."""
    process = own_process(request.person, slug)
    contribution = access.contribution_in(process, pk)
    for row in Feedback.objects.untold().filter(contribution=contribution):
        actions.told_by_hand(feedback=row, by=request.person)  # type: ignore[arg-type]
    messages.success(request, _("Written down: this person knows."))
    return redirect("followup:feedback_desk", slug)


@require_POST
def again(request: Request, slug: str, pk: int) -> HttpResponse:
    process = own_process(request.person, slug)
    contribution = access.contribution_in(process, pk)
    form = AgainForm(request.POST)
    if form.is_valid():
        try:
            actions.tell_again(contribution=contribution, by=request.person, **form.cleaned_data)  # type: ignore[arg-type]
            messages.success(request, _("It goes out once more, by another way."))
        except Refusal as refusal:
            messages.error(request, explain(refusal))
    return redirect("followup:feedback_desk", slug)
