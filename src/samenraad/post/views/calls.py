"""Phone calls: the list, on the screen, on paper and as a table; and what came of each call."""

from __future__ import annotations

from django.contrib import messages as say
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samenraad.people.middleware import Request
from samenraad.post import access, actions, exports, queries


def calls(request: Request) -> HttpResponse:
    _person, scopes = access.clerk(request.person)
    scope = request.GET.get("scope", "")
    found = queries.calls().filter(queries.in_scopes(scopes))
    page = Paginator(found.filter(scope=scope) if scope else found, 25).get_page(request.GET.get("page"))
    context = {"page": page, "piles": queries.calls_by_scope(scopes), "scope": scope}
    return render(request, "post/calls.html", context)


def as_csv(request: Request) -> StreamingHttpResponse:
    _person, scopes = access.clerk(request.person)
    scope = request.GET.get("scope", "")
    found = queries.calls().filter(queries.in_scopes(scopes))
    lines = exports.phone_list(found.filter(scope=scope) if scope else found)
    headers = {"Content-Disposition": f'attachment; filename="{_("phone-list")}.csv"', "Cache-Control": "no-store"}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


@require_POST
def settle(request: Request, pk: int) -> HttpResponse:
    """One of three buttons; each can be pressed twice without harm."""
    message = access.own_message(request.person, pk)
    how = request.POST.get("how", "")
    seen = request.POST.get("seen", "")
    if how == "told":
        actions.told(message=message, by=request.person)
        say.success(request, _("Written down: told."))
    elif how == "not_reached" and seen.isdecimal():
        actions.not_reached(message=message, seen=int(seen), by=request.person)
        say.success(request, _("Written down: not reached. Try again at another hour."))
    elif how == "wrong":
        actions.wrong_number(message=message, by=request.person)
        say.success(request, _("Written down: wrong number. It stands under “not delivered” now."))
    else:
        raise Http404
    scope = request.POST.get("scope", "")
    return redirect(reverse("post:calls") + (f"?{urlencode({'scope': scope})}" if scope else ""))
