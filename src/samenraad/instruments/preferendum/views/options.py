"""The options of a vote, for who organises it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samenraad.instruments.preferendum import access
from samenraad.instruments.preferendum.actions import options as actions
from samenraad.instruments.preferendum.forms.setup import OptionForm, WithdrawForm
from samenraad.instruments.preferendum.queries import options as queries
from samenraad.instruments.preferendum.queries.stages import state_of
from samenraad.instruments.preferendum.views.around import around
from samenraad.people.middleware import Request
from samenraad.processes.models import Proposal
from samenraad.refusals import Refusal
from samenraad.texts import explain


def options(request: Request, step: int) -> HttpResponse:
    """All of them, also what was taken out; and from which steps texts can come."""
    preferendum = access.desk_preferendum(request.person, step)
    context = {
        **around(preferendum), "rows": queries.rows(preferendum), "sources": queries.sources(preferendum),
        "missing": [explain(refusal) for refusal in state_of(preferendum).about_options],
    }  # fmt: skip
    return render(request, "preferendum/options.html", context)


def new(request: Request, step: int) -> HttpResponse:
    preferendum = access.desk_preferendum(request.person, step)
    form = OptionForm(request.POST or None)
    if form.is_valid():
        try:
            actions.write(preferendum=preferendum, by=request.person, **form.values())
            messages.success(request, _("The option is on the ballot."))
            return redirect("preferendum:options", step)
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
    return render(request, "preferendum/option.html", {**around(preferendum), "form": form})


def option(request: Request, step: int, number: int) -> HttpResponse:
    """Its words and its arguments. What came from elsewhere keeps its words."""
    preferendum = access.desk_preferendum(request.person, step)
    found = access.option(preferendum, number)
    form = OptionForm(request.POST or None, option=found)
    if form.is_valid():
        try:
            actions.change(option=found, by=request.person, **form.values(found))
            messages.success(request, _("Saved."))
            return redirect("preferendum:options", step)
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
    row = queries.row(found)
    return render(request, "preferendum/option.html", {**around(preferendum), "form": form, "row": row})


def withdraw(request: Request, step: int, number: int) -> HttpResponse:
    """Off the ballot, with a reason that everybody can read."""
    preferendum = access.desk_preferendum(request.person, step)
    found = access.option(preferendum, number)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        try:
            actions.withdraw(option=found, by=request.person, **form.cleaned_data)
            messages.success(request, _("The option is off the ballot."))
            return redirect("preferendum:options", step)
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
    row = queries.row(found)
    return render(request, "preferendum/option_withdraw.html", {**around(preferendum), "form": form, "row": row})


@require_POST
def put_back(request: Request, step: int, number: int) -> HttpResponse:
    found = access.option(access.desk_preferendum(request.person, step), number)
    try:
        actions.put_back(option=found, by=request.person)
        messages.success(request, _("The option is on the ballot again."))
    except Refusal as refusal:
        messages.error(request, explain(refusal))
    return redirect("preferendum:options", step)


@require_POST
def renew(request: Request, step: int, number: int) -> HttpResponse:
    """Take over the newest text from where it came."""
    found = access.option(access.desk_preferendum(request.person, step), number)
    try:
        actions.renew(option=found, by=request.person)
        messages.success(request, _("The option has the newest text now."))
    except Refusal as refusal:
        messages.error(request, explain(refusal))
    return redirect("preferendum:option", step, number)


def carry(request: Request, step: int) -> HttpResponse:
    """Texts of another step, all of them or those with enough supporters, ticked already: one click brings them."""
    preferendum = access.desk_preferendum(request.person, step)
    source = access.text_step(preferendum, queries.whole(request.GET.get("from", "")))
    least = queries.whole(request.GET.get("least", ""))
    texts = queries.texts(preferendum, source, least)
    if request.method == "POST":
        ticked = [int(pk) for pk in request.POST.getlist("text") if pk.isdecimal() and len(pk) < 16]
        chosen = list(Proposal.objects.filter(step=source, pk__in=ticked).order_by("number"))
        try:
            count = actions.carry(preferendum=preferendum, proposals=chosen, by=request.person)
            text = ngettext("{count} text came over, word for word.", "{count} texts came over, word for word.", count)
            messages.success(request, text.format(count=count))
            return redirect("preferendum:options", step)
        except Refusal as refusal:
            messages.error(request, explain(refusal))
    context = {**around(preferendum), "source": source, "least": least, "texts": texts}
    return render(request, "preferendum/option_carry.html", context)
