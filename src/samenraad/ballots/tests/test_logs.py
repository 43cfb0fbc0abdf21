"""The log of the booth: that something went wrong, never who or when."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from samenraad.ballots.actions import casting
from samenraad.ballots.logs import Formatter
from samenraad.ballots.tests.test_booth import enter, filled_in

ADDRESS = "203.0.113.77"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the console of an installation would show."""
    given = settings.LOGGING["formatters"]["line"]
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(Formatter(given["format"], style=given["style"]))
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def asks(client: Client, method: str, path: str, **data: Any) -> Any:
    return getattr(client, method)(path, data, REMOTE_ADDR=ADDRESS, HTTP_X_FORWARDED_FOR=ADDRESS)


def test_the_settings_write_with_it():
    assert settings.LOGGING["formatters"]["line"]["()"] == "samenraad.ballots.logs.Formatter"
    assert not logging.getLogger("django").handlers


def test_what_is_missing_refused_or_broken_in_the_booth_is_written_without_who_and_when(
    opened, client, log, monkeypatch
):
    code = opened.codes[0]
    client.raise_request_exception = False
    asks(client, "get", f"/vote/c/{code}/no-such-page/")
    asks(client, "get", "/vote/cast/")
    Client(enforce_csrf_checks=True).post("/vote/", {"code": code}, REMOTE_ADDR=ADDRESS)
    filled_in(client, opened)
    monkeypatch.setattr(casting, "put", lambda **_all: int(f"not a number {code}"))
    asks(client, "post", "/vote/cast/")
    said = log.getvalue()
    assert [line for line in said.splitlines() if line.startswith(("WARNING", "ERROR"))] == [
        "WARNING django.request the booth 404",
        "WARNING django.request the booth 405",
        "WARNING django.security.csrf the booth 403",
        "ERROR django.request the booth 500: ValueError",
    ]
    assert "casting.py" in said
    assert code not in said
    assert ADDRESS not in said
    assert ":" not in said.splitlines()[0]  # no time of day


def test_the_ballot_screens_are_the_booth_too_and_the_rest_of_the_house_is_not(opened, client, log):
    enter(client, opened.codes[0])
    asks(client, "get", f"/preferendum/{opened.step.pk}/ballot/99/")
    asks(client, "get", "/no-such-page/")
    booth, elsewhere = log.getvalue().splitlines()
    assert booth == "WARNING django.request the booth 404"
    assert "/no-such-page/" in elsewhere
    assert ":" in elsewhere


def test_a_line_of_a_web_server_about_the_booth_is_silent():
    record = logging.LogRecord("django.server", 20, "", 0, '"GET /vote/c/K7F42Q9PXW3D6MTA/ HTTP/1.1" 200 5', (), None)
    assert Formatter("{asctime} {message}", style="{").format(record) == "INFO django.server the booth"
