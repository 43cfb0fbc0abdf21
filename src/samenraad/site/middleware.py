"""The door: in which language, and how a refusal reads."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from samenraad.people.access import SignInFirst
from samenraad.refusals import Refusal
from samenraad.texts import explain

Respond = Callable[[HttpRequest], HttpResponse]


def no_nul(get_response: Respond) -> Respond:
    """A NUL byte in an address is left out: PostgreSQL takes none, and nobody means one. Forms refuse it themselves."""

    def middleware(request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query or "\x00" in query:
            request.META["QUERY_STRING"] = query.replace("%00", "").replace("\x00", "")
        return get_response(request)

    return middleware


def language(get_response: Respond) -> Respond:
    """The town's language, unless the visitor chose another. What a browser says is not a choice."""

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        code = chosen if chosen in settings.OFFERED_LANGUAGES else settings.LANGUAGE_CODE
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response

    return middleware


class refusals:
    """A refusal that no form caught becomes a page with the sentence and a way back: 409, nothing was changed."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, SignInFirst):
            return exception.response(request)
        if isinstance(exception, Refusal):
            context = {"sentence": explain(exception), "back": request.headers.get("referer", "/")}
            return render(request, "ui/refusal.html", context, status=409)
        return None
