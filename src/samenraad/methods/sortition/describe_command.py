"""`samenraad describe`: who is in the pool, beside the quotas, in plain words."""

from __future__ import annotations

import argparse

from samenraad.methods.language import _
from samenraad.methods.sortition.cli import DONE, add_files, command, read_files, run


def main(arguments: list[str]) -> int:
    parser = command("describe", _("Says who is in the pool, and how that compares with the quotas."), arguments)
    add_files(parser)
    return run(parser, _describe)


def _describe(options: argparse.Namespace) -> int:
    print(read_files(options))
    return DONE
