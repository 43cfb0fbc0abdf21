"""`samenraad ledger verify|show|export`: is the ledger whole, what stands in it, and take it along."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from samenraad.ledger.models import Entry
from samenraad.ledger.queries import check, lines
from samenraad.ledger.rules import Verdict, moment_text

PROBLEMS = {
    "gap": "is missing",
    "link": "does not follow on the entry before it",
    "content": "was altered",
    "end": "is missing at the end, or the end itself was altered",
}


class Command(BaseCommand):
    help = "Check the ledger, read it, or take it along as JSON lines."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["verify", "show", "export"])
        parser.add_argument("--thread", default="", help="one process only, for example process:3")
        parser.add_argument("--last", type=int, default=25, help="show: how many entries (default 25)")

    def handle(self, *args: Any, **options: Any) -> None:
        {"verify": self._verify, "show": self._show, "export": self._export}[options["what"]](options)

    def _verify(self, options: dict[str, Any]) -> None:
        verdict = check()
        if not verdict.whole:
            raise CommandError(_broken(verdict), returncode=1)
        self.stdout.write(f"The ledger is whole: {verdict.entries} entries.")
        if thread := options["thread"]:
            count = Entry.objects.filter(thread=thread).count()
            self.stdout.write(f"{count} of them belong to {thread}.")

    def _show(self, options: dict[str, Any]) -> None:
        entries = Entry.objects.filter(thread=options["thread"]) if options["thread"] else Entry.objects.all()
        for entry in reversed(entries.order_by("-seq")[: options["last"]]):
            facts = json.dumps(entry.facts, ensure_ascii=False, sort_keys=True)
            self.stdout.write(
                f"{entry.seq:>6}  {moment_text(entry.moment)}  {entry.act}  {entry.subject}  {entry.thread}  {facts}"
            )

    def _export(self, options: dict[str, Any]) -> None:
        for line in lines(options["thread"]):
            self.stdout.write(line, ending="")


def _broken(verdict: Verdict) -> str:
    """The first entry that is not as it was, with what is left of it."""
    entry = Entry.objects.filter(seq=verdict.broken_at or 0).first()
    what = f" ({entry.act}, {moment_text(entry.moment)})" if entry else ""
    return f"The ledger is broken: entry {verdict.broken_at}{what} {PROBLEMS[verdict.problem]}."
