"""The draws that the bench measures: generated ones of the published sizes, and those beside the project."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from samenraad.methods.sortition.pool import Pool, Quotas
from samenraad.methods.sortition.tests.instances import PUBLISHED, Instance, published, unreachable

#: beside the project: folders with respondents.csv and categories.csv, named after the draw and its seats
SHARED = Path(__file__).resolve().parent.parent.parent / "shared/data/sortition"


def names() -> list[str]:
    """Everything there is to measure; what lies beside the project starts with "shared/"."""
    return [*PUBLISHED, *(f"shared/{folder.name}" for folder in _folders()), *(one.name for one in _rings())]


def instance(name: str) -> Instance:
    if name in PUBLISHED:
        return published(name)
    if name.startswith("shared/"):
        return _read(SHARED / name.removeprefix("shared/"))
    return next(one for one in _rings() if one.name == name)


def _folders() -> list[Path]:
    found = SHARED.glob("*/respondents.csv") if SHARED.exists() else iter(())
    return sorted(path.parent for path in found)


def _rings() -> Iterator[Instance]:
    """The larger draws in which whole panels cannot reach the linear bound."""
    return (one for one in unreachable() if len(one.pool) >= 75)


def _read(folder: Path) -> Instance:
    with (folder / "respondents.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    people = {row.pop("id", f"p{number:05}"): row for number, row in enumerate(rows)}
    limits: dict[str, dict[str, tuple[int, int]]] = {}
    with (folder / "categories.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            limits.setdefault(row["category"], {})[row["feature"]] = int(row["min"]), int(row["max"])
    seats = int(folder.name.rsplit("_", 1)[1])
    return Instance(f"shared/{folder.name}", Pool.of(people), Quotas.of(limits), seats)
