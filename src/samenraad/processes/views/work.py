"""How far work in the background is. The page can be left and returned to."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from samenraad.people.middleware import Request
from samenraad.processes import access
from samenraad.processes.models import Work
from samenraad.processes.shelf import shelf
from samenraad.refusals import Refusal
from samenraad.texts import explain


@never_cache
def show(request: Request, step: int, pk: int) -> HttpResponse:
    work = access.own_work(request.person, step, pk)
    if work.state == Work.State.DONE and request.GET.get("stay") is None:
        return redirect(_then(work))
    return render(request, "processes/work.html", _context(work))


@never_cache
def state(request: Request, step: int, pk: int) -> HttpResponse:
    """The part that changes; when it ended, the whole page is asked for anew."""
    work = access.own_work(request.person, step, pk)
    response = render(request, "processes/parts/work.html", _context(work))
    if not work.is_underway:
        response["HX-Redirect"] = reverse("processes:work", args=[step, pk])
    return response


def _context(work: Work) -> dict[str, Any]:
    step, why = work.step, explain(Refusal(work.code, **work.facts)) if work.code else ""
    return {
        "work": work, "why": why, "then": _then(work), "percent": round(100 * work.share),
        "step": step, "process": step.process, "desk_url": step.card.desk_url(step),
    }  # fmt: skip


def _then(work: Work) -> str:
    job, about = shelf().job(work.kind), work.about.rpartition(":")[2]
    return reverse(job.then, args=[work.step_id, about] if job.asks and about else [work.step_id])
