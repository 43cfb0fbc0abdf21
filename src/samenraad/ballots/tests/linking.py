"""Somebody who wants to know who voted what: all that can be got out of the two databases, laid side by side.

The thief has full copies of both, with the physical order of their rows, and tries every sign of order that the rows of
the one and of the other carry: what stands at the same height may belong together. How well that works is told as the
AUC: the chance that a ballot stands nearer to its own voter than to another one. 0.5 is guessing, 1 is knowing.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from django.db import OperationalError

#: name of the sign -> key of a row -> value
Signs = dict[str, dict[str, float]]


def signs_of(connection: Any, table: str, key: str, folder: Path) -> Signs:
    """Every order in which the rows of a table can be laid, as numbers."""
    if connection.vendor == "postgresql":
        return _postgres_signs(connection, table, key)
    return _sqlite_signs(connection, table, key, folder)


def _postgres_signs(connection: Any, table: str, key: str) -> Signs:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key}, xmin::text::bigint, cmin::text::bigint, xmax::text::bigint, ctid::text, {table}::text "
            f"FROM {table}"
        )
        rows = cursor.fetchall()
    signs: Signs = {"as it comes": {row[0]: place for place, row in enumerate(rows)}}
    for place, name in ((1, "xmin"), (2, "cmin"), (3, "xmax")):
        signs[name] = {row[0]: float(row[place]) for row in rows}
    signs["ctid"] = {row[0]: _ctid(row[4]) for row in rows}
    return signs | _of_the_row({row[0]: row[5] for row in rows})


def _ctid(text: str) -> float:
    page, line = text.strip("()").split(",")
    return int(page) * 10_000 + int(line)


def _sqlite_signs(connection: Any, table: str, key: str, folder: Path) -> Signs:
    """The order of the rows, a row number if there is one, and where each key stands in the file and in its log."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} NOT INDEXED")
        names = [column[0] for column in cursor.description]
        rows = {row[names.index(key)]: repr(row) for row in cursor.fetchall()}
        signs: Signs = {"as it comes": {name: place for place, name in enumerate(rows)}}
        with suppress(OperationalError):  # no such column: rowid
            cursor.execute(f"SELECT {key}, rowid FROM {table}")
            signs["rowid"] = dict(cursor.fetchall())
    file = Path(connection.settings_dict["NAME"])
    for suffix in ("", "-wal", "-journal"):
        path = file.with_name(file.name + suffix)
        if path.exists():
            signs |= _in_bytes(f"file{suffix}", path.read_bytes(), rows)
    backup = folder / f"{table}.backup"
    with sqlite3.connect(file) as source, sqlite3.connect(backup) as target:
        source.backup(target)
    signs |= _in_bytes("backup", backup.read_bytes(), rows)
    return signs | _of_the_row(rows)


def _in_bytes(name: str, content: bytes, keys: Iterable[str]) -> Signs:
    """The first and the last place where a key stands, how often, and its place within its page of 4,096 bytes."""
    wanted, places = {key.encode() for key in keys}, {}
    length = len(next(iter(wanted), b""))
    for found in re.finditer(rb"(?=([0-9a-zA-Z]{%d}))" % length, content) if length else ():
        if found[1] in wanted:
            places.setdefault(found[1].decode(), []).append(found.start())
    return {
        f"{name}, first": {key: at[0] for key, at in places.items()},
        f"{name}, last": {key: at[-1] for key, at in places.items()},
        f"{name}, how often": {key: len(at) for key, at in places.items()},
        f"{name}, in its page": {key: at[0] % 4096 for key, at in places.items()},
    }


def _of_the_row(rows: Mapping[str, str]) -> Signs:
    return {"key": {key: place for place, key in enumerate(sorted(rows))}, "size": {k: len(t) for k, t in rows.items()}}


def auc(
    places: Mapping[str, float], truth: Sequence[str], other: Mapping[str, float], partners: Sequence[str]
) -> float:
    """`truth[i]` belongs with `partners[i]`; whichever way round is better."""
    one, two = _heights([places.get(key) for key in truth]), _heights([other.get(key) for key in partners])
    return max(_auc(one, two), _auc(one, 1 - two))


def _heights(values: Sequence[float | None]) -> np.ndarray:
    """From 0 to 1; equal values at equal height, what is missing in the middle."""
    given = np.array([np.nan if value is None else value for value in values], dtype=float)
    known = np.sort(given[~np.isnan(given)])
    if not len(known):
        return np.full(len(values), 0.5)
    middle = (np.searchsorted(known, given, "left") + np.searchsorted(known, given, "right")) / 2 / len(known)
    return np.where(np.isnan(given), 0.5, middle)


def _auc(one: np.ndarray, two: np.ndarray) -> float:
    """Each beside its own, and beside twenty strangers."""
    own, chance = np.abs(one - two), Random(11)
    won = []
    for _n in range(20):
        away = np.abs(one - np.roll(two, chance.randrange(1, len(two))))
        won.append(np.mean((own < away) + 0.5 * (own == away)))
    return float(np.mean(won))


def best(roll: Signs, codes: Sequence[str], box: Signs, keys: Sequence[str]) -> tuple[float, str]:
    """The best that any two signs give, and which."""
    tried = [
        (auc(one, codes, two, keys), f"roll by {first}, box by {second}")
        for first, one in roll.items()
        for second, two in box.items()
    ]
    return max(tried)


def at_the_door(signs: Signs, in_order: Sequence[str], batch_of: Mapping[str, int]) -> tuple[float, str]:
    """The same for a thief who stood at the door and knows in which order people came, inside the batches: which batch
    a ballot went in with stands on the board."""
    door = {key: float(place) for place, key in enumerate(in_order)}
    batches = [[key for key in in_order if batch_of[key] == one] for one in set(batch_of.values())]
    return max((_in_batches(door, sign, batches), f"by {name}") for name, sign in signs.items())


def _in_batches(door: Mapping[str, float], sign: Mapping[str, float], batches: Sequence[Sequence[str]]) -> float:
    found = np.array([auc_one_way(door, sign, keys) for keys in batches])
    mean = float(np.average(found, weights=[len(keys) for keys in batches]))
    return max(mean, 1 - mean)


def auc_one_way(door: Mapping[str, float], sign: Mapping[str, float], keys: Sequence[str]) -> float:
    return _auc(_heights([door[key] for key in keys]), _heights([sign.get(key) for key in keys]))
