"""What `samenraad invite` tells on the screen: one table and some sentences."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from samenraad.methods.language import _, say
from samenraad.methods.sortition.letters.addressees import Invited, LetterDraw
from samenraad.methods.sortition.letters.groups import TOO_YOUNG
from samenraad.methods.sortition.letters.how_many import LetterPlan
from samenraad.methods.sortition.letters.receipt import Receipt
from samenraad.methods.sortition.letters.sentences import LETTERS
from samenraad.methods.sortition.letters.strata import Notice, Share
from samenraad.methods.sortition.sentences import spoken

#: facts that are parts of a whole, and read as percentages
_PARTS = {"share", "wanted", "reached"}


def summary(draw: LetterDraw, plan: LetterPlan, written: Receipt, paths: tuple[Path, ...], language: str = "en") -> str:
    """The whole text, in this language."""
    parts = (_who(draw, language), _table(draw, plan, language), _outcome(draw, plan, language))
    told = "\n\n".join("\n".join(part) for part in parts)
    return "\n".join([told, *_files(written, paths, language)])


def percent(part: float | Fraction, language: str = "en") -> str:
    """A part as a percentage with three figures.

    >>> percent(0.25), percent(Fraction(1, 300), "nl")
    ('25 %', '0,333 %')
    """
    return number(float(part) * 100, language) + " %"


def number(value: float, language: str = "en") -> str:
    """
    >>> number(12345), number(12345.678, "nl"), number(0.04567)
    ('12,345', '12.346', '0.0457')
    """
    text = f"{value:,.0f}" if value == int(value) or abs(value) >= 100 else f"{value:.3g}"
    return text.translate(str.maketrans(",.", ".,")) if language == "nl" else text


def _who(draw: LetterDraw, language: str) -> Iterator[str]:
    register = draw.register
    people, rows = sum(register.people.values()), len(register.group)
    yield say(
        _("{rows} rows in the register; {people} people can get a letter."),
        language,
        rows=number(rows, language),
        people=number(people, language),
    )
    for reason, left_out in register.left_out.items():
        yield say(
            _("Left out ({reason}): {number}"),
            language,
            reason=_reason(reason, language),
            number=number(left_out, language),
        )


def _reason(reason: str, language: str) -> str:
    return say(_("too young"), language) if reason == TOO_YOUNG else reason


def _table(draw: LetterDraw, plan: LetterPlan, language: str) -> Iterator[str]:
    head = (_("Stratum"), _("People"), _("Letters"), _("Chance"), _("Will say yes"))
    rows = [[say(name, language) for name in head]]
    rows += [_row(stratum, share, language) for stratum, share in zip(draw.strata, plan.shares, strict=True)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *rest in rows:
        yield first.ljust(widths[0]) + "".join(
            f"  {cell.rjust(width)}" for cell, width in zip(rest, widths[1:], strict=True)
        )


def _row(stratum: Invited, share: Share, language: str) -> list[str]:
    expected = f"{number(share.expected, language)} ({share.low}-{share.high})"
    counts = [number(count, language) for count in (stratum.people, len(stratum.rows))]
    return [stratum.label, *counts, percent(stratum.chance, language), expected]


def _outcome(draw: LetterDraw, plan: LetterPlan, language: str) -> Iterator[str]:
    yield say(
        _("{letters} letters. About {expected} people will say yes; {confidence} sure: from {low} to {high}."),
        language,
        letters=number(draw.invited, language),
        expected=number(plan.expected, language),
        confidence=percent(plan.confidence, language),
        low=number(plan.low, language),
        high=number(plan.high, language),
    )
    if plan.enough is not None:
        text = _("The chance that at least as many people say yes as there are seats is {chance}.")
        yield say(text, language, chance=percent(plan.enough, language))
    if plan.complete:
        text = _("The chance that every stratum fills its own seats is at least {chance}.")
        yield say(text, language, chance=percent(plan.complete, language))
    for notice in (*plan.notices, *draw.notices):
        yield say(_("Note: {notice}"), language, notice=_spoken(notice, language))


def _spoken(notice: Notice, language: str) -> str:
    facts = {name: _fact(name, fact, notice.code, language) for name, fact in notice.facts.items()}
    return say(LETTERS[notice.code], language, **facts)


def _fact(name: str, fact: object, code: str, language: str) -> str:
    if not isinstance(fact, (int, float, Fraction)):
        return spoken(fact, language)
    is_part = name in _PARTS and code != "sortition.too_few"
    return percent(fact, language) if is_part else number(float(fact), language)


def _files(written: Receipt, paths: tuple[Path, ...], language: str) -> Iterator[str]:
    yield say(_("The list, for who sends the letters: {path}"), language, path=paths[0])
    yield say(_("The receipt, which may be public: {path}"), language, path=paths[1])
    yield say(_("Digest of the list: {digest}"), language, digest=written.digest)
