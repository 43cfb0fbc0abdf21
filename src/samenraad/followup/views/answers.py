"""The answer desk: all rows, one row, a look over everything, and then public."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samenraad.followup import access, actions
from samenraad.followup.forms.desk import AnswerForm, DelayForm, NoteForm, OwnerForm, PublishForm
from samenraad.followup.models import Answer, Item
from samenraad.followup.queries import answer_desk as queries
from samenraad.people.access import must
from samenraad.people.middleware import Request
from samenraad.processes.access import is_officer
from samenraad.refusals import Refusal
from samenraad.texts import explain


def handovers(request: Request) -> HttpResponse:
    access.at_desk(request.person)
    found = queries.handovers_for(request.person)
    return render(request, "followup/desk/handovers.html", {"handovers": found, "today": timezone.localdate()})


def desk(request: Request, pk: int) -> HttpResponse:
    handover = access.own_handover(request.person, pk)
    context = queries.desk(handover) | {
        "handover": handover, "today": timezone.localdate(), "process": handover.process,
        "decides": access.may_answer(request.person, handover), "person_pk": request.person and request.person.pk,
    }  # fmt: skip
    return render(request, "followup/desk/answers.html", context)


def agenda(request: Request, pk: int) -> HttpResponse:
    """A draft for the agenda of the body, to print."""
    handover = access.own_handover(request.person, pk)
    context = queries.desk(handover) | {"handover": handover, "process": handover.process}
    return render(request, "followup/desk/agenda.html", context)


def item(request: Request, pk: int, number: int) -> HttpResponse:
    found = access.own_item(request.person, pk, number)
    if found.handover.answered_at:
        return redirect("followup:answer_desk", pk)
    form = AnswerForm(request.POST or None, item=found)
    if form.is_valid() and _saved(request, found, form):
        following = queries.next_row(found, blank="on" in request.POST)
        if following is None:
            return redirect("followup:answer_desk", pk)
        return redirect("followup:answer_item", pk, following)
    return _item_page(request, found, form)


def _saved(request: Request, found: Item, form: AnswerForm) -> bool:
    try:
        actions.give_answer(item=found, by=request.person, **form.answer())  # type: ignore[arg-type]
        actions.look_at(item=found, meets=form.meets, by=request.person)  # type: ignore[arg-type]
    except Refusal as refusal:
        form.add_error(None, explain(refusal))
        return False
    messages.success(request, _("Row {number} is saved. It is not public yet.").format(number=found.number))
    return True


def _item_page(request: Request, found: Item, form: AnswerForm, **more: Any) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form, "item": found, "handover": found.handover, "process": found.handover.process,
        "note_form": NoteForm(auto_id="note_%s"), "owner_form": OwnerForm(item=found), "today": timezone.localdate(),
        "may_assign": is_officer(request.person, found.handover.process),
    }  # fmt: skip
    if form.is_bound and form.non_field_errors():
        other = Answer.objects.select_related("by").filter(item=found).first()
        context["other"] = other
        data = request.POST.copy()
        data["seen"] = actions.version_of(other)  # whoever saves again has seen this version
        form.data = data
    return render(request, "followup/desk/item.html", context | queries.around(found) | more)


@require_POST
def side_note(request: Request, pk: int, number: int) -> HttpResponse:
    found = access.own_item(request.person, pk, number)
    form = NoteForm(request.POST, auto_id="note_%s")
    if not form.is_valid():
        return _item_page(request, found, AnswerForm(item=found), note_form=form)
    actions.note_beside(item=found, by=request.person, **form.cleaned_data)  # type: ignore[arg-type]
    messages.success(request, _("The note stands beside the text."))
    return redirect("followup:answer_item", pk, number)


@require_POST
def owner(request: Request, pk: int, number: int) -> HttpResponse:
    found = access.own_item(request.person, pk, number)
    must(is_officer(request.person, found.handover.process), request.person)
    form = OwnerForm(request.POST, item=found)
    if form.is_valid():
        actions.assign(item=found, owner=form.cleaned_data["owner"], by=request.person)  # type: ignore[arg-type]
        messages.success(request, _("Saved. Whoever prepares it gets word."))
    return redirect("followup:answer_item", pk, number)


def review(request: Request, pk: int) -> HttpResponse:
    """What stands in the way, what will happen; and then it happens."""
    handover = access.deciding_handover(request.person, pk)
    form, refusal = PublishForm(request.POST if request.method == "POST" else None), ""
    if request.method == "POST" and form.is_valid():
        try:
            done = actions.publish_answers(handover=handover, by=request.person, **form.cleaned_data)  # type: ignore[arg-type]
        except Refusal as why_not:
            refusal = explain(why_not)
        else:
            count = done.items.count()
            text = ngettext("{count} answer is public now.", "{count} answers are public now.", count)
            messages.success(request, text.format(count=count))
            return redirect("followup:answers", handover.process.slug)
    context = queries.review(handover) | {
        "handover": handover, "process": handover.process, "form": form, "refusal": refusal,
    }  # fmt: skip
    return render(request, "followup/desk/review.html", context, status=409 if refusal else 200)


def delay(request: Request, pk: int) -> HttpResponse:
    handover = access.deciding_handover(request.person, pk)
    initial = {"text": handover.delay_reason, "until": handover.delay_until}
    form = DelayForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            actions.explain_delay(handover=handover, by=request.person, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
        else:
            messages.success(request, _("It stands on the public page now, beside the counter."))
            return redirect("followup:answer_desk", pk)
    return render(
        request, "followup/desk/delay.html", {"handover": handover, "process": handover.process, "form": form}
    )
