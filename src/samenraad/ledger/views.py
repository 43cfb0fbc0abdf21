"""Check it yourself: how long the ledger is, where it ends, and everything needed to recompute it at home."""

from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from samenraad.ledger import queries
from samenraad.ledger.models import Entry
from samenraad.ledger.rules import line_of

SCRIPT = Path(__file__).with_name("verify_ledger.py")

#: what stands in a line of the download, in the order in which a reader wants to know it
FIELDS = {
    "seq": _("the number of the entry"),
    "moment": _("when it happened, in universal time"),
    "act": _("what was done"),
    "subject": _("to which thing, by its number"),
    "thread": _("in which process, by its number"),
    "facts": _("what else is known about it: numbers, dates and public texts"),
    "actor": _("a mark of who did it: another one in every entry, so it cannot be traced to a person"),
    "previous": _("the fingerprint of the entry before it"),
    "digest": _("the fingerprint of this entry"),
}


def check(request: HttpRequest) -> HttpResponse:
    last = Entry.objects.last()
    context = {"ledger": queries.overview(), "fields": FIELDS, "example": line_of(last) if last else ""}
    return render(request, "ledger/check.html", context)


def download(request: HttpRequest) -> StreamingHttpResponse:
    """All of it, entry by entry, so that a long chain needs no memory."""
    headers = {"Content-Disposition": 'attachment; filename="ledger.jsonl"'}
    return StreamingHttpResponse(queries.lines(), content_type="application/jsonl", headers=headers)


def script(request: HttpRequest) -> FileResponse:
    return FileResponse(SCRIPT.open("rb"), as_attachment=True, content_type="text/x-python")
