"""`samenraad load-elections`: the elections of the Netherlands and Belgium, as data to edit afterwards."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand

from samenraad.processes import actions


class Command(BaseCommand):
    help = "Add the elections that come with the software. What a town changed in its calendar stays."

    def handle(self, *args: Any, **options: Any) -> None:
        added = actions.load_elections()
        self.stdout.write(f"{added} elections added." if added else "The calendar was complete already.")
