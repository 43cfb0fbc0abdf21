"""Where the roll and the ballot box lie when nobody says so: beside the town's own database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import environ


def beside(data: Path, url: str, name: str) -> dict[str, Any]:
    """A file of its own in the data folder; on PostgreSQL a database of its own, `<the town's>_<name>`."""
    if not url or url.startswith("sqlite"):
        return dict(environ.Env.db_url_config(f"sqlite:///{data / f'{name}.sqlite3'}"))
    found = dict(environ.Env.db_url_config(url))
    return {**found, "NAME": f"{found['NAME']}_{name}"}
