"""What can be downloaded of a vote."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404

from samenraad.ballots import access
from samenraad.ballots.box.models import Line
from samenraad.ballots.queries import files as queries
from samenraad.people.middleware import Request


def archive(request: Request, key: str) -> StreamingHttpResponse:
    vote = access.public_vote(request.person, key)
    response = StreamingHttpResponse(queries.zipped(vote), content_type="application/zip")
    return _named(response, f"vote-{vote.key}.zip")


def board(request: Request, key: str) -> StreamingHttpResponse:
    vote = access.public_vote(request.person, key)
    response = StreamingHttpResponse(queries.board_lines(vote), content_type="application/x-ndjson")
    return _named(response, "board.jsonl")


def line(request: Request, key: str, number: int) -> HttpResponse:
    """One line, byte for byte."""
    vote = access.public_vote(request.person, key)
    one = get_object_or_404(Line, vote=vote.key, number=number)
    return HttpResponse(one.text, content_type="application/json")


def marks(request: Request, key: str) -> JsonResponse:
    vote = access.public_vote(request.person, key)
    return JsonResponse(queries.marks(vote), safe=False, json_dumps_params={"indent": 1, "sort_keys": True})


def _named(response: StreamingHttpResponse, name: str) -> StreamingHttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
