"""What everybody sees of a process."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from samenraad.people.middleware import Request
from samenraad.processes import access, queries, rules
from samenraad.processes.actions.promises import content

PER_PAGE = 25


def show(request: Request, slug: str) -> HttpResponse:
    process = access.visible_process(request.person, slug)
    page = queries.page(process)
    mine = access.is_officer(request.person, process)
    return render(request, "processes/show.html", {"process": process, "page": page, "mine": mine})


def story(request: Request, slug: str) -> HttpResponse:
    process = access.visible_process(request.person, slug)
    page = Paginator(queries.whole_story(process), PER_PAGE).get_page(request.GET.get("page"))
    context = {"process": process, "page": page, "told": queries.tell(page.object_list)}
    return render(request, "processes/story.html", context)


def promises(request: Request, slug: str) -> HttpResponse:
    process = queries.filled(access.visible_process(request.person, slug))
    return render(request, "processes/promises.html", {"process": process, "versions": queries.versions(process)})


def promise_file(request: Request, slug: str, version: int) -> HttpResponse:
    """Exactly the bytes that the fingerprint covers: `sha256sum` of this file gives the fingerprint."""
    promise = access.public_promise(access.visible_process(request.person, slug), version)
    name = f"{slug}-promise-{version}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(rules.canonical(content(promise)), content_type="application/json", headers=headers)
