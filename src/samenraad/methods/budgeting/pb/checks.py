"""Every line of a `.pb` file looked at, before anything is counted."""

from __future__ import annotations

from collections.abc import Sequence

from samenraad.methods.budgeting.pb.numbers import number
from samenraad.methods.budgeting.pb.pb_file import TYPES, PbFile, Row
from samenraad.methods.files.mistakes import InOneFile

Lines = list[tuple[int, Row]]

#: what must be there
COLUMNS = {"PROJECTS": ("project_id", "cost"), "VOTES": ("voter_id", "vote")}


def check(parts: dict[str, Lines], mistakes: InOneFile) -> PbFile:
    """The file, when nothing is wrong; else refuses with all mistakes."""
    meta = _meta(parts["META"], mistakes)
    kind = _vote_type(meta, mistakes)
    needed = {**COLUMNS, "VOTES": (*COLUMNS["VOTES"], *(("points",) if kind in ("cumulative", "scoring") else ()))}
    columns, rows = {}, {}
    for section in ("PROJECTS", "VOTES"):
        columns[section] = _columns(section, parts[section][0], needed[section], mistakes)
        rows[section] = _right_width(parts[section][1:], len(columns[section]), mistakes)
    if all(column in columns[section] for section, wanted in needed.items() for column in wanted):
        ids = _check_projects(columns["PROJECTS"], rows["PROJECTS"], mistakes)
        _check_votes(columns["VOTES"], rows["VOTES"], ids, kind, mistakes)
    mistakes.refuse()
    return PbFile(
        tuple((key, value) for key, (_, value) in meta.items()),
        columns["PROJECTS"],
        tuple(row for _, row in rows["PROJECTS"]),
        columns["VOTES"],
        tuple(row for _, row in rows["VOTES"]),
    )


def _meta(lines: Lines, mistakes: InOneFile) -> dict[str, tuple[int, str]]:
    """key -> (line, value)"""
    meta: dict[str, tuple[int, str]] = {}
    for line, row in lines:
        key = row[0].strip()
        if key in meta:
            mistakes.add(line, "meta_twice", key=key)
        elif key != "key":
            meta[key] = (line, ";".join(row[1:]).strip())
    for key in ("budget", "vote_type"):
        if key not in meta:
            mistakes.add(None, "meta_missing", key=key)
    for key in ("budget", "min_project_score_threshold"):
        if key in meta and number(meta[key][1]) is None:
            mistakes.add(meta[key][0], "meta_number", key=key, text=meta[key][1])
    return meta


def _vote_type(meta: dict[str, tuple[int, str]], mistakes: InOneFile) -> str:
    line, text = meta.get("vote_type", (None, "approval"))
    kind = text.strip().lower()
    if kind not in TYPES:
        mistakes.add(line, "vote_type", text=text, types=tuple(TYPES))
    return kind


def _columns(section: str, header: tuple[int, Row], needed: Sequence[str], mistakes: InOneFile) -> Row:
    line, cells = header
    columns = tuple(cell.strip() for cell in cells)
    for column in needed:
        if column not in columns:
            mistakes.add(line, "column_missing", section=section, column=column)
    for column in sorted({column for column in columns if columns.count(column) > 1}):
        mistakes.add(line, "column_twice", column=column)
    return columns


def _right_width(lines: Lines, width: int, mistakes: InOneFile) -> Lines:
    """Rows of the right width. What is missing at the end of a line counts as empty; what is too much is a mistake."""
    fitting = []
    for line, row in lines:
        if len(row) > width and any(row[width:]):
            mistakes.add(line, "cells", found=len(row), columns=width)
        else:
            fitting.append((line, (*row[:width], *("",) * (width - len(row)))))
    return fitting


def _check_projects(columns: Row, lines: Lines, mistakes: InOneFile) -> set[str]:
    id_at, cost_at = columns.index("project_id"), columns.index("cost")
    ids: set[str] = set()
    for line, row in lines:
        id = row[id_at].strip()
        if not id:
            mistakes.add(line, "project_missing")
        elif id in ids:
            mistakes.add(line, "project_twice", id=id)
        ids.add(id)
        if not number(row[cost_at]):
            mistakes.add(line, "cost_wrong", text=row[cost_at])
    return ids


def _check_votes(columns: Row, lines: Lines, ids: set[str], kind: str, mistakes: InOneFile) -> None:
    voter_at, vote_at = columns.index("voter_id"), columns.index("vote")
    points_at = columns.index("points") if "points" in columns else None
    voters: set[str] = set()
    for line, row in lines:
        voter = row[voter_at].strip()
        if not voter:
            mistakes.add(line, "voter_missing")
        elif voter in voters:
            mistakes.add(line, "voter_twice", id=voter)
        voters.add(voter)
        named = [part for one in row[vote_at].split(",") if (part := one.strip())]
        _check_named(line, named, ids, mistakes)
        if kind == "choose-1" and len(named) > 1:
            mistakes.add(line, "vote_one", found=len(named))
        if TYPES.get(kind) == "points" and points_at is not None:
            _check_points(line, named, row[points_at], mistakes)


def _check_named(line: int, named: list[str], ids: set[str], mistakes: InOneFile) -> None:
    if len(set(named)) < len(named):
        mistakes.add(line, "vote_twice", id=next(id for id in named if named.count(id) > 1))
    for id in named:
        if id not in ids:
            mistakes.add(line, "vote_unknown", id=id)


def _check_points(line: int, named: list[str], cell: str, mistakes: InOneFile) -> None:
    given = [part for one in cell.split(",") if (part := one.strip())]
    if len(given) != len(named):
        mistakes.add(line, "points_count", found=len(given), named=len(named))
    for text in given:
        if number(text) is None:
            mistakes.add(line, "points_wrong", text=text)
