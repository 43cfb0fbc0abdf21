"""`samenraad demo_town`: fill an empty house with Lindenveld, an invented town."""

from __future__ import annotations

import time
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from samenraad.ledger.queries import check
from samenraad.site.demo import build


class Command(BaseCommand):
    help = "Build the demo town Lindenveld. Does nothing when there is a town already."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--reset", action="store_true", help="throw away everything that is there and start afresh")

    def handle(self, *args: Any, reset: bool, **options: Any) -> None:
        if reset and not build.is_ours():
            raise CommandError("This is a real town, not Lindenveld: nothing was thrown away.")
        if reset:
            self.stdout.write("Emptying the house ...")
            build.reset()
        if build.exists():
            self.stdout.write("There is a town already; nothing was changed. (--reset starts afresh)")
            return
        begun = time.monotonic()
        self.stdout.write("Building Lindenveld, an invented town ...")
        build.build(lambda line: (self.stdout.write(line), self.stdout.flush()))
        verdict = check()
        whole = "whole" if verdict.whole else f"BROKEN at {verdict.broken_at}"
        self.stdout.write(f"  {verdict.entries} entries in the ledger, {whole}")
        self.stdout.write(f"Done in {time.monotonic() - begun:.0f} seconds.")
