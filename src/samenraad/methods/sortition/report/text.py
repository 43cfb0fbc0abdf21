"""The report in words and tables, at most 80 characters wide, for somebody who takes part."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill, wrap
from typing import TYPE_CHECKING

from samenraad.methods.language import _, ngettext, say, say_many

if TYPE_CHECKING:
    from samenraad.methods.sortition.report.report import Certificate, Group, Method, Report

WIDTH = 80

#: what each method looks for, in words
AIMS = {
    "leximin": _("the lowest chance as high as possible, then the next lowest, and so on"),
    "maximin": _("the lowest chance as high as possible"),
    "nash": _("the typical chance as high as possible"),
    "goldilocks": _("nobody's chance very low, and nobody's very high"),
    "legacy": _("the older way of drawing: fill the hardest seat first"),
}
PROVEN = {
    "leximin": _(
        "Proven: no lottery gives the person with the lowest chance more than {lowest}. "
        "The next lowest chances are as high as they can be too."
    ),
    "maximin": _("Proven: no lottery gives the person with the lowest chance more than {lowest}."),
    "nash": _("Proven: no lottery has a higher typical chance. The lowest chance is {lowest}."),
    "goldilocks": _("Proven: no lottery balances low and high chances better. The lowest chance is {lowest}."),
}
UNPROVEN = _(
    "Not proven: there may be a better lottery. The lowest chance here is {lowest}; "
    "a better lottery differs from this one by at most {gap}."
)


def text(report: Report, language: str = "en") -> str:
    """The whole report; parts without facts are left out."""
    parts = [
        say(_("How fair is this draw?"), language),
        _opening(report, language),
        _certainty(report.certificate, language),
        _rounding(report, language),
        _chances(report.methods, language),
        _panel(report.groups, language),
        _road(report, language),
        _never(report, language),
        say(_("Fingerprint of the lottery (SHA-256):"), language) + "\n" + report.digest,
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def percent(share: float, language: str, decimals: int = 1) -> str:
    """A share as a percentage.

    >>> percent(0.0909, "en"), percent(0.0909, "nl", 2)
    ('9.1 %', '9,09 %')
    """
    return f"{_decimal(100 * share, language, decimals)} %"


def _decimal(number: float, language: str, decimals: int) -> str:
    written = f"{number:.{decimals}f}"
    return written if language.startswith("en") else written.replace(".", ",")


def _points(difference: float, language: str) -> str:
    """A difference of chances; so small that it says nothing is said as such."""
    if difference < 0.00001:
        return say(_("less than 0.001 of a percentage point"), language)
    return say(_("{number} percentage points"), language, number=_decimal(100 * difference, language, 3))


def _opening(report: Report, language: str) -> str:
    said = say(
        _("{m} numbered panels of {seats} people, from a pool of {people}. Each panel has the same chance."),
        language,
        m=report.rounding.m,
        seats=report.seats,
        people=report.people,
    )
    if report.already:
        settled = ngettext("{n} person is in already and sits on each.", "{n} people are in already and sit on each.")
        said += " " + say_many(settled, report.already, language)
    return fill(said, WIDTH)


def _certainty(certificate: Certificate, language: str) -> str:
    sentence = PROVEN.get(certificate.method) if certificate.proven else UNPROVEN
    if sentence is None:
        return ""
    lowest = percent(certificate.lowest, language, 2)
    return fill(say(sentence, language, lowest=lowest, gap=_points(certificate.gap, language)), WIDTH)


def _rounding(report: Report, language: str) -> str:
    sentence = _(
        "The best lottery was turned into {m} whole panels. "
        "The largest change of anybody's chance: {change}. One panel of the {m} counts for {one}."
    )
    facts = report.rounding
    change, one = _points(facts.largest_change, language), _points(facts.one_panel, language)
    return fill(say(sentence, language, m=facts.m, change=change, one=one), WIDTH)


def _chances(methods: Sequence[Method], language: str) -> str:
    if not methods:
        return ""
    head = [
        say(_("Chance to be drawn"), language),
        *(say(word, language) for word in (_("lowest"), _("highest"), _("typical"), _("inequality"), _("at zero"))),
    ]
    rows = [[one.name, *_figures(one, language)] for one in methods]
    notes = [
        say(_("typical: the geometric mean of all chances"), language),
        say(_("inequality: the Gini coefficient; 0 is the same chance for all"), language),
        say(_("at zero: how many people cannot be drawn"), language),
    ]
    notes += [f"{one.name}: {say(AIMS[one.name], language)}" for one in methods if one.name in AIMS]
    notes += [_estimated(one, language) for one in methods if one.draws is not None]
    return table(head, rows) + "\n\n" + "\n".join(_item(note) for note in notes)


def _figures(method: Method, language: str) -> list[str]:
    found = method.figures
    chances = (found.lowest, found.highest, found.geometric_mean)
    return [
        *(percent(chance, language, 2) for chance in chances),
        _decimal(found.gini, language, 3),
        str(found.at_zero),
    ]


def _estimated(method: Method, language: str) -> str:
    return say(
        _("{method}: its chances are estimates from {draws} draws; at zero: never drawn in them"),
        language,
        method=method.name,
        draws=method.draws,
    )


def _panel(groups: Sequence[Group], language: str) -> str:
    """The shares per group; a column that nobody filled is left out."""
    if not groups:
        return ""
    columns: dict[str, list[float | None]] = {
        say(_("population"), language): [one.population for one in groups],
        say(_("pool"), language): [*(one.pool for one in groups)],
        say(_("expected"), language): [*(one.expected for one in groups)],
        say(_("drawn"), language): [one.drawn for one in groups],
    }
    told = {name: shares for name, shares in columns.items() if any(share is not None for share in shares)}
    rows = [[one.label, *(_share(shares[i], language) for shares in told.values())] for i, one in enumerate(groups)]
    return table([say(_("Who is on the panel"), language), *told], rows)


def _share(share: float | None, language: str) -> str:
    return "" if share is None else percent(share, language)


def _road(report: Report, language: str) -> str:
    if report.whole is None:
        return ""
    sentence = _(
        "Letter and draw together: somebody who says yes when a letter comes "
        "has a chance between {lowest} and {highest} to sit on the panel."
    )
    lowest, highest = (percent(chance, language, 3) for chance in report.whole)
    return fill(say(sentence, language, lowest=lowest, highest=highest), WIDTH)


def _never(report: Report, language: str) -> str:
    if not report.excluded:
        return ""
    number = sum(len(one.ids) for one in report.excluded)
    head = say_many(ngettext("{n} person can never be drawn:", "{n} people can never be drawn:"), number, language)
    return "\n".join([head, *(_item(one.sentence(language)) for one in report.excluded)])


def _item(sentence: str) -> str:
    return fill(sentence, WIDTH, initial_indent="- ", subsequent_indent="  ")


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Names to the left, numbers to the right under their heads; a name that is too long takes more lines.

    >>> print(table(["who", "pool"], [["young", "8.0 %"], ["old", "92.0 %"]]))
    who      pool
    -------------
    young   8.0 %
    old    92.0 %
    """
    widths = [max(len(row[c]) for row in [head, *rows]) + 2 for c in range(1, len(head))]
    names = min(max(len(row[0]) for row in [head, *rows]), WIDTH - sum(widths))
    lines = [_row(row, names, widths) for row in [head, *rows]]
    return "\n".join([lines[0], "-" * (names + sum(widths)), *lines[1:]])


def _row(cells: Sequence[str], names: int, widths: Sequence[int]) -> str:
    lines = wrap(cells[0], names) or [""]
    numbers = "".join(cell.rjust(width) for cell, width in zip(cells[1:], widths, strict=True))
    return "\n".join([*lines[:-1], (lines[-1].ljust(names) + numbers).rstrip()])
