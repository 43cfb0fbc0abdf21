"""What every page of the booth has around it: nobody is asked who they are, and nothing stays behind.

A page of the booth looks at no account, keeps nothing in a session, is not kept by the browser, and says no more in
the log than that something went wrong (see `samenraad.ballots.logs`). Instruments use it for their ballot screens.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from samenraad.ballots import draft as drafts
from samenraad.ballots.draft import Draft
from samenraad.ballots.logs import unseen
from samenraad.people.languages import for_everybody_invited
from samenraad.people.middleware import Request
from samenraad.refusals import Refusal
from samenraad.texts import explain

View = Callable[..., HttpResponse]
#: at a public terminal: after so many seconds without a new page we ask whether somebody is there, and then wait
STILL_THERE, NOBODY_THERE = 180, 60


def in_booth(view: View) -> View:
    """A page of the booth: `view(request, ...)`."""

    @for_everybody_invited
    @never_cache
    @sensitive_variables()
    @sensitive_post_parameters()
    @wraps(view)
    def page(request: Request, **more: Any) -> HttpResponse:
        request.person = None
        with unseen():
            try:
                response = view(request, **more)
            except Refusal as refusal:
                response = render(request, "ballots/booth_refused.html", {"sentence": explain(refusal)}, status=409)
        response["X-Robots-Tag"] = "noindex"
        return response

    return page


def with_ballot(view: View) -> View:
    """A page for who came in with a code and has not cast the ballot yet: `view(request, draft, ...)`."""

    @in_booth
    @wraps(view)
    def page(request: Request, **more: Any) -> HttpResponse:
        draft = drafts.read(request)
        if draft is None:
            return redirect(f"{reverse('ballots:enter')}?again=1")
        if draft.tracker:
            return redirect("ballots:receipt")
        return waits(request, view(request, draft, **more), draft)

    return page


def with_receipt(view: View) -> View:
    """A page for who has cast the ballot a moment ago: `view(request, draft, ...)`."""

    @in_booth
    @wraps(view)
    def page(request: Request, **more: Any) -> HttpResponse:
        draft = drafts.read(request)
        if draft is None or not draft.tracker:
            return redirect("ballots:enter")
        return waits(request, view(request, draft, **more), draft)

    return page


def waits(request: Request, response: HttpResponse, draft: Draft) -> HttpResponse:
    """At a public terminal nobody's ballot stays on the screen. It works without JavaScript, and who needs more time
    says so (WCAG 2.2.1)."""
    if draft.terminal and response.status_code == 200:
        response["Refresh"] = f"{STILL_THERE}; url={reverse('ballots:still')}?next={request.path}"
    return response
