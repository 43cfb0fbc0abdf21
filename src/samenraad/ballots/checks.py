"""What a system manager must have set apart before people vote in secret. `samenraad check --deploy` says it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register

#: what an address of a database says of who holds it
HOLDER = ("ENGINE", "HOST", "PORT", "USER")
KEYS = {"ROLL_KEY": "roll-key", "BOX_KEY": "box-key", "BOARD_KEY": "board-key"}


@register(deploy=True)
def ballots_are_kept_apart(app_configs: object, **more: object) -> list[CheckMessage]:
    """Silent in a demo and where somebody develops."""
    if settings.DEMO or settings.DEBUG:
        return []
    return [*_same_holder(settings.DATABASES), *_keys_beside_the_data()]


def _same_holder(databases: Mapping[str, Mapping[str, Any]]) -> list[CheckMessage]:
    holders = {alias: [str(databases[alias].get(part, "")) for part in HOLDER] for alias in ("default", "roll", "box")}
    pairs = [("roll", "default"), ("box", "default"), ("box", "roll")]
    return [
        Warning(
            f"The databases '{one}' and '{other}' have the same server and the same user.",
            hint="Give each a database user of its own, and the box a server of its own: docs/run/votes.md",
            id="ballots.W001",
        )
        for one, other in pairs
        if holders[one] == holders[other]
    ]


def _keys_beside_the_data() -> list[CheckMessage]:
    return [
        Warning(
            f"SAMENRAAD_{name} was not set: the key lies in the data folder, beside what it should protect.",
            hint="Keep it where no backup of a database comes: docs/run/votes.md",
            id="ballots.W002",
        )
        for name, file in KEYS.items()
        if _in_file(name, file)
    ]


def _in_file(name: str, file: str) -> bool:
    path = settings.DATA / file
    return path.exists() and path.read_text() == getattr(settings, name)
