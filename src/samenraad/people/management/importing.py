"""What the two import commands share: read a file, or say of every bad line what is wrong."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from samenraad.people.actions.reference import Imported
from samenraad.refusals import Refusal
from samenraad.texts import explain


class ImportCommand(BaseCommand):
    read: Callable[..., Imported]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV or .xlsx")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(str(error)) from error
        try:
            done = type(self).read(content=content)
        except Refusal as refusal:
            for problem in refusal.facts.get("problems", ()):  # type: ignore[attr-defined]
                self.stderr.write(explain(problem.refusal))
            raise CommandError(explain(refusal)) from refusal
        self.stdout.write(_("{added} added, {changed} changed.").format(added=done.added, changed=done.changed))
