"""`samenraad tick`: do what is due today. Call it every few minutes; twice at once does no harm.

Steps open and close by their dates, also without it. The tick reminds, escalates and sends what is owed: each room
does its own part, and one that fails does not keep the others from theirs.
"""

from __future__ import annotations

import sys
import traceback
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand
from django.utils import timezone, translation

from samenraad.cards import Room
from samenraad.processes.shelf import shelf


class Command(BaseCommand):
    help = "Do what is due: reminders, escalations, messages. Safe to run twice, also at once."

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        with translation.override(settings.LANGUAGE_CODE):  # what it writes is for the town's people
            results = [self.ask(card, today) for card in shelf()]
        if not all(results):
            sys.exit(1)

    def ask(self, card: Room, today: date) -> bool:
        """One card does its part; whether it could."""
        name = getattr(card, "kind", "") or card.name
        try:
            for line in card.tick(today):
                self.stdout.write(f"{name}: {line}")
        except Exception as trouble:
            self.stderr.write(f"{name} could not do its part: {trouble!r}")
            traceback.print_exc(file=sys.stderr)
            return False
        return True
