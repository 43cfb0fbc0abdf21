"""The pages that everybody reads: answers, one text's story, measures, what is late, what was learned."""

from __future__ import annotations

import csv
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from samenraad.followup import access
from samenraad.followup.forms.public import FilterForm
from samenraad.followup.models import Evaluation, Handover
from samenraad.followup.queries import answers as answer_queries
from samenraad.followup.queries import marks
from samenraad.followup.queries import overdue as late
from samenraad.followup.queries import story as stories
from samenraad.followup.queries.reach import reach
from samenraad.followup.queries.tables import answer_rows
from samenraad.people.middleware import Request
from samenraad.processes.access import visible_process

PER_PAGE = 25


def all_answers(request: Request) -> HttpResponse:
    today = timezone.localdate()
    return render(request, "followup/all_answers.html", {"handovers": late.all_handovers(), "today": today})


def overdue(request: Request) -> HttpResponse:
    today = timezone.localdate()
    return render(request, "followup/overdue.html", {"overdue": late.overdue(today), "today": today})


def answers(request: Request, slug: str) -> HttpResponse:
    process = visible_process(request.person, slug)
    handovers = answer_queries.handovers_of(process)
    context: dict[str, Any] = {"process": process, "today": timezone.localdate(), "handovers": handovers}
    handover = _chosen(request, handovers)
    if handover is None:
        context["promise"] = process.promises.exclude(published_at=None).select_related("body").last()
        return render(request, "followup/answers_none.html", context)
    handover.process = process
    context |= _page(request, handover)
    return render(request, f"followup/{'answers' if handover.answered_at else 'on_the_table'}.html", context)


def _chosen(request: Request, handovers: list[Handover]) -> Handover | None:
    """The hand-over asked for, else the newest."""
    wanted = request.GET.get("list", "")
    return next((one for one in handovers if str(one.pk) == wanted), handovers[0] if handovers else None)


def _page(request: Request, handover: Handover) -> dict[str, Any]:
    found = answer_queries.standing(handover)
    show, word = FilterForm(request.GET).values()
    items = answer_queries.found_items(handover, found.departures, decision=show, word=word)
    page = Paginator(answer_queries.with_all(items), PER_PAGE).get_page(request.GET.get("page"))
    return {
        "handover": handover,
        "standing": found,
        "compared": answer_queries.compared(handover, found, timezone.localdate()),
        "clock": answer_queries.clock(handover, found, timezone.localdate()),
        "page": page,
        "entries": answer_queries.entries(handover, list(page.object_list)),
        "show": show,
        "word": word,
        **(_opinion(handover, found) if handover.answered_at else {}),
    }


def _opinion(handover: Handover, found: answer_queries.Standing) -> dict[str, Any]:
    opinion = marks.opinion(handover)
    lines = [(part, opinion.per_decision.get(part.state)) for part in found.parts() if part.count]
    return {"opinion": opinion, "opinion_lines": lines}


def answers_file(request: Request, slug: str) -> HttpResponse:
    """What is filtered, as a list for a spreadsheet."""
    process = visible_process(request.person, slug)
    handover = _chosen(request, answer_queries.handovers_of(process))
    if handover is None:
        raise Http404
    found = answer_queries.standing(handover)
    show, word = FilterForm(request.GET).values()
    items = answer_queries.found_items(handover, found.departures, decision=show, word=word)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{process.slug}-answers.csv"'
    csv.writer(response, delimiter=";").writerows(answer_rows(handover, items))
    return response


def story(request: Request, pk: int) -> HttpResponse:
    proposal = access.visible_proposal(request.person, pk)
    process = proposal.step.process
    may_mark = access.can_mark(request.person, process)
    found = stories.story(proposal, request.person, may_mark=may_mark)
    context = {
        "story": found, "proposal": proposal, "process": process, "today": timezone.localdate(),
        "step_url": proposal.step.card.url(proposal.step),
    }  # fmt: skip
    return render(request, "followup/story.html", context)


def measures(request: Request, slug: str) -> HttpResponse:
    process = visible_process(request.person, slug)
    context = {
        "process": process, "measures": late.measures_of(process), "today": timezone.localdate(),
        "budget": late.budget(process),
    }  # fmt: skip
    return render(request, "followup/measures.html", context)


def learned(request: Request, slug: str) -> HttpResponse:
    """The evaluation, once it is public."""
    process = visible_process(request.person, slug)
    evaluation = Evaluation.objects.filter(process=process).exclude(published_at=None).first()
    if evaluation is None:
        raise Http404
    context = {"process": process, "evaluation": evaluation, "reach": reach(process)}
    return render(request, "followup/learned.html", context)
