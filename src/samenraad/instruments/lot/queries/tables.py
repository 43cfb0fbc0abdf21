"""What can be downloaded of a lot: counts per group, never who."""

from __future__ import annotations

from samenraad.cards import Table
from samenraad.processes.models import Step


def tables(step: Step) -> list[Table]:
    return [Table("lot", ["dimension", "group", "invited", "yes", "no", "drawn"], [])]
