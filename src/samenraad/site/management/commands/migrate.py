"""`samenraad migrate`: all three databases, unless one is named with --database."""

from __future__ import annotations

from typing import Any

from django.core.management import CommandParser
from django.core.management.commands import migrate
from django.db import connections

from samenraad.ballots.router import APART


class Command(migrate.Command):
    help = "Bring all databases up to date: the town's own, the roll and the ballot box."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(database=None)

    def get_check_kwargs(self, options: dict[str, Any]) -> dict[str, Any]:  # type: ignore[override]
        return {"databases": [options["database"]] if options["database"] else list(connections)}

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = [options["database"]] if options["database"] else list(connections)
        for name in wanted:
            if len(wanted) > 1 and options["verbosity"]:
                self.stdout.write(self.style.MIGRATE_HEADING(f"Database {name}:"))
            super().handle(*args, **{**options, "database": name, **_only_its_own(name, options)})


def _only_its_own(name: str, options: dict[str, Any]) -> dict[str, Any]:
    """The roll and the box hold one app each; to go through all the others for them takes long and changes nothing."""
    label = next((label for label, home in APART.items() if home == name), "")
    return {"app_label": label, "run_syncdb": False} if label and not options["app_label"] else {}
