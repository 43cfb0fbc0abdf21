"""The door: in which language, and how a refusal reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from samenraad.people.access import SignInFirst
from samenraad.people.languages import offered_on
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


class language:
    """The town's language, unless the visitor chose another. What a browser says is not a choice."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.LANGUAGE_CODE = _chosen(request, settings.OFFERED_LANGUAGES)
        with translation.override(request.LANGUAGE_CODE):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Only now is it known which page this is: pages for who has a letter speak more languages."""
        request.languages = offered_on(view)  # type: ignore[attr-defined]
        request.LANGUAGE_CODE = _chosen(request, request.languages)  # type: ignore[attr-defined]
        translation.activate(request.LANGUAGE_CODE)


def _chosen(request: HttpRequest, offered: list[str]) -> str:
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in offered else settings.LANGUAGE_CODE


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
