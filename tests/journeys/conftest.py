"""The browser of the journeys: Debian's chromium, wide and narrow, with and without JavaScript.

A journey asks for `walk` (it then runs at 1280 and at 360 px) or for `plain_walk` (360 px, no JavaScript). What
went wrong is photographed into `var/journeys/`.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.walk import Walk

#: Playwright keeps an event loop in this thread, which Django takes for an async one. It is not.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--no-first-run"]
PHOTOS = Path(__file__).resolve().parents[2] / "var" / "journeys"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever walks needs a browser: nobody has to remember to write it down."""
    for item in items:
        if {"walk", "plain_walk", "browser"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    report: Any = yield
    if report.when == "call":
        item.failed_in_call = report.failed  # type: ignore[attr-defined]
    return report


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    if not Path(CHROMIUM).exists():
        pytest.skip("no chromium: apt install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_walk(
    browser: Any, live_server: Any, as_: Callable[..., Any], request: pytest.FixtureRequest
) -> Iterator[Callable[..., Walk]]:
    """`open_walk(width=360, javascript=False)`: another visitor, in a browser of their own."""
    contexts: list[Any] = []
    walks: list[Walk] = []

    def cookie_for(person: Any) -> str:
        cookies: Any = as_(person).cookies
        return str(cookies["sessionid"].value)

    def open_one(*, width: int = 1280, javascript: bool = True) -> Walk:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            java_script_enabled=javascript,
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
            reduced_motion="reduce",
        )
        contexts.append(context)
        walks.append(Walk(context.new_page(), live_server.url, cookie_for, javascript=javascript))
        return walks[-1]

    yield open_one
    if getattr(request.node, "failed_in_call", False):
        _photograph(request.node.name, walks)
    for context in contexts:
        context.close()


def _photograph(name: str, walks: list[Walk]) -> None:
    PHOTOS.mkdir(parents=True, exist_ok=True)
    safe = re.sub(r"\W+", "-", name).strip("-")
    for number, walk in enumerate(walks, 1):
        walk.page.screenshot(path=PHOTOS / f"{safe}-{number}.png", full_page=True)
        print(f"{walk.path}: see {PHOTOS / f'{safe}-{number}.png'}")


@pytest.fixture(params=[1280, 360])
def walk(open_walk: Callable[..., Walk], request: pytest.FixtureRequest) -> Walk:
    return open_walk(width=request.param)


@pytest.fixture
def plain_walk(open_walk: Callable[..., Walk]) -> Walk:
    return open_walk(width=360, javascript=False)
