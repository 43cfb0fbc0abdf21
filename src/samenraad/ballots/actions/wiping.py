"""Wiping out every order: in which people voted, in which ballots were torn.

PostgreSQL keeps rows as they were written, with the number of the transaction, and keeps dead ones for a while. So a
table is written anew, in one transaction, sorted by its random key, into a new file. SQLite keeps these tables sorted
by key, without a row number; but inside a page rows lie as they came, and its log knows more. So it is vacuumed, and
the log emptied.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import OperationalError, connections, models, transaction

from samenraad.ballots.box.models import Sheet, Slip, Ticket, Tracker, Waiting
from samenraad.ballots.roll.models import Entry
from samenraad.ballots.router import home

Table = type[models.Model]

#: rows of which the order could say who voted after whom
OF_VOTERS: Sequence[Table] = (Entry, Ticket, Waiting)
#: all rows of which the order could say anything
ALL: Sequence[Table] = (*OF_VOTERS, Slip, Tracker, Sheet)
#: while voters wait we do not wait long for others; after the last day longer, but voters of another vote wait then
PATIENCE, LONGER = "3s", "20s"
#: what PostgreSQL says when the wait was too long, or two waited for one another
BUSY = {"55P03", "40P01"}


def rewrite(tables: Sequence[Table], *, patient: bool = True) -> bool:
    """These tables, written anew. False when somebody was reading or writing for long: ask again later. Who is not
    patient gives up soon, because voters would wait behind us."""
    of = {alias: [table for table in tables if home(table._meta.app_label) == alias] for alias in ("roll", "box")}
    done = [_rewritten(alias, some, patient) for alias, some in of.items()]
    return all(done)


def _rewritten(alias: str, tables: Sequence[Table], patient: bool) -> bool:
    connection = connections[alias]
    if connection.vendor == "postgresql":
        done = [_sorted_anew(connection, table, patient) for table in tables]
        return all(done)
    return _vacuumed(connection)


def _sorted_anew(connection: Any, table: Table, patient: bool) -> bool:
    name, key = (connection.ops.quote_name(one) for one in (table._meta.db_table, table._meta.pk.column))
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{LONGER if patient else PATIENCE}'")
            cursor.execute(f"LOCK TABLE {name} IN ACCESS EXCLUSIVE MODE")
            cursor.execute(f"CREATE TEMPORARY TABLE anew ON COMMIT DROP AS SELECT * FROM {name}")  # noqa: S608
            cursor.execute(f"TRUNCATE {name}")
            cursor.execute(f"INSERT INTO {name} SELECT * FROM anew ORDER BY {key}")  # noqa: S608
            cursor.execute("DROP TABLE anew")
    except OperationalError as trouble:
        if patient and getattr(trouble.__cause__, "sqlstate", "") not in BUSY:
            raise
        return False
    return True


def _vacuumed(connection: Any) -> bool:
    if connection.in_atomic_block:  # a test that holds everything in one transaction
        return True
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
    except OperationalError:  # somebody else writes for longer than we wait
        return False
    return _log_emptied(connection)


def swept(table: Table) -> bool:
    """Rows that were deleted leave no trace: on PostgreSQL the dead rows go, on SQLite the log of what was written."""
    connection = connections[home(table._meta.app_label)]
    if connection.in_atomic_block:
        return True
    if connection.vendor != "postgresql":
        return _log_emptied(connection)
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM {connection.ops.quote_name(table._meta.db_table)}")
    return True


def _log_emptied(connection: Any) -> bool:
    """False while somebody reads what lies in the log. Waits a second at most: writers wait as long."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        usual = cursor.fetchone()[0]
        cursor.execute("PRAGMA busy_timeout = 1000").fetchall()
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return bool(cursor.fetchone()[0] == 0)
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(usual)}").fetchall()
