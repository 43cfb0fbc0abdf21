"""Writing the promise, and making it public: from then on it stands."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samenraad.people.middleware import Request
from samenraad.processes import access, actions, clocks, queries
from samenraad.processes.forms import PromiseForm
from samenraad.processes.models import Promise
from samenraad.processes.queries.promises import conditions
from samenraad.processes.views.plan import section
from samenraad.refusals import Refusal
from samenraad.texts import explain


def promise(request: Request, slug: str) -> HttpResponse:
    """The draft; without one, a new version that begins as the last one ended."""
    process = queries.filled(access.own_process(request.person, slug))
    form = PromiseForm(request.POST or None, instance=_draft(process.promises.all()))
    if form.is_valid():
        try:
            actions.draft_promise(process=process, by=request.person, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
        else:
            return redirect("processes:publish_promise", slug)
    drafted = next((one for one in process.promises.all() if not one.published_at), None)
    current = queries.current(process)
    context = {"drafted": drafted, "current": current, "following": queries.after(process, "promise")}
    return section(request, process, "promise", form, **context)


def _draft(promises: object) -> Promise:
    found = list(promises)  # type: ignore[call-overload]
    drafted = [one for one in found if not one.published_at]
    return drafted[0] if drafted else found[-1] if found else Promise()


def publish_promise(request: Request, slug: str) -> HttpResponse:
    """Look it over once more: after this it is never altered, only succeeded."""
    process = queries.filled(access.own_process(request.person, slug))
    drafted = next((one for one in process.promises.all() if not one.published_at), None)
    if drafted is None:
        return redirect("processes:promise", slug)
    if request.method == "POST":
        actions.publish_promise(promise=drafted, by=request.person)
        messages.success(request, _("The promise is public. From now on it stands as it is."))
        return redirect(queries.after(process, "promise"))
    days = clocks.expected_answer(process, drafted.term_days)
    context = {
        "process": process,
        "promise": drafted,
        "conditions": conditions(drafted),
        "warnings": clocks.answer_warnings(days, clocks.silences()),
    }
    return render(request, "processes/confirm/promise.html", context)
