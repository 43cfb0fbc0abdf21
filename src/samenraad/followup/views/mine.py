"""My part: everything I contributed and what became of it; and what I think of the answers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samenraad.followup import access, actions
from samenraad.followup.forms.public import MarkForm
from samenraad.followup.queries.mine import my_part as whole
from samenraad.people.access import must
from samenraad.people.middleware import Request
from samenraad.refusals import Refusal
from samenraad.texts import explain


def my_part(request: Request) -> HttpResponse:
    if request.person is None:
        return render(request, "followup/who_are_you.html")
    by_code = not request.user.is_authenticated
    return render(request, "followup/my_part.html", {"mine": whole(request.person), "by_code": by_code})


@require_POST
def mark(request: Request, pk: int) -> HttpResponse:
    """A mark for one answer; back to where it was given."""
    item = access.answered_item(pk)
    must(request.person, request.person)
    form = MarkForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a mark from 0 to 10."))
    else:
        try:
            actions.mark(item=item, person=request.person, value=form.cleaned_data["value"])  # type: ignore[arg-type]
            messages.success(request, _("Thank you. Your mark counts; you can change it here."))
        except Refusal as refusal:
            messages.error(request, explain(refusal))
    back = form.cleaned_data.get("back") if hasattr(form, "cleaned_data") else ""
    return redirect(back or "followup:story", *(() if back else (item.proposal_id,)))
