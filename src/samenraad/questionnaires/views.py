"""Filling in a questionnaire, page by page; and the desk where it is made."""

from __future__ import annotations

import csv
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samenraad.people.languages import for_everybody_invited
from samenraad.people.middleware import Request
from samenraad.processes.access import is_officer, own_process
from samenraad.questionnaires import access, actions, filling, forms, queries
from samenraad.questionnaires.models import AnswerSet, Item, Question, Questionnaire
from samenraad.refusals import Refusal
from samenraad.texts import explain

# --- filling in ---------------------------------------------------------------------------------------------------


@for_everybody_invited
def begin(request: Request, pk: int) -> HttpResponse:
    """What this is, and the button to start or to go on."""
    questionnaire = access.open_questionnaire(request.person, pk)
    tries = is_officer(request.person, questionnaire.process)
    if request.method == "POST":
        try:
            answers = actions.begin(
                questionnaire=questionnaire, person=request.person, language=get_language() or "nl", test=tries
            )
            return redirect("questionnaires:page", answers.pk, 1)
        except Refusal as refusal:
            messages.error(request, explain(refusal))
    mine = AnswerSet.objects.filter(questionnaire=questionnaire, person=request.person, test=tries).first()
    context = {"questionnaire": questionnaire, "mine": mine, "tries": tries, "questions": questionnaire.items.count()}
    return render(request, "questionnaires/begin.html", context)


@for_everybody_invited
def page(request: Request, pk: int, number: int) -> HttpResponse:
    """One page. Whatever can be read is kept, also when something else on the page is wrong."""
    answers = access.my_answers(request.person, pk)
    found = filling.page(answers, number, request.POST or None)
    if found is None:
        return redirect("questionnaires:review", pk)
    if request.method == "POST":
        try:
            wrong = actions.keep(answers=answers, values=found.form.given())
        except Refusal as refusal:
            found.form.add_error(None, explain(refusal))
        else:
            if not wrong:
                return _after(request, answers, number)
            found.form.refuse(wrong)
    return render(request, "questionnaires/page.html", {"answers": answers, "page": found, "form": found.form})


def _after(request: Request, answers: AnswerSet, number: int) -> HttpResponse:
    if "later" in request.POST:
        messages.success(request, _("Kept. You can go on later, also on another device."))
        return redirect("questionnaires:begin", answers.questionnaire_id)
    if "back" in request.POST and number > 1:
        return redirect("questionnaires:page", answers.pk, number - 1)
    return redirect("questionnaires:page", answers.pk, number + 1)


@for_everybody_invited
def review(request: Request, pk: int) -> HttpResponse:
    """All answers once more, and handing in."""
    answers = access.my_answers(request.person, pk)
    if request.method == "POST":
        try:
            actions.hand_in(answers=answers)
            messages.success(request, _("Thank you. Your answers are handed in."))
            return redirect("questionnaires:begin", answers.questionnaire_id)
        except Refusal as refusal:
            messages.error(request, explain(refusal))
    rows = filling.rows(answers)
    context = {"answers": answers, "rows": rows, "missing": [row for row in rows if row.missing]}
    return render(request, "questionnaires/review.html", context)


# --- the desk -----------------------------------------------------------------------------------------------------


def questionnaires(request: Request, slug: str) -> HttpResponse:
    process = own_process(request.person, slug)
    context = {"process": process, "rows": queries.desk_rows(process)}
    return render(request, "questionnaires/list.html", context)


def start(request: Request, slug: str) -> HttpResponse:
    process = own_process(request.person, slug)
    form = forms.QuestionnaireForm(request.POST or None)
    if form.is_valid():
        made = actions.start(process=process, by=request.person, **form.cleaned_data)
        return redirect("questionnaires:edit", made.pk)
    return render(request, "questionnaires/start.html", {"process": process, "form": form})


def questionnaire(request: Request, pk: int) -> HttpResponse:
    found = access.own_questionnaire(request.person, pk)
    context = {"questionnaire": found, "process": found.process, "items": list(queries.items(found))}
    return render(request, "questionnaires/edit.html", context | {"others": queries.questions_elsewhere(found)[:50]})


def title(request: Request, pk: int) -> HttpResponse:
    found = access.own_questionnaire(request.person, pk)
    form = forms.QuestionnaireForm(request.POST or None, instance=found)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("questionnaires:edit", pk)
    return render(
        request, "questionnaires/start.html", {"process": found.process, "form": form, "questionnaire": found}
    )


