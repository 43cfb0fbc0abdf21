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
        _forget_statistics()
        build.build(said.append)
    yield said
    with django_db_blocker.unblock():
        build.reset()


def _forget_statistics() -> None:
    """Other tests leave thousands of dead rows behind, by which PostgreSQL would plan our queries wrongly."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


@pytest.fixture
def demo_mode(settings: Any) -> None:
    """As with SAMENRAAD_DEMO=1: the strip, and the pages behind it."""
    settings.DEMO = True
    settings.ROOT_URLCONF = "samenraad.site.tests.demo_pages"
