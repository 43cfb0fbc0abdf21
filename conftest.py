"""How the tests of the whole house run: which database, what is loosened, and what could not run.

The people of the house (Aisha, Bram, ...) stand in `samenraad.testing`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tools import messages

pytest_plugins = ["samenraad.testing"]

REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        messages.compile_stale()
    _let_sqlite_be_emptied()


@pytest.fixture(scope="session", autouse=True)
def _test_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Nothing of a test lands in the town's own folders, and nothing waits for a slow hash."""
    from django.conf import settings

    folder = tmp_path_factory.mktemp("data")
    settings.DATA = folder
    settings.MEDIA_ROOT = folder / "media"
    settings.EMAIL_FILE_PATH = folder / "mail"
    settings.STATIC_ROOT = folder / "static"
    settings.STATIC_ROOT.mkdir()
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite tests use a file, as a town does: threads and other processes then see the same data."""
    from django.db import connections

    folder = tmp_path_factory.mktemp("database")
    for connection in connections.all():
        connection.settings_dict["CONN_MAX_AGE"] = 0  # an idle connection would keep the database from being dropped
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(folder / f"{connection.alias}.sqlite3")
            connection.settings_dict["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"


def _let_sqlite_be_emptied() -> None:
    """Between tests that really commit, Django empties all tables.

    On SQLite it does so with DELETE, which our own triggers refuse ("the ledger only grows"). So they are
    lifted for the emptying and put back after it, in one transaction; during the tests themselves they stand.
    """
    from django.db.backends.sqlite3.base import DatabaseOperations

    plain: Callable[..., list[str]] = DatabaseOperations.sql_flush

    def sql_flush(self: Any, style: Any, tables: list[str], **kwargs: Any) -> list[str]:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
        lifted = [f'DROP TRIGGER "{name}"' for name, _ in triggers]
        return [*lifted, *plain(self, style, tables, **kwargs), *(sql for _, sql in triggers)]

    DatabaseOperations.sql_flush = sql_flush


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test with a database has all three. Tests that need PostgreSQL say so when they get another database."""
    from django.conf import settings

    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker or {"db", "transactional_db"} & set(getattr(item, "fixturenames", ())):
            known = {"databases": "__all__", **(marker.kwargs if marker else {})}
            item.add_marker(pytest.mark.django_db(**known), append=False)
    if "postgresql" in settings.DATABASES["default"]["ENGINE"]:
        return
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL: set DATABASE_URL or use make test"))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """PostgreSQL checks what a test left behind as it planned when the tables were empty: let it look again."""
    from django.db import connection

    if item.get_closest_marker("slow") and connection.vendor == "postgresql" and connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _skipped(terminal: Any) -> dict[str, list[str]]:
    """Why -> which tests."""
    reasons: dict[str, list[str]] = {}
    for report in terminal.stats.get("skipped", []):
        why = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reasons.setdefault(why.removeprefix("Skipped: "), []).append(report.nodeid)
    return reasons


def pytest_terminal_summary(terminalreporter: Any) -> None:
    reasons = _skipped(terminalreporter)
    if not reasons:
        return
    terminalreporter.section("NOT RUN" + (", and REQUIRE_ALL=1: a failure" if REQUIRE_ALL else ""), red=True)
    for why, tests in sorted(reasons.items()):
        terminalreporter.write_line(f"{why} ({len(tests)})", yellow=True)
        for test in sorted(tests):
            terminalreporter.write_line(f"    {test}")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """With REQUIRE_ALL=1 what was skipped has failed."""
    terminal = session.config.pluginmanager.get_plugin("terminalreporter")
    if REQUIRE_ALL and terminal and _skipped(terminal) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return Path(__file__).resolve().parent
