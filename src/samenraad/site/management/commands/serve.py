"""`samenraad serve`: the web server, a job worker and the tick, until Ctrl-C."""

from __future__ import annotations

import sys
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser, get_commands
from django.utils import translation

from samenraad.site import launcher


class Command(BaseCommand):
    help = "Start the web server, a job worker and the tick; Ctrl-C stops all three."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=1, help="processes of the web server")

    def handle(self, *args: Any, host: str, port: int, workers: int, **options: Any) -> None:
        has_tick = "tick" in get_commands()
        town = launcher.Launcher(
            lasting=[launcher.web_server(host, port, workers), launcher.command("db_worker", "--no-startup-delay")],
            every_minute=launcher.command("tick") if has_tick else (),
        )
        try:
            launcher.refuse_taken(host, port)
            code = town.run(ready=lambda: launcher.answers(host, port), announce=self.announce)
        except launcher.CannotStart as trouble:
            raise CommandError(str(trouble)) from trouble
        self.stdout.write("Stopped.")
        sys.exit(code)

    def announce(self) -> None:
        lines = ["", f"  {settings.PUBLIC_URL}", ""]
        if settings.DEMO:
            from samenraad.site.demo.personas import PERSONAS

            with translation.override("en"):
                lines += ["  Look around as (one click in the strip at the top of each page, no password):"]
                lines += [f"    {persona.name!s:22} {persona.who}" for persona in PERSONAS]
            lines += [""]
        self.stdout.write("\n".join([*lines, "  Ctrl-C stops everything.", ""]))
        self.stdout.flush()
