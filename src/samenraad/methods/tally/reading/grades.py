"""Grades in a CSV or xlsx file: a column per option, a word or a number in each cell; and sheets of a preferendum."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from samenraad.methods.files.content import Source
from samenraad.methods.files.tables import fold, tidy
from samenraad.methods.tally.ballots import BLANK, Graded, checked_scale, merged
from samenraad.methods.tally.preferendum.count import Preferendum, Rules, Slips
from samenraad.methods.tally.reading.columns import PRIORITIES, WRONG, Sheet, begin, read_columns
from samenraad.methods.tally.reading.rankings import _each

NO_OPINION = -2
#: ways to write it
NO_OPINIONS = ("no opinion", "geen mening", "weet niet", "don't know", "?")
#: so many whole numbers can be a scale
MOST_NUMBERS = 101


def read_grades(
    source: Source, *, scale: Sequence[str] | None = None, sheet: str | None = None, name: str = "file"
) -> Graded:
    """`scale` has the words from the worst to the best. Without it grades are whole numbers, and the scale runs from 0
    (or the lowest of them, when that is below 0) to the highest. "No opinion" and an empty cell are no grade.

    >>> read_grades(b"Ann,Bo\\n2,\\n1,0\\n").scale
    ('0', '1', '2')

    Refuses (`tally.files`) with every line that is wrong, as `problems`; (`sortition.files`) a file that is no table.
    """
    page = begin(read_columns(source, name, sheet))
    words = checked_scale(scale) if scale is not None else _numbers_in(page)
    rows = _rows(page, words)
    page.mistakes.refuse()
    rows[rows == NO_OPINION] = BLANK
    return merged(Graded(page.options, rows, page.counts, page.strata, page.stratum, words))


def read_preferendum(
    source: Source, *, rules: Rules | None = None, sheet: str | None = None, name: str = "file"
) -> Preferendum:
    """Sheets of a preferendum: a column per proposal with grades, and a column `priorities` with the names of the
    proposals that were marked, with | between them. Refuses as `read_grades`.

    >>> read_preferendum(b"trees,cars,priorities\\nagree,no opinion,trees\\n").slips["trees"]
    Slips(grades=(0, 0, 1, 0), no_opinion=0, priority=1)
    """
    page = begin(read_columns(source, name, sheet))
    agreed = (rules or Rules()).for_proposals(max(len(page.options), 1))
    rows = _rows(page, agreed.scale)
    marked = _priorities(page, agreed.priorities)
    page.mistakes.refuse()
    slips = _slips(page, rows, marked, page.counts, agreed)
    places = {}
    for place, stratum in enumerate(page.strata):
        here = np.where(page.stratum == place, page.counts, 0)
        places[stratum] = int(here.sum()), _slips(page, rows, marked, here, agreed)
    return Preferendum(int(page.counts.sum()), slips, places)


def _rows(page: Sheet, words: Sequence[str]) -> np.ndarray:
    grade = {fold(word): place for place, word in enumerate(words)}
    known = {"": BLANK, "-": BLANK, **dict.fromkeys(NO_OPINIONS, NO_OPINION), **grade}
    return _each(page, lambda text: known.get(fold(text), WRONG), "grade", scale=tuple(words))


def _numbers_in(page: Sheet) -> tuple[str, ...]:
    """The scale of whole numbers that fits; a mistake when the cells are words."""
    texts = {tidy(cell) for at in page.at for cell in set(page.columns.cells[at])}
    given = {text for text in texts if text not in ("", "-") and fold(text) not in NO_OPINIONS}
    whole = [int(text) for text in given if len(text) < 5 and text.removeprefix("-").isdecimal() and text.isascii()]
    low, high = min((0, *whole)), max((1, *whole))
    if given and not whole:
        page.mistakes.add(None, "no_scale")
        page.mistakes.refuse()
    return tuple(str(number) for number in range(low, min(high, low + MOST_NUMBERS - 1) + 1))


def _priorities(page: Sheet, most: int) -> np.ndarray:
    marked = np.zeros((len(page.options), len(page.columns.lines)), dtype=bool)
    at = page.columns.find(PRIORITIES, page.mistakes)
    where = {fold(option): place for place, option in enumerate(page.options)}
    cells = page.columns.cells[at] if at is not None else [""] * len(page.columns.lines)
    for row, cell in enumerate(cells):
        chosen = {fold(name): name for part in cell.split("|") if (name := tidy(part))}
        for folded, name in chosen.items():
            if folded in where:
                marked[where[folded], row] = True
            else:
                page.mistakes.add(page.columns.lines[row], "priority_unknown", text=name)
        if len(chosen) > most:
            page.mistakes.add(page.columns.lines[row], "priorities_many", number=len(chosen), most=most)
    return marked


def _slips(page: Sheet, rows: np.ndarray, marked: np.ndarray, counts: np.ndarray, rules: Rules) -> dict[str, Slips]:
    slips = {}
    for place, option in enumerate(page.options):
        grades = tuple(int(counts.sum(where=rows[place] == grade)) for grade in range(len(rules.scale)))
        nothing = int(counts.sum(where=rows[place] == NO_OPINION))
        slips[option] = Slips(grades, nothing, int(counts.sum(where=marked[place])))
    return slips
