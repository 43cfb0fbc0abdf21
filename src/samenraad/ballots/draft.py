"""What a voter fills in stays in the voter's own browser: one cookie, sealed, that nobody but us can read.

It is no session: nothing of it lies in a database. It holds code, choices and the seed of the receipt until the ballot
is cast; then the code goes, and the rest stays for half an hour, for who wants the receipt file.
"""

from __future__ import annotations

import json
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, dataclass, field, replace
from secrets import token_bytes, token_hex
from typing import Any, TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from samenraad.ballots.papers import Choices
from samenraad.ballots.rules import codes

NAME = "booth"
#: so many seconds one can think before a page is sent; at a public terminal; and look at a receipt
FILLING, AT_A_TERMINAL, AFTERWARDS = 2 * 60 * 60, 5 * 60, 30 * 60
Response = TypeVar("Response", bound=HttpResponseBase)


@dataclass(frozen=True)
class Draft:
    """One voter on the way. `tracker` is there when the ballot is in."""

    vote: str
    code: str = ""
    seed: str = field(default_factory=lambda: token_hex(32))
    order: str = field(default_factory=lambda: token_hex(8))
    choices: Choices = field(default_factory=dict)
    terminal: bool = False
    tracker: str = ""
    told: bool = False

    def with_choices(self, choices: Choices) -> Draft:
        return replace(self, choices=choices)

    def cast(self, tracker: str) -> Draft:
        """The ballot is in: without the code."""
        return replace(self, code="", order="", tracker=tracker)

    def with_word(self) -> Draft:
        """The voter hears from us what comes of it."""
        return replace(self, told=True)

    @property
    def is_of(self) -> str:
        """The code in its normal form."""
        return codes.normal(self.code)

    @property
    def seconds(self) -> int:
        if self.terminal:
            return AT_A_TERMINAL
        return AFTERWARDS if self.tracker else FILLING


def read(request: HttpRequest) -> Draft | None:
    """What this browser brings; None when it brings nothing, something old, or something that is not ours."""
    try:
        raw = urlsafe_b64decode(request.COOKIES.get(NAME, ""))
        facts = json.loads(_cipher().decrypt(raw[:12], raw[12:], NAME.encode()))
        return Draft(**facts["draft"]) if facts["until"] > time.time() else None
    except (ValueError, TypeError, KeyError, InvalidTag):
        return None


def keep(response: Response, draft: Draft) -> Response:
    """Send it back along with this page."""
    facts: dict[str, Any] = {"until": int(time.time()) + draft.seconds, "draft": asdict(draft)}
    nonce = token_bytes(12)
    sealed = nonce + _cipher().encrypt(nonce, json.dumps(facts, separators=(",", ":")).encode(), NAME.encode())
    response.set_cookie(
        NAME, urlsafe_b64encode(sealed).decode(), path="/", httponly=True, samesite="Strict",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )  # fmt: skip
    return response


def drop(request: HttpRequest, response: Response) -> Response:
    """The browser forgets it, if it has one."""
    if NAME in request.COOKIES:
        response.delete_cookie(NAME, path="/", samesite="Strict")
    return response


def _cipher() -> AESGCM:
    return AESGCM(bytes.fromhex(codes.keyed(settings.BOX_KEY, "draft", "", "")))
