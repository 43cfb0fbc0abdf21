"""Letters that came back, and letters that are made once more."""

from __future__ import annotations

from django.contrib import messages as say
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from samenraad.instruments.lot import access
from samenraad.instruments.lot.actions import letters as actions
from samenraad.instruments.lot.forms.letters import AgainForm, ReturnedForm
from samenraad.instruments.lot.models import Lot
from samenraad.instruments.lot.queries import letters as queries
from samenraad.instruments.lot.views.around import around
from samenraad.people.middleware import Request
from samenraad.refusals import Refusal
from samenraad.texts import explain


@never_cache
def came_back(request: Request, step: int) -> HttpResponse:
    """Type or scan what came back. What is not known stays in the field."""
    lot = access.desk_lot(request.person, step)
    if "mistake" in request.POST:
        actions.did_arrive(lot=lot, word=request.POST["mistake"], by=request.person)
        say.success(request, _("Written down: this letter did not come back."))
        return redirect("lot:letters_back", step)
    form = ReturnedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if written_down(request, lot, form):
                return redirect("lot:letters_back", step)
        except Refusal as refusal:
            form.add_error("day", explain(refusal))
    context = {**around(lot), "form": form, "rows": queries.back(lot)}
    return render(request, "lot/letters_back.html", context)


def written_down(request: Request, lot: Lot, form: ReturnedForm) -> bool:
    """Write down what is known, and say what is not."""
    done = actions.came_back(
        lot=lot, typed=form.cleaned_data["numbers"], day=form.cleaned_data["day"], by=request.person
    )
    if done.marked:
        said = ngettext("Written down: {n} letter came back.", "Written down: {n} letters came back.", done.marked)
        say.success(request, said.format(n=done.marked))
    if done.known:
        said = ngettext("{n} stood there already.", "{n} stood there already.", done.known)
        say.info(request, said.format(n=done.known))
    if done.unknown:
        form.data = {**form.data.dict(), "numbers": "\n".join(done.unknown)}  # type: ignore[attr-defined]
        said = _("We know no letter with these numbers: {words}")
        form.add_error("numbers", said.format(words=", ".join(done.unknown)))
    return not done.unknown


@never_cache
def again(request: Request, step: int) -> HttpResponse:
    """One letter once more, in large print or in another language."""
    lot = access.desk_lot(request.person, step)
    form = AgainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            actions.again(
                lot=lot, word=asked["number"], large=asked["large"], language=asked["language"], by=request.person
            )
        except Refusal as refusal:
            form.add_error("number", explain(refusal))
        else:
            say.success(request, _("The letter waits to be put into a pile."))
            return redirect("lot:letters", step)
    context = {**around(lot), "form": form}
    return render(request, "lot/letter_again.html", context)
