"""`samenraad load-ideas --step 3 ideas.csv`: a table of ideas collected elsewhere, all of it or nothing."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from samenraad.instruments.ideas import actions
from samenraad.instruments.ideas.models import Upload
from samenraad.instruments.ideas.queries.intake import plan
from samenraad.instruments.ideas.rules.columns import NAMES
from samenraad.people.models import Channel
from samenraad.processes.models import Step
from samenraad.refusals import Refusal
from samenraad.texts import explain


class Command(BaseCommand):
    help = "Read a CSV file or an Excel workbook of ideas into a step. One bad line, and nothing is written."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--step", type=int, required=True, help="number of the step, as in its address")
        parser.add_argument(
            "--map", nargs="+", default=[], metavar="WORD=COLUMN",
            help=f"which column is what, where we do not guess it: {', '.join(NAMES)}",
        )  # fmt: skip
        parser.add_argument("--channel", choices=Channel.values, default="paper", help="where a line does not say it")
        parser.add_argument("--day", type=date.fromisoformat, help="where a line does not say it; today if not given")
        parser.add_argument("--dry-run", action="store_true", help="only say what is wrong and what would be made")

    def handle(self, *args: Any, **options: Any) -> None:
        step = Step.objects.select_related("process__place").filter(pk=options["step"], kind="ideas").first()
        if step is None:
            raise CommandError(f"There is no step {options['step']} in which ideas are collected.")
        try:
            content = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error
        try:
            with transaction.atomic():
                upload = self._upload(step, content, options)
                self._read(upload, dry_run=options["dry_run"])
                transaction.set_rollback(options["dry_run"])
        except Refusal as refusal:
            raise CommandError(explain(refusal)) from refusal

    def _upload(self, step: Step, content: bytes, options: dict[str, Any]) -> Upload:
        upload = actions.keep_upload(step=step, name=options["file"].name, content=content, by=None)
        upload.step = step
        columns = {**upload.columns, **self._mapped(options["map"])}
        return actions.map_columns(
            upload=upload, columns=columns, channel=options["channel"], day=options["day"] or timezone.localdate()
        )

    def _mapped(self, pairs: list[str]) -> dict[str, str]:
        mapped = dict(pair.partition("=")[::2] for pair in pairs)
        unknown = sorted(set(mapped) - set(NAMES))
        if unknown:
            raise CommandError(f"Not known: {', '.join(unknown)}. Known are: {', '.join(NAMES)}.")
        return mapped

    def _read(self, upload: Upload, *, dry_run: bool) -> None:
        found = plan(upload)
        for word, name in upload.columns.items():
            self.stdout.write(f"{word}: {name}")
        for problem in found.problems:
            self.stderr.write(f"{problem.row}: {explain(problem.refusal)}")
        if found.problems:
            raise CommandError(f"Nothing was read in: {found.bad_rows} lines need a correction first.")
        if dry_run:
            self.stdout.write(f"{len(found.lines)} ideas are good. Nothing was written.")
            return
        read = actions.read_in(upload=upload, by=None)
        last = (read.first_number or 0) + read.count - 1
        self.stdout.write(f"{read.count} ideas were read in: numbers {read.first_number} to {last}.")
