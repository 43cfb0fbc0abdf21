"""A rehearsal as one walks through it, stage by stage."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from samenraad.instruments.lot.models import Rehearsal
from samenraad.people.models import Channel


@dataclass(frozen=True)
class Dimension:
    name: str
    rows: list[dict[str, Any]]


def by_dimension(rehearsal: Rehearsal) -> list[Dimension]:
    """Per group: how many live here, got a letter, said yes, and sit."""
    seated = {(name, group): count for name, group, count in rehearsal.outcome.get("panel", ())}
    rows = [_row(row, seated, bool(rehearsal.outcome.get("panel"))) for row in rehearsal.outcome.get("groups", ())]
    return [Dimension(name, list(some)) for name, some in groupby(rows, key=lambda row: row["dimension"])]


def _row(row: dict[str, Any], seated: dict[tuple[str, str], int], drawn: bool) -> dict[str, Any]:
    letters = row["letters"]
    return {
        **row,
        "rate": row["yes"] / letters if letters else None,
        "panel": seated.get((row["dimension"], row["group"]), 0) if drawn else None,
    }


def channels(rehearsal: Rehearsal) -> list[tuple[str, int]]:
    names = dict(Channel.choices)
    found = rehearsal.outcome.get("answers", {}).get("channels", {})
    return [(str(names.get(key, key)), count) for key, count in found.items()]
