"""The post desk: what needs a look, what waits, and every message."""

from __future__ import annotations

from django.contrib import messages as say
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samenraad.people.middleware import Request
from samenraad.post import access, actions, queries
from samenraad.post.forms import FilterForm
from samenraad.post.models import Medium, Message

FIRST = 10


def desk(request: Request) -> HttpResponse:
    _person, scopes = access.clerk(request.person)
    now = timezone.now()
    context = {
        "counts": queries.table_of_counts(now, scopes),
        "unsure": queries.shown(queries.messages(scopes, state="unsure")[:FIRST], now),
        "failed": queries.shown(queries.messages(scopes, state="failed")[:FIRST], now),
        "letters": queries.letters_by_scope(scopes),
        "calls": queries.calls_by_scope(scopes),
        "batches": queries.batches(scopes)[:FIRST],
        "mail": queries.outgoing(scopes),
    }
    return render(request, "post/desk.html", context)


def messages(request: Request) -> HttpResponse:
    """Every message, to find one when somebody calls: was my letter sent?"""
    _person, scopes = access.clerk(request.person)
    form = FilterForm(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    page: Page[Message] = Paginator(queries.messages(scopes, **asked), 25).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "rows": queries.shown(page, timezone.now()), "asked": asked}
    return render(request, "post/messages.html", context)


@require_POST
def arrived(request: Request, pk: int) -> HttpResponse:
    message = access.own_message(request.person, pk)
    actions.it_arrived(message=message, by=request.person)
    say.success(request, _("Written down: this message arrived."))
    return redirect(_back(request))


@require_POST
def again(request: Request, pk: int) -> HttpResponse:
    message = access.own_message(request.person, pk)
    medium = request.POST.get("medium", "")
    fresh = actions.send_again(message=message, by=request.person, medium=medium if medium in Medium.values else None)
    say.success(request, _sent_again(fresh))
    return redirect(_back(request))


def _sent_again(fresh: Message) -> str:
    if fresh.medium == Medium.EMAIL:
        return _("A new e-mail is on its way, with a Message-ID of its own.")
    if fresh.medium == Medium.LETTER:
        return _("A letter waits to be printed.")
    return _("The person stands on the phone list.")


def _back(request: Request) -> str:
    """Where the button was: the desk or the list with its filters."""
    query = request.POST.get("back", "")
    return f"/desk/post/messages/?{query}" if query else "post:desk"
