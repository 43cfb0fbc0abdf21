"""People from a file, and a seating as a file that can be changed on the day."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from typing import Any

from samenraad.methods.files.content import Source
from samenraad.methods.files.mistakes import Mistakes
from samenraad.methods.files.tables import (
    Table,
    check_width,
    columns_of,
    find_column,
    read_table,
)
from samenraad.methods.groups.figures import Quality, quality
from samenraad.methods.groups.seating import Move, Seating
from samenraad.methods.groups.wishes import HOST, KINDS, Round, Wish
from samenraad.methods.sortition.reading.spelling import Spelling
from samenraad.refusals import Refusal

FORMAT = "samenraad seating 1"
#: columns that are taken for who somebody is, when none is named
IDS = ("id", "nationbuilder_id", "name", "naam", "number", "nummer", "nr")
#: signs that the command line cannot have in a name
_NOT_IN_ID = re.compile(r'[,"\x00-\x1f\x7f]')


def read_people(
    source: Source, fields: Sequence[str] = (), *, id: str | None = None, sheet: str | None = None
) -> dict[str, dict[str, str]]:
    """id -> field -> value of everybody in a CSV or xlsx file with one row per person.

    `fields`  the columns to read; each must be filled in for everybody. Capitals and spaces make no difference.
    `id`      the column that says who it is; without, one of `IDS`

    >>> read_people(b"id;age\\n7;Young\\n8;young\\n9;young\\n", ["Age"])
    {'7': {'Age': 'young'}, '8': {'Age': 'young'}, '9': {'Age': 'young'}}

    Refuses (`sortition.files`) with all mistakes in the file at once, as `problems`.
    """
    table = read_table(source, sheet=sheet, name="people")
    mistakes = Mistakes()
    check_width(table, mistakes)
    columns = {field: _column(table, (field,), mistakes) for field in dict.fromkeys(fields)}
    ids = _ids(table, _column(table, (id,) if id else IDS, mistakes), mistakes)
    values = {field: _values(table, column, mistakes) for field, column in columns.items() if column is not None}
    mistakes.refuse()
    return {one: {field: column[row] for field, column in values.items()} for row, one in enumerate(ids)}


def _column(table: Table, names: Sequence[str], mistakes: Mistakes) -> int | None:
    found = find_column(table, names, mistakes)
    if found is None:
        mistakes.add(table.name, None, None, "column_missing", wanted=names[0], columns=columns_of(table))
    return found


def _ids(table: Table, column: int | None, mistakes: Mistakes) -> list[str]:
    first: dict[str, int] = {}
    for row in table.rows if column is not None else ():
        one = row.cells[column or 0]
        if not one:
            mistakes.add(table.name, row.line, table.header[column or 0], "cell_missing")
        elif _NOT_IN_ID.search(one):
            mistakes.add(table.name, row.line, table.header[column or 0], "id_sign", id=one)
        elif one in first:
            mistakes.add(table.name, row.line, table.header[column or 0], "id_twice", id=one, first=first[one])
        first.setdefault(one, row.line)
    return list(first)


def _values(table: Table, column: int, mistakes: Mistakes) -> list[str]:
    """As most people spell it."""
    for row in table.rows:
        if not row.cells[column]:
            mistakes.add(table.name, row.line, table.header[column], "cell_missing")
    spelling = Spelling.among(row.cells[column] for row in table.rows)
    return [spelling(row.cells[column]) or "" for row in table.rows]


def as_json(seating: Seating) -> str:
    """Everything about a seating except the values of people; `read_seating` reads it again."""
    moves = [asdict(move) for move in seating.moves]
    what = {
        "format": FORMAT,
        "seed": seating.seed,
        "tables": seating.tables,
        "mix": seating.mix,
        "accessible": seating.accessible,
        "wishes": [{name: value for name, value in asdict(wish).items() if value} for wish in seating.wishes],
        "rounds": seating.rounds,
        "cards": seating.cards(),
        "quality": figures(seating.quality),
        "random_draw": None if seating.draw is None else figures(seating.draw),
        "moves": moves,
    }
    return json.dumps(what, ensure_ascii=False, indent=1) + "\n"


def figures(quality: Quality) -> dict[str, int | float]:
    """By name; shares rounded to six decimals."""
    named = {**asdict(quality), "repeats": quality.repeats, "share": quality.share}
    return {name: round(float(value), 6) if isinstance(value, Fraction) else value for name, value in named.items()}


def as_csv(seating: Seating) -> str:
    """A row per person: her table in each round."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["id", *(f"round {number}" for number in range(1, len(seating.rounds) + 1))])
    rows.writerows([one, *("" if at is None else at for at in tables)] for one, tables in seating.cards().items())
    return text.getvalue()


def read_seating(path: str | Path) -> Seating:
    """A seating from the file that `samenraad seat --json` made; its figures count people only, not their values.

    Refuses `sortition.no_file` and `groups.not_a_seating`.
    """
    try:
        content = json.loads(Path(path).read_text(encoding="utf-8-sig"))
        return _seating(content)
    except OSError as error:
        raise Refusal("sortition.no_file", file=str(path)) from error
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise Refusal("groups.not_a_seating", file=str(path)) from error


def _seating(content: Mapping[str, Any]) -> Seating:
    rounds = tuple(tuple(tuple(_texts(table)) for table in round) for round in content["rounds"])
    tables = int(content["tables"])
    if content["format"] != FORMAT or not rounds or not all(_is_round(round, tables) for round in rounds):
        raise ValueError(content["format"])
    wishes = tuple(_wish(wish) for wish in content["wishes"])
    accessible = tuple(int(number) for number in content["accessible"])
    if not {wish.table for wish in wishes} <= {*range(tables + 1)} or not {*accessible} <= {*range(1, tables + 1)}:
        raise ValueError("a table that is not there")
    moves = tuple(Move(**move) for move in content["moves"])
    mix = tuple(_texts(content["mix"]))
    seed = _texts([content["seed"]])[0]
    return Seating(seed, tables, mix, wishes, accessible, rounds, quality(rounds, defaultdict(dict)), None, moves)


def _is_round(round: Round, tables: int) -> bool:
    everybody = [one for table in round for one in table]
    return len(round) == tables and all(round) and len(set(everybody)) == len(everybody)


def _texts(values: Sequence[object]) -> list[str]:
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise ValueError(values)
    return [str(value) for value in values]


def _wish(content: Mapping[str, Any]) -> Wish:
    wish = Wish(content["kind"], tuple(_texts(content.get("people", []))), int(content.get("table", 0)))
    wish = Wish(wish.kind, wish.people, wish.table, *_texts([content.get("field", ""), content.get("value", "")]))
    if wish.kind not in KINDS or (wish.kind == HOST and len(wish.people) != 1):
        raise ValueError(wish)
    return wish
