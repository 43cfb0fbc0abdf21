"""The figures of the population in a file: one row per value, with its share or its number of people."""

from __future__ import annotations

import re
from collections import defaultdict
from fractions import Fraction

from samenraad.methods.files.content import Source
from samenraad.methods.files.mistakes import Mistakes
from samenraad.methods.files.tables import Row, Table, check_width, find_column, fold, read_table
from samenraad.methods.sortition.reading.quota_files import (
    LIMITS,
    Where,
    all_there,
    group_columns,
    named_rows,
    words_of,
)
from samenraad.methods.sortition.reference import Category, exact
from samenraad.refusals import Refusal

SHARE = ("share", "percentage", "percent", "%", "aandeel", "count", "population", "number", "aantal", "inwoners")

#: 0.125 or 0,125 or 12,5 % or 12 500
_NUMBER = re.compile(r"([0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+|[0-9]{1,12})(?:[.,]([0-9]{1,12}))?\s*(%?)")

#: shares as `from_shares` takes them
Read = dict[Category, dict[Category, Fraction]]


def read_shares(source: Source, *, sheet: str | None = None) -> Read:
    """The shares or numbers in a CSV or xlsx file with the columns `category,value,share`.

    The first two columns are named as in a quotas file, the third share, percentage, count, population, aandeel,
    aantal or inwoners. A share is written as 0.125, 0,125, 12.5 or 12,5 %; a number of people as 12500 or 12 500.
    An intersection is `age & district,16-24 & north,0.031`.

    >>> read_shares("category,value,share\\nage,16-24,12 %\\nage,25+,88 %\\n".encode())
    {'age': {'16-24': Fraction(3, 25), '25+': Fraction(22, 25)}}

    Refuses (`sortition.files`) with all mistakes in the file, as `problems`.
    """
    return shares_in(read_table(source, sheet=sheet, name="figures"))


def has_shares(table: Table) -> bool:
    """Whether this is a table of shares rather than of quotas."""
    names = {fold(name) for name in table.header}
    return bool(names & {fold(name) for name in SHARE}) and not names & set(LIMITS["min"])


def shares_in(table: Table) -> Read:
    """As `read_shares`, from a table."""
    mistakes = Mistakes()
    check_width(table, mistakes)
    places = _places(table, mistakes)
    shares = _shares(table, places, mistakes) if places else {}
    if not mistakes:
        _check(table, shares, mistakes)
    mistakes.refuse()
    return shares


def _places(table: Table, mistakes: Mistakes) -> dict[str, int] | None:
    found = group_columns(table, mistakes) | {"share": find_column(table, SHARE, mistakes)}
    all_there(table, found, mistakes)
    places = {role: place for role, place in found.items() if place is not None}
    return places if len(places) == len(found) else None


def _shares(table: Table, places: dict[str, int], mistakes: Mistakes) -> Read:
    rows = list(named_rows(table, places["category"], places["value"], mistakes))
    words = words_of(where for _, where in rows)
    seen: dict[Where, int] = {}
    shares: Read = defaultdict(dict)
    for row, spelled in rows:
        where = tuple(sorted(words.feature(*feature) for feature in spelled))
        number = _number(table, row, places["share"], mistakes)
        first = seen.setdefault(where, row.line)
        if first != row.line:
            group = " & ".join(f"{name}: {one}" for name, one in where)
            mistakes.add(table.name, row.line, None, "share_twice", group=group, first=first)
        elif number is not None:
            categories, values = zip(*where, strict=True)
            shares[_one_or_two(categories)][_one_or_two(values)] = number
    return dict(shares)


def _one_or_two(names: tuple[str, ...]) -> Category:
    return names[0] if len(names) == 1 else (names[0], names[1])


def _number(table: Table, row: Row, place: int, mistakes: Mistakes) -> Fraction | None:
    text, column = row.cells[place], table.header[place]
    if not text:
        mistakes.add(table.name, row.line, column, "cell_missing")
        return None
    found = _NUMBER.fullmatch(text)
    if found is None:
        mistakes.add(table.name, row.line, column, "not_a_share", text=text[:50])
        return None
    whole, decimals, sign = found.groups()
    number = Fraction(f"{re.sub(r'[^0-9]', '', whole)}.{decimals or '0'}")
    return number / 100 if sign else number


def _check(table: Table, shares: Read, mistakes: Mistakes) -> None:
    """What `from_shares` would refuse, told as mistakes of the file."""
    sound: Read = {}
    for category, figures in shares.items():
        try:
            exact({category: figures})
            sound[category] = figures
        except Refusal as refusal:
            mistakes.add(table.name, None, None, refusal.code.removeprefix("sortition."), **refusal.facts)
    try:
        exact(sound)
    except Refusal as refusal:
        mistakes.add(table.name, None, None, refusal.code.removeprefix("sortition."), **refusal.facts)
