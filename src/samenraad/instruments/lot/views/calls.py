"""The call list, and who was at the sessions."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samenraad.instruments.lot import access
from samenraad.instruments.lot.actions import calls as actions
from samenraad.instruments.lot.forms.seats import CallForm
from samenraad.instruments.lot.models import Call, Lot
from samenraad.instruments.lot.queries.calls import CallList, call_list, header, lines, row_of
from samenraad.instruments.lot.queries.seats import roll, sessions
from samenraad.instruments.lot.queries.sessions import expected, noted
from samenraad.instruments.lot.views.around import around
from samenraad.people.middleware import Request
from samenraad.people.models import Membership
from samenraad.post.exports import table
from samenraad.refusals import Refusal
from samenraad.texts import explain


def _list(request: Request, step: int) -> tuple[Lot, CallList | None]:
    lot = access.desk_lot(request.person, step)
    people = roll(lot)
    return lot, call_list(people, request.GET.get("show", "call")) if people else None


def calls(request: Request, step: int) -> HttpResponse:
    lot, found = _list(request, step)
    return render(request, "lot/calls.html", {**around(lot), "list": found})


def sheet(request: Request, step: int) -> HttpResponse:
    """To print: with room to write, for who calls away from a screen."""
    lot, found = _list(request, step)
    context = {**around(lot), "list": found}
    return render(request, "lot/calls_sheet.html", context)


def csv(request: Request, step: int) -> StreamingHttpResponse:
    lot, found = _list(request, step)
    rows = lines(found) if found else ()
    response = StreamingHttpResponse(table(header(), rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="calls-{lot.pk}.csv"'
    return response


def call(request: Request, step: int, pk: int) -> HttpResponse:
    """One person: number, needs, what was said before, and what came of it now."""
    lot = access.desk_lot(request.person, step)
    membership = access.membership(lot, pk)
    row = row_of(lot, membership)
    if row is None:
        raise Http404
    form = CallForm(request.POST or None, member=membership.state == Membership.State.MEMBER)
    if form.is_valid():
        try:
            noted = actions.note_call(lot=lot, membership=membership, by=request.person, **form.cleaned_data)
            return _after(request, lot, noted)
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
    context = {**around(lot), "form": form,
               "row": row, "history": membership.calls.select_related("by")}  # fmt: skip
    return render(request, "lot/calls_one.html", context)


def _after(request: Request, lot: Lot, call: Call) -> HttpResponse:
    """On to the next call, or to the seat that became free."""
    messages.success(request, _("Noted: {name}, {outcome}.").format(
        name=call.membership.person, outcome=call.get_outcome_display()
    ))  # fmt: skip
    return redirect("lot:seats" if call.outcome == Call.Outcome.DECLINED else "lot:calls", lot.pk)


def session(request: Request, step: int, pk: int) -> HttpResponse:
    """Tick who was there, and who sent word that they could not come."""
    lot = access.desk_lot(request.person, step)
    meeting = next((one for one in sessions(lot) if one.pk == pk), None)
    if meeting is None:
        raise Http404
    people = list(expected(lot, meeting))
    context = {**around(lot), "meeting": meeting, "people": people}
    if request.method == "POST":
        everybody = {person.pk for person in people}
        ticked = {name: {int(pk) for pk in request.POST.getlist(name) if pk.isdecimal() and len(pk) < 16} & everybody
                  for name in ("there", "excused")}  # fmt: skip
        try:
            count = actions.note_session(lot=lot, meeting=meeting, everybody=everybody, by=request.person, **ticked)
            messages.success(request, _("Noted: {count} people were there.").format(count=count))
            return redirect("lot:seats", step)
        except Refusal as refusal:
            context["refusal"] = explain(refusal)
    there, excused = noted(lot, meeting)
    return render(request, "lot/seats_session.html", context | {"there": there, "excused": excused})
