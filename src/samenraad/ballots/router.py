"""Which table lies in which of the three databases."""

from __future__ import annotations

from typing import Any

#: the label of an app -> the database that holds its tables, and nothing else
APART = {"roll": "roll", "box": "box"}


def home(label: str) -> str:
    return APART.get(label, "default")


class Boxes:
    """Roll and box have their tables to themselves; all the rest lies in the town's own database."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return home(model._meta.app_label)

    db_for_write = db_for_read

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        """No key leads from one database to another."""
        return home(one._meta.app_label) == home(other._meta.app_label)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return home(app_label) == db
