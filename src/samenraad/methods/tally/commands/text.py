"""A result as plain text: the table, the trace, and what else there is to say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from samenraad.methods.language import _, say
from samenraad.methods.tally.catalogue import title
from samenraad.methods.tally.explain.bars import Bar
from samenraad.methods.tally.result import Result, Term, number, percent, spoken

#: columns that are parts of a whole, and words of a scale or of yes and no
SHARES = ("share of votes", "share of ballots", "support", "no opinion", "priority share", "share above", "share below")


def as_text(result: Result, language: str = "en") -> str:
    """Title, table, and the trace in sentences."""
    head = say(
        _("{rule}: {ballots} ballots"),
        language,
        rule=_capital(say(title(result.rule.replace(" ", "-")), language)),
        ballots=number(result.ballots, language),
    )
    drawn = say(_("Drawn order: {drawn}"), language, drawn=", ".join(result.drawn))
    blocks = [[head, drawn], list(_table(result, language)), list(result.sentences(language)), _end(result, language)]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _end(result: Result, language: str) -> list[str]:
    if result.rule == "preferendum":
        line = say(_("Shared priorities: {names}"), language, names=spoken(result.elected, language))
    elif result.elected:
        line = say(_("Elected: {names}"), language, names=spoken(result.elected, language))
    else:
        line = say(_("Winner: {name}"), language, name=result.winner or say(_("nobody"), language))
    told = [line]
    if len(result.winners) > 1 and not result.elected:
        told.append(say(_("Level before the drawn order: {names}"), language, names=spoken(result.winners, language)))
    if not result.complete:
        told.append(say(_("There were more ties than could be followed: others may be level too."), language))
    return told


def _table(result: Result, language: str) -> Iterator[str]:
    header = ["", *(say(name, language) for name in result.columns)]
    rows = [
        [option, *(_cell(value, name, language) for name, value in zip(result.columns, row, strict=True))]
        for option, row in zip(result.options, result.table, strict=True)
    ]
    yield from aligned([header, *rows])


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The first column to the left, the others to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = [row[0].ljust(widths[0]), *(one.rjust(width) for one, width in zip(row[1:], widths[1:], strict=True))]
        yield ("  " + "   ".join(cells)).rstrip()


def _cell(value: object, column: str, language: str) -> str:
    if isinstance(value, bool):
        return say(_("yes") if value else _("no"), language)
    if isinstance(value, Fraction):
        return percent(value, language) if column in SHARES else number(value, language)
    return spoken(Term(value) if isinstance(value, str) and value else value, language)


def bar_lines(bars: Iterable[Bar], language: str = "en") -> Iterator[str]:
    """Grades in full, and how far apart people stand."""
    yield say(_("Grades, the worst first:"), language)
    made = list(bars)
    wide = max(len(bar.option) for bar in made)
    for bar in made:
        apart = "-" if bar.polarisation is None else number(bar.polarisation, language)
        yield f"  {bar.option.ljust(wide)}  {bar.line()}"
        yield f"  {bar.sentence(language)}; " + say(
            _("no grade: {none}; polarisation {apart}"), language, none=number(bar.none, language), apart=apart
        )
