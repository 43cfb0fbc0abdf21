"""The texts of the demo town, in TOML files beside this module."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

FOLDER = files("samenraad.site.demo") / "content"


@cache
def read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def recommendations() -> list[dict[str, Any]]:
    """The 62 of the climate panel, in order."""
    found = [row for part in range(1, 5) for row in read(f"climate_{part}")["recommendation"]]
    return sorted(found, key=lambda row: row["number"])
