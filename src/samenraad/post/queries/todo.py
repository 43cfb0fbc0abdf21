"""What waits for who handles the post, per process."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenraad.cards import Todo
from samenraad.people.queries import scope_names
from samenraad.post.models import Batch, Medium, Message
from samenraad.post.queries.messages import NOT_DELIVERED, in_scopes, is_unsure

State = Message.State
#: e-mail that waits for longer says that something is wrong with sending
PATIENCE = timedelta(hours=1)


def waiting(scopes: set[str], now: datetime) -> list[Todo]:
    """At most five lines per process, in three queries."""
    rows = [row for row in _counts(scopes, now) if any(number for name, number in row.items() if name != "scope")]
    piles = Batch.objects.filter(in_scopes(scopes), posted_on=None).annotate(letters=Count("messages"))
    open_piles = [pile for pile in piles.order_by("pk").values_list("pk", "scope", "letters") if pile[2]]
    names = scope_names({row["scope"] for row in rows} | {pile[1] for pile in open_piles})
    found = [line for row in rows for line in _lines(row, names[row["scope"]])]
    return found + [_pile(pk, letters, names[scope]) for pk, scope, letters in open_piles]


def _counts(scopes: set[str], now: datetime) -> list[dict[str, Any]]:
    def number(condition: Q) -> Count:
        return Count("id", filter=condition)

    waits = Q(state=State.WAITING)
    open_ones = Message.objects.filter(in_scopes(scopes)).exclude(state__in=(State.SENT, State.CANCELLED))
    counted = (
        open_ones.order_by("scope")
        .values("scope")
        .annotate(
            unsure=number(is_unsure(now)),
            failed=number(NOT_DELIVERED),
            letters=number(waits & Q(medium=Medium.LETTER, batch=None)),
            calls=number(waits & Q(medium=Medium.PHONE)),
            stuck=number(waits & Q(medium=Medium.EMAIL, made_at__lt=now - PATIENCE)),
        )
    )
    return [dict(row) for row in counted]


def _lines(row: dict[str, Any], where: str) -> list[Todo]:
    lines: list[tuple[str, Callable[[int], str], str, str]] = [
        ("unsure", _unsure, _messages(row["scope"], "unsure"), _("Look")),
        ("failed", _failed, _messages(row["scope"], "failed"), _("Find another way")),
        ("letters", _letters, reverse("post:desk"), _("Print them")),
        ("calls", _calls, reverse("post:calls") + "?" + urlencode({"scope": row["scope"]}), _("Open the phone list")),
        ("stuck", _stuck, reverse("post:desk"), _("Look")),
    ]
    return [
        Todo(what=words(row[name]), url=url, action=action, where=where)
        for name, words, url, action in lines
        if row[name]
    ]


def _messages(scope: str, state: str) -> str:
    return reverse("post:messages") + "?" + urlencode({"state": state, "scope": scope})


def _pile(pk: int, letters: int, where: str) -> Todo:
    what = ngettext(
        "{n} letter was put together, but not posted", "{n} letters were put together, but not posted", letters
    )
    return Todo(what=what.format(n=letters), url=reverse("post:batch", args=[pk]), action=_("Say when"), where=where)


def _unsure(n: int) -> str:
    return ngettext("{n} message may not have arrived", "{n} messages may not have arrived", n).format(n=n)


def _failed(n: int) -> str:
    return ngettext("{n} message was not delivered", "{n} messages were not delivered", n).format(n=n)


def _letters(n: int) -> str:
    return ngettext("{n} letter waits to be printed", "{n} letters wait to be printed", n).format(n=n)


def _calls(n: int) -> str:
    return ngettext("{n} person has to be called", "{n} people have to be called", n).format(n=n)


def _stuck(n: int) -> str:
    return ngettext(
        "{n} e-mail has waited for more than an hour", "{n} e-mails have waited for more than an hour", n
    ).format(n=n)
