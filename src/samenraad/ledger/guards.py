"""Rules that the database itself holds, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from typing import Any

from django.db import migrations

_POSTGRES = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {when} EXECUTE FUNCTION {name}();
"""
_SQLITE = """
CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {when}
BEGIN SELECT RAISE(ABORT, '{message}'); END
"""


def forbid(name: str, *, table: str, event: str, message: str, when: str = "") -> migrations.RunPython:
    """A migration step: `event` (UPDATE or DELETE) on `table` is refused, always or `when` a condition holds."""
    condition = f"WHEN ({when})" if when else ""
    facts = {"name": name, "table": table, "event": event, "message": message, "when": condition}

    def install(apps: Any, schema_editor: Any) -> None:
        sql = _POSTGRES if schema_editor.connection.vendor == "postgresql" else _SQLITE
        schema_editor.execute(sql.format(**facts))

    def remove(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}()")
        else:
            schema_editor.execute(f"DROP TRIGGER {name}")

    return migrations.RunPython(install, remove)
