"""The command line: `samenraad draw ...` for the methods, `samenraad tick ...` for the running house.

The methods need no settings and no database; everything else is handed to Django.
"""

from __future__ import annotations

import os
import sys

#: command -> module with `main(arguments) -> exit code`; each answers `--help`
METHODS: dict[str, str] = {
    "invite": "samenraad.methods.sortition.commands.invite",
    "draw": "samenraad.methods.sortition.commands.draw",
    "verify": "samenraad.methods.sortition.commands.verify",
    "describe": "samenraad.methods.sortition.commands.describe",
    "substitutes": "samenraad.methods.sortition.commands.substitutes",
    "budget": "samenraad.methods.budgeting.commands.budget",
    "seat": "samenraad.methods.groups.command",
    "tally": "samenraad.methods.tally.commands.tally",
}


def main(arguments: list[str] | None = None) -> int:
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments and arguments[0] in METHODS:
        from importlib import import_module

        code: int = import_module(METHODS[arguments[0]]).main(arguments[1:])
        return code
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        print("This command needs the platform: pip install 'samenraad[web]'", file=sys.stderr)
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenraad.site.settings")
    if arguments:
        arguments = [arguments[0].replace("-", "_"), *arguments[1:]]
    execute_from_command_line(["samenraad", *arguments])
    return 0


if __name__ == "__main__":
    sys.exit(main())
