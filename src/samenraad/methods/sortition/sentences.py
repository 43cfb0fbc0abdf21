"""What a draw says when it cannot do what was asked: one sentence per code, English here, Dutch in the catalogue."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from typing import Protocol, runtime_checkable

from samenraad.methods.language import _, ngettext, say_many
from samenraad.methods.sortition.draw.sentences import DRAW
from samenraad.methods.sortition.letters.sentences import LETTERS
from samenraad.methods.sortition.reading.sentences import FILES
from samenraad.methods.sortition.report.sentences import REPORT

#: code -> sentence; its {facts} are those of the refusal or of the mistake in a file
SENTENCES: dict[str, str] = {
    **FILES,
    **DRAW,
    **LETTERS,
    **REPORT,
    # the command line
    "sortition.option_missing": _("{command} still needs: {option}. Try {command} --help."),
    "sortition.option_unknown": _("{command} does not know {option}. Try {command} --help."),
    "sortition.option_value": _("{command}: what is given for {option} does not fit. Try {command} --help."),
    "sortition.command": _("{command} does not understand this: {message}. Try {command} --help."),
    # the pool and the quotas
    "sortition.twice": _("These numbers stand more than once in the pool: {ids}."),
    "sortition.min_above_max": _(
        "{quota}: the minimum is {min} and the maximum {max}. "
        "Neither may be below 0, and the minimum may not be higher than the maximum."
    ),
    "sortition.quota_twice": _("There is more than one quota for {quotas}."),
    "sortition.unknown": _("Somebody who is already in does not stand in the pool: {ids}."),
    "sortition.seats": _(
        "{seats} seats is too few: there must be at least one, and one for everybody who is already in ({already})."
    ),
    "sortition.household_already": _("Two people who are already in live at one address: look at {ids}."),
    "sortition.missing": _("The pool does not say the {category} of {ids}."),
    # whether there is a panel
    "sortition.solver": _("The computation came to no answer. Try again, and tell us if it stays so."),
    "sortition.no_panel": _(
        "No panel meets these quotas. To see which of them clash, and what would help: samenraad describe."
    ),
    "sortition.no_conflict": _("These quotas can be met, so there is nothing that clashes."),
    # who may leave, and who comes instead
    "sortition.no_past": _("There are no earlier panels to learn from how many people leave."),
    "sortition.smoothing": _("The smoothing must be above zero; {smoothing} is not."),
    "sortition.chance": _("The chance that somebody leaves lies between 0 and 1, and a factor is 0 or more."),
    "sortition.stays_and_leaves": _("Somebody cannot both stay and leave: {ids}."),
    "sortition.confirmed": _(
        "Somebody you want to be sure of cannot join: is on the panel already, leaves it, or lives with another "
        "member: {ids}."
    ),
    "sortition.substitutes": _(
        "{how_many} substitutes is too few: there must be at least one, and one for everybody appointed already "
        "({already})."
    ),
    "sortition.scenarios": _("At least one scenario of people leaving is needed; {scenarios} is too few."),
    "sortition.substitute_shut_out": _(
        "Somebody appointed as a substitute sits on the panel, or lives with a member or another substitute: {ids}."
    ),
}

#: so many items of a long list are named, the rest is counted
NAMED = 10


@runtime_checkable
class Speaks(Protocol):
    """A fact that is a sentence by itself."""

    def sentence(self, language: str) -> str: ...


def spoken(fact: object, language: str = "en") -> str:
    """A fact as it stands in a sentence: lists joined and kept short, sentences on lines of their own."""
    if isinstance(fact, Speaks):
        return fact.sentence(language)
    if isinstance(fact, Collection) and not isinstance(fact, str):
        return _listed(list(fact), language)
    if isinstance(fact, (float, Fraction)):
        return decimal(float(fact), 4, language)
    return str(getattr(fact, "label", fact))


def decimal(number: float, digits: int, language: str = "en") -> str:
    """A number with so many significant digits at most, with the decimal sign of the language.

    >>> decimal(0.125, 2, "en"), decimal(1.5, 4, "nl")
    ('0.12', '1,5')
    """
    text = f"{number:.{digits}g}"
    return text.replace(".", ",") if language == "nl" else text


def percent(share: float, language: str = "en") -> str:
    """
    >>> percent(0.125), percent(0.125, "nl")
    ('12.5 %', '12,5 %')
    """
    return f"{decimal(round(share * 100, 1), 4, language)} %"


def _listed(facts: list[object], language: str) -> str:
    if facts and all(isinstance(fact, Speaks) for fact in facts):
        return "\n".join(spoken(fact, language) for fact in facts)
    named = ", ".join(spoken(fact, language) for fact in facts[:NAMED])
    left = len(facts) - NAMED
    if left <= 0:
        return named
    return say_many(ngettext("{named} and {n} more", "{named} and {n} more"), left, language, named=named)
