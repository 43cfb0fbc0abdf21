"""One idea: reading it, standing behind it, mending it, taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samenraad.discussion.access import go_on_as, may_moderate, source
from samenraad.discussion.actions import arrive
from samenraad.discussion.forms import WhoForm
from samenraad.instruments.ideas import access, actions, queries
from samenraad.instruments.ideas.forms import WriteForm
from samenraad.people.middleware import Request
from samenraad.processes import actions as processes
from samenraad.processes.access import is_officer
from samenraad.processes.models import Proposal, Step
from samenraad.refusals import Refusal
from samenraad.texts import explain


def idea(request: Request, step: int, number: int) -> HttpResponse:
    found = access.open_step(request.person, step)
    text = access.proposal(found, number)
    context = {
        "step": found,
        "page": queries.idea_page(found, text, request.person),
        "proposal": text,
        "organises": is_officer(request.person, found.process),
        "moderates": may_moderate(request.person, found.process),
    }
    return render(request, "ideas/idea.html", context)


def photo(request: Request, step: int, number: int) -> HttpResponse | FileResponse:
    """The photo, as long as the text can be read."""
    text = access.readable(request.person, access.open_step(request.person, step), number)
    of = queries.idea_of(text)
    if of is None or not of.photo:
        raise Http404
    try:
        response = FileResponse(of.photo.open("rb"), content_type="image/jpeg")
    except OSError as error:
        raise Http404 from error
    response["Cache-Control"] = "private, max-age=3600"
    return response


def support(request: Request, step: int, number: int) -> HttpResponse:
    """Stand behind it. Who is not known yet clicks first and says who they are on the way."""
    found = access.open_step(request.person, step)
    text = access.readable(request.person, found, number)
    form = None if request.person else WhoForm(request.POST if "name" in request.POST else None)
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            _support(request, text, form)
            return redirect(_back(request, found, text))
        except Refusal as refusal:
            if form is None:
                messages.error(request, explain(refusal))
                return redirect(_back(request, found, text))
            form.add_error(None, explain(refusal))
    context = {"step": found, "proposal": text, "form": form, "next": _back(request, found, text)}
    return render(request, "ideas/support.html", context)


def _support(request: Request, text: Proposal, form: WhoForm | None) -> None:
    person = request.person
    if person is None and form is not None:
        person = arrive(source=source(request), **form.fields_of_person())
        go_on_as(request, person)
    if person and actions.support(proposal=text, person=person):
        messages.success(request, _("Thank you. You stand behind this idea."))
    else:
        messages.success(request, _("Thank you. Your support was counted already."))


def _back(request: Request, step: Step, text: Proposal) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return redirect("ideas:idea", step.pk, text.number).url


@require_POST
def unsupport(request: Request, step: int, number: int) -> HttpResponse:
    found = access.open_step(request.person, step)
    text = access.readable(request.person, found, number)
    if request.person and processes.unsupport(proposal=text, person=request.person):
        messages.success(request, _("You no longer stand behind this idea."))
    return redirect("ideas:idea", found.pk, text.number)


def edit(request: Request, step: int, number: int) -> HttpResponse:
    """The author mends it, while nobody reacted yet."""
    found = access.open_step(request.person, step)
    text = access.own(request.person, found, number)
    of = access.idea(text)
    first = {"title": text.title, "text": text.text, "theme": of.theme, "place": text.place_id}
    form = WriteForm(
        request.POST or None, initial=first, step=found,
        places=queries.neighbourhoods(found), themes=queries.themes(found),
    )  # fmt: skip
    for name in ("photo", "photo_alt"):
        form.fields.pop(name, None)
    if form.is_valid() and request.person:
        try:
            values = {name: form.cleaned_data.get(name) or "" for name in ("title", "text", "theme")}
            actions.edit(idea=of, place=form.cleaned_data.get("place"), by=request.person, **values)
            messages.success(request, _("Your idea is changed."))
            return redirect("ideas:idea", found.pk, text.number)
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
    return render(request, "ideas/edit.html", {"step": found, "proposal": text, "form": form})


def withdraw(request: Request, step: int, number: int) -> HttpResponse:
    """The author takes it back, after having been asked once."""
    found = access.open_step(request.person, step)
    text = access.own(request.person, found, number)
    if request.method == "POST" and request.person:
        processes.withdraw(proposal=text, by=request.person)
        messages.success(request, _("Your idea is taken back. Others can no longer read it."))
        return redirect("ideas:idea", found.pk, text.number)
    return render(request, "ideas/withdraw.html", {"step": found, "proposal": text})