def add(request: Request, pk: int) -> HttpResponse:
    found = access.own_questionnaire(request.person, pk)
    return _write(request, found, Item(questionnaire=found, question=Question()))


def change(request: Request, pk: int, item: int) -> HttpResponse:
    found = access.own_item(request.person, pk, item)
    return _write(request, found.questionnaire, found)


def _write(request: Request, questionnaire: Questionnaire, item: Item) -> HttpResponse:
    form = forms.QuestionForm(
        request.POST or None,
        instance=item.question,
        questionnaire=questionnaire,
        item=item if item.pk else None,
    )
    if form.is_valid():
        try:
            actions.write(item=item, question=form.save(commit=False), options=form.options(), **form.place())
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("questionnaires:edit", questionnaire.pk)
    context = {"questionnaire": questionnaire, "process": questionnaire.process, "form": form, "item": item}
    return render(request, "questionnaires/question.html", context)


@require_POST
def again(request: Request, pk: int) -> HttpResponse:
    """Ask a question that was asked before, in its own words and under its own id."""
    found = access.own_questionnaire(request.person, pk)
    chosen = request.POST.get("question", "")
    question = get_object_or_404(Question, key=chosen)
    return _do(request, found, lambda: actions.add(questionnaire=found, question=question))


@require_POST
def move(request: Request, pk: int, item: int) -> HttpResponse:
    found = access.own_item(request.person, pk, item)
    return _do(request, found.questionnaire, lambda: actions.move(item=found, up="up" in request.POST))


@require_POST
def remove(request: Request, pk: int, item: int) -> HttpResponse:
    found = access.own_item(request.person, pk, item)
    return _do(request, found.questionnaire, lambda: actions.remove(item=found))


@require_POST
def publish(request: Request, pk: int) -> HttpResponse:
    found = access.own_questionnaire(request.person, pk)
    return _do(request, found, lambda: actions.publish(questionnaire=found, by=request.person))


@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    found = access.own_questionnaire(request.person, pk)
    return _do(request, found, lambda: actions.close(questionnaire=found, by=request.person))


@require_POST
def copy(request: Request, pk: int) -> HttpResponse:
    found = access.own_questionnaire(request.person, pk)
    twin = actions.copy(questionnaire=found, process=found.process, by=request.person)
    messages.success(request, _("This is the copy. It is a draft, with the same questions."))
    return redirect("questionnaires:edit", twin.pk)


def _do(request: Request, questionnaire: Questionnaire, act: Any) -> HttpResponse:
    try:
        act()
        messages.success(request, _("Saved."))
    except Refusal as refusal:
        messages.error(request, explain(refusal))
    return redirect("questionnaires:edit", questionnaire.pk)


def answers(request: Request, pk: int) -> HttpResponse:
    """How the answers are spread. While it is open only how many came in, so that nobody steers."""
    found = access.own_questionnaire(request.person, pk)
    spreads = queries.spreads(found) if found.closed_at else []
    context = {"questionnaire": found, "process": found.process, "spreads": spreads}
    context |= {"channels": queries.by_channel(found), "count": queries.counted(found).count()}
    return render(request, "questionnaires/answers.html", context)


def key(request: Request, pk: int) -> HttpResponse:
    """A form of paper, or what somebody says on the phone: all questions on one page, and the next one right away."""
    found = access.own_questionnaire(request.person, pk)
    form = forms.KeyForm(request.POST or None, questionnaire=found)
    if form.is_valid():
        try:
            actions.take_down(questionnaire=found, by=request.person, **form.taken())
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
        else:
            messages.success(request, _("Kept. Here is the next one."))
            return redirect("questionnaires:key", pk)
    context = {"questionnaire": found, "process": found.process, "form": form, "channels": queries.by_channel(found)}
    return render(request, "questionnaires/key.html", context)


def download(request: Request, pk: int, table: str) -> HttpResponse:
    found = access.own_questionnaire(request.person, pk)
    made = {"codebook": queries.codebook_table, "answers": queries.answers_table}.get(table)
    if made is None or (table == "answers" and not found.closed_at):
        raise Http404
    rows = made(found)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{rows.name}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(rows.header)
    writer.writerows(rows.rows)
    return response
