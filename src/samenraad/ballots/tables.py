"""Migration steps that keep order out of the tables, and lines on the board."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def sorted_by_key(*tables: str) -> migrations.RunPython:
    """On SQLite these tables get no row number, which would count up: rows lie sorted by their random key. Elsewhere
    nothing changes; there sealing writes the tables anew."""

    def rebuild(schema_editor: Any, change: Any) -> None:
        if schema_editor.connection.vendor != "sqlite":
            return
        for table in tables:
            with schema_editor.connection.cursor() as cursor:
                cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s OR tbl_name = %s", [table, table])
                made = [sql for (sql,) in cursor.fetchall() if sql]
            schema_editor.execute(f'CREATE TEMPORARY TABLE anew AS SELECT * FROM "{table}"')  # noqa: S608
            schema_editor.execute(f'DROP TABLE "{table}"')
            for sql in made:
                schema_editor.execute(change(sql) if sql.startswith("CREATE TABLE") else sql)
            schema_editor.execute(f'INSERT INTO "{table}" SELECT * FROM anew')  # noqa: S608
            schema_editor.execute("DROP TABLE anew")

    def forth(apps: Any, schema_editor: Any) -> None:
        rebuild(schema_editor, lambda sql: f"{sql} WITHOUT ROWID")

    def back(apps: Any, schema_editor: Any) -> None:
        rebuild(schema_editor, lambda sql: sql.removesuffix(" WITHOUT ROWID"))

    return migrations.RunPython(forth, back)
