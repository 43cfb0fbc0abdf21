"""Rankings in a CSV or xlsx file, in either of two shapes.

A column per option with places:          or a column per choice with names:
    Plan A,Plan B,Plan C                       1,2,3
    1,2,                                       Plan A,Plan B,
    1,1,2                                      Plan A=Plan B,Plan C,

Nothing in a cell: not ranked. The same place twice, or `=` between names: equals.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from samenraad.methods.files.content import Source
from samenraad.methods.files.tables import fold, tidy
from samenraad.methods.tally.ballots import Marked, Ranked, merged, places
from samenraad.methods.tally.reading.columns import WRONG, Sheet, begin, check_names, numbers, read_columns

if TYPE_CHECKING:
    from samenraad.methods.tally.ballots import Small

_CHOICE = re.compile(r"(rank|choice|place|keuze|voorkeur|plaats|rang)?[ _.-]*\d{1,3}(st|nd|rd|th|e)?")
#: a place beyond every other one
LAST = 9999

_YES = ("1", "x", "yes", "ja", "true", "waar")
_NO = ("", "0", "-", "no", "nee", "false", "onwaar")


def read_rankings(
    source: Source, *, options: Sequence[str] = (), sheet: str | None = None, name: str = "file"
) -> Ranked:
    """`options` are the names and their order, where a column per choice does not tell them; without, every name that
    stands on a ballot, in the order of the alphabet. A column `count` says how many voters a line stands for, a column
    `neighbourhood` (or `wijk`) where they live.

    >>> read_rankings(b"1;2\\nBo;Ann\\nBo;\\n").options
    ('Ann', 'Bo')

    Refuses (`tally.files`) with every line that is wrong, as `problems`; (`sortition.files`) a file that is no table.
    """
    page = begin(read_columns(source, name, sheet))
    if page.options and all(_CHOICE.fullmatch(fold(option)) for option in page.options):
        named, raw = _by_choice(page, options)
    else:
        named, raw = page.options, _by_option(page)
    page.mistakes.refuse()
    return merged(Ranked(named, places(raw, LAST), page.counts, page.strata, page.stratum))


def read_marks(source: Source, *, sheet: str | None = None, name: str = "file") -> Marked:
    """A column per option; 1, x, yes or ja for a mark, nothing, 0, no or nee for none. Refuses as `read_rankings`.

    >>> read_marks(b"Ann,Bo\\nx,\\n1,1\\n").rows.tolist()
    [[1, 1], [0, 1]]
    """
    page = begin(read_columns(source, name, sheet))

    def means(text: str) -> int:
        return 1 if fold(text) in _YES else 0 if fold(text) in _NO else WRONG

    rows = _each(page, means, "mark")
    page.mistakes.refuse()
    return merged(Marked(page.options, rows, page.counts, page.strata, page.stratum))


def _by_option(page: Sheet) -> Small:
    def means(text: str) -> int:
        if text in ("", "-"):
            return LAST
        return int(text) if text.isascii() and text.isdigit() and 0 < int(text[:5]) < LAST else WRONG

    return _each(page, means, "place")


def _each(page: Sheet, means: Callable[[str], int], code: str, **facts: object) -> Small:
    """The cells of every option as numbers."""
    rows = np.zeros((len(page.options), len(page.columns.lines)), dtype=np.int16)
    for option, at in enumerate(page.at):
        told = _Wrong(page, code, {"option": page.options[option], **facts})
        rows[option] = numbers(page.columns.cells[at], means, told)
    return rows


@dataclass(frozen=True)
class _Wrong:
    """Notes that a cell cannot be read."""

    page: Sheet
    code: str
    facts: dict[str, object]

    def __call__(self, row: int, text: str) -> None:
        self.page.mistakes.add(self.page.columns.lines[row], self.code, text=text, **self.facts)


def _by_choice(page: Sheet, options: Sequence[str]) -> tuple[tuple[str, ...], Small]:
    columns = [page.columns.cells[at] for at in page.at]
    split = {text: _names_in(text) for column in columns for text in set(column)}
    told = {fold(name): name for names in (sorted({n for many in split.values() for n in many}),) for name in names}
    named = tuple(options) or tuple(sorted(told.values()))
    check_names(named, page.mistakes)
    where = {fold(name): place for place, name in enumerate(named)}
    raw = np.full((len(named), len(page.columns.lines)), LAST, dtype=np.int16)
    for row, cells in enumerate(zip(*columns, strict=True)):
        _fill(page, row, [split[cell] for cell in cells], where, raw)
    return named, raw


def _fill(page: Sheet, row: int, groups: list[tuple[str, ...]], where: dict[str, int], raw: Small) -> None:
    """One ballot: its names into places."""
    line = page.columns.lines[row]
    for place, group in enumerate(groups):
        for name in group:
            option = where.get(fold(name))
            if option is None:
                page.mistakes.add(line, "unknown_option", text=name)
            elif raw[option, row] != LAST:
                page.mistakes.add(line, "ranked_twice", option=name)
            else:
                raw[option, row] = place


def _names_in(cell: str) -> tuple[str, ...]:
    return tuple(name for part in cell.split("=") if (name := tidy(part)))
