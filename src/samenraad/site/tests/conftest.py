"""Lindenveld for the tests that look around in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="module")
def lindenveld(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[str]]:
    """The demo town, built once for a module and gone after it; what the builder said."""
    from samenraad.site.demo import build

    said: list[str] = []
    with django_db_blocker.unblock():
        build.build(said.append)
    yield said
    with django_db_blocker.unblock():
        build.reset()


@pytest.fixture
def demo_mode(settings: Any) -> None:
    """As with SAMENRAAD_DEMO=1: the strip, and the pages behind it."""
    settings.DEMO = True
    settings.ROOT_URLCONF = "samenraad.site.tests.demo_pages"
