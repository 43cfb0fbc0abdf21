"""The two files of a draw: who can be drawn, and the quotas. Read apart, or together and checked on one another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from samenraad.methods.files.content import Source
from samenraad.methods.files.mistakes import Mistakes, unreadable
from samenraad.methods.files.tables import Table, read_table
from samenraad.methods.sortition.pool import Pool, Quotas
from samenraad.methods.sortition.reading.pool_files import Asked, People, people_in
from samenraad.methods.sortition.reading.quota_files import Wanted, check_sums, quotas_in, read_quotas, words_of
from samenraad.methods.sortition.reading.share_files import has_shares, read_shares, shares_in
from samenraad.methods.sortition.reading.spelling import Vocabulary
from samenraad.methods.sortition.reading.writing import write_pool, write_quotas
from samenraad.methods.sortition.reference import SmallGroup, from_shares, too_small
from samenraad.refusals import Refusal

__all__ = ["Files", "read", "read_pool", "read_quotas", "read_shares", "write_pool", "write_quotas"]


@dataclass(frozen=True)
class Files:
    """What the two files of a draw say together. `lines` is id -> the line of the respondents' file, from 1, by
    which somebody without a number of their own is found again. `small` are groups of the population that come to
    less than one seat, when the quotas were made from figures."""

    pool: Pool
    quotas: Quotas
    already: tuple[str, ...]
    lines: Mapping[str, int]
    small: tuple[SmallGroup, ...] = ()


def read(
    respondents: Source,
    categories: Source | Quotas,
    *,
    seats: int | None = None,
    room: int = 0,
    id: str | None = None,
    household: Sequence[str] = (),
    already: str | Iterable[str] = (),
    sheet: str | None = None,
    quota_sheet: str | None = None,
) -> Files:
    """The pool and the quotas, checked on one another.

    `respondents`  as for `read_pool`; only the categories that have quotas are kept of it
    `categories`   as for `read_quotas`; or figures of the population, as for `read_shares`, from which quotas are made
                   for the `seats`, widened by `room`; or quotas made elsewhere
    `seats`        when given, the quotas of each category must be able to sum to it
    `already`      who is in already: a column (with yes, ja, x, 1 or true for who is, and no, nee, 0, false or nothing
                   for who is not), or a list of ids
    `sheet`        which sheet of an xlsx file has the respondents, `quota_sheet` the quotas; without, the first

    Refuses (`sortition.files`) with all mistakes in both files at once, as `problems`.
    """
    mistakes = Mistakes()
    wanted, small = _wanted(categories, quota_sheet, seats, room, mistakes)
    if wanted is not None:
        check_sums(wanted, seats, mistakes)
    words = wanted.vocabulary if wanted else None
    people = _people(respondents, words, Asked(id, household, already), sheet, mistakes)
    mistakes.refuse()
    if wanted is None or people is None:
        raise AssertionError("what could not be read is a mistake")
    return Files(people.pool, Quotas(wanted.quotas), people.already, people.lines, small)


def read_pool(
    source: Source,
    quotas: Quotas | None = None,
    *,
    id: str | None = None,
    household: Sequence[str] = (),
    sheet: str | None = None,
) -> Pool:
    """The people in a CSV or xlsx file with one row per person and one column per category.

    `quotas`     when given, only their categories are kept, and every value must be one of theirs (in whatever
                 capitals; the quotas' spelling is used). Without quotas every other column is a category.
    `id`         the column with people's numbers; without it, `id` or `nationbuilder_id`. In a file with neither
                 people are numbered p1, p2, ... in the order of the contents of their rows
                 (columns in alphabetical order), so that the order of the rows changes nothing.
    `household`  one or more address columns. People with the same address, capitals and spaces aside, are one
                 household; who has no address is alone.

    >>> pool = read_pool(b"id,age,street\\n7,16-24,Kerkstraat 1\\n8,65+,kerkstraat  1\\n", household=["street"])
    >>> [(one.id, one.features["age"], one.household) for one in pool.candidates]
    [('7', '16-24', 'Kerkstraat 1'), ('8', '65+', 'Kerkstraat 1')]

    Refuses (`sortition.files`) with all mistakes in the file, as `problems`.
    """
    mistakes = Mistakes()
    words = _asked_by(quotas).vocabulary if quotas is not None else None
    people = _people(source, words, Asked(id, household), sheet, mistakes)
    mistakes.refuse()
    if people is None:
        raise AssertionError("what could not be read is a mistake")
    return people.pool


def _wanted(
    categories: Source | Quotas, sheet: str | None, seats: int | None, room: int, mistakes: Mistakes
) -> tuple[Wanted | None, tuple[SmallGroup, ...]]:
    """The quotas, and the groups that are too small for one."""
    if isinstance(categories, Quotas):
        return _asked_by(categories), ()
    try:
        table = read_table(categories, sheet=sheet, name="quotas")
        return _from_figures(table, seats, room) if has_shares(table) else (quotas_in(table, mistakes), ())
    except Refusal as refusal:
        mistakes.take(refusal)
        return None, ()


def _from_figures(table: Table, seats: int | None, room: int) -> tuple[Wanted, tuple[SmallGroup, ...]]:
    shares = shares_in(table)
    if seats is None:
        raise unreadable(table.name, "needs_seats")
    return _asked_by(from_shares(shares, seats, room=room)), too_small(shares, seats)


def _asked_by(quotas: Quotas) -> Wanted:
    """Quotas that were made elsewhere, as if they came from a file."""
    words = words_of(quota.where for quota in quotas)
    return Wanted("quotas", quotas.quotas, words, tuple(sorted(words.limited)))


def _people(
    source: Source, words: Vocabulary | None, asked: Asked, sheet: str | None, mistakes: Mistakes
) -> People | None:
    try:
        return people_in(read_table(source, sheet=sheet, name="respondents"), words, asked, mistakes)
    except Refusal as refusal:
        mistakes.take(refusal)
        return None
