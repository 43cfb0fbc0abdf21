"""What a draw says when it cannot do what was asked: one sentence per code, English here, Dutch in the catalogue."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from typing import Protocol, runtime_checkable

from samenraad.methods.language import _, ngettext, say, say_many
from samenraad.methods.sortition.draw_sentences import DRAW
from samenraad.refusals import Refusal

#: code -> sentence; its {facts} are those of the refusal or of the mistake in a file
SENTENCES: dict[str, str] = {
    **DRAW,
    # the command line
    "sortition.option_missing": _("{command} still needs: {option}. Try {command} --help."),
    "sortition.option_unknown": _("{command} does not know {option}. Try {command} --help."),
    "sortition.option_value": _("{command}: what is given for {option} does not fit. Try {command} --help."),
    "sortition.command": _("{command} does not understand this: {message}. Try {command} --help."),
    # files as a whole
    "sortition.files": _("This cannot be used yet. What has to be put right:\n{problems}"),
    "sortition.more_like_this": _("and {number} more mistakes of the kind of which you see {told} above."),
    "sortition.unopened": _("there is no such file, or it cannot be opened."),
    "sortition.no_file": _("{file}: there is no such file, or it cannot be opened."),
    "sortition.too_large": _("this file is too large: at most 100 MB and a million rows are read."),
    "sortition.empty_file": _("this file is empty."),
    "sortition.only_header": _("there is a row with column names, but nothing below it."),
    "sortition.not_a_table": _("this is not a table. Save it as CSV or as xlsx, and try again."),
    "sortition.old_excel": _("this is an old Excel file (xls). Save it as xlsx or as CSV, and try again."),
    "sortition.needs_openpyxl": _(
        "to read xlsx files, openpyxl is needed: pip install openpyxl. Or save the file as CSV, and try again."
    ),
    "sortition.no_sheet": _("there is no sheet “{sheet}”. The sheets are: {sheets}."),
    "sortition.quotes": _("a quotation mark is not closed, or stands in the wrong place."),
    "sortition.cell_too_long": _("there is a cell with more than 32,767 characters."),
    # columns
    "sortition.column_missing": _("there is no column “{wanted}”. The columns are: {columns}."),
    "sortition.column_twice": _("there is more than one column with this name."),
    "sortition.columns_collide": _("Two columns would have the same name: {columns}. Give the category another name."),
    "sortition.too_many_cells": _(
        "there are more cells than the {columns} columns. Perhaps a text with a comma needs quotation marks."
    ),
    # quotas in a file
    "sortition.cell_missing": _("this cell is empty."),
    "sortition.pair": _(
        "“{category}” is read as two different categories, so the value must be two values, as in “16-24 & north”."
    ),
    "sortition.group_twice": _("{group} has a quota already, on line {first}."),
    "sortition.not_whole": _("“{text}” is not a whole number."),
    "sortition.negative": _("{text} is below zero."),
    "sortition.row_min_above_max": _("the minimum ({min}) is higher than the maximum ({max})."),
    "sortition.min_flex_outside": _("min_flex ({flex}) may not be higher than the minimum ({min})."),
    "sortition.max_flex_outside": _("max_flex ({flex}) may not be lower than the maximum ({max})."),
    "sortition.sum_above_seats": _(
        "the minimums of {category} sum to {sum}, which is more than the {seats} seats. Lower some of them."
    ),
    "sortition.sum_below_seats": _(
        "the maximums of {category} sum to {sum}, which is fewer than the {seats} seats. Raise some of them."
    ),
    "sortition.no_seats_fit": _(
        "no number of seats fits: the minimums of {category} sum to {low}, the maximums of {other} to only {high}."
    ),
    # figures of the population
    "sortition.no_seats": _("{seats} seats is too few: there must be at least one."),
    "sortition.room": _("The room around the quotas cannot be below zero ({room})."),
    "sortition.needs_seats": _("these are figures of the population; to make quotas of them, say how many seats."),
    "sortition.not_a_share": _("“{text}” is not a share (such as 0.125 or 12.5 %) or a number of people."),
    "sortition.share_twice": _("{group} has a figure already, on line {first}."),
    "sortition.share_wrong": _("{category}, {value}: {share} is not a share or a number of people."),
    "sortition.shares_sum": _("the shares of {category} sum to {sum}, not to 1 or to 100 %."),
    "sortition.pair_names": _(
        "these names do not fit: {names}. Figures are about one category, or about two different ones with a value "
        "of each."
    ),
    "sortition.shares_disagree": _(
        "the figures contradict one another: for {category}, {value} the intersections sum to {in_pairs}, "
        "and elsewhere it is {alone}."
    ),
    # people in a file
    "sortition.id_sign": _(
        "“{id}” has a sign that a number in a public list cannot have: a comma or a quotation mark."
    ),
    "sortition.id_twice": _("{id} stands on line {first} already."),
    "sortition.value_like": _("“{value}” has no quota. Did you mean “{nearest}”?"),
    "sortition.value_unknown": _("“{value}” has no quota. The values are: {values}."),
    "sortition.already_unknown": _("{id} should be in already, but does not stand in this file."),
    "sortition.mark_unknown": _("“{mark}” does not say whether somebody is in already. Write yes or no."),
    "sortition.not_written": _("{file} cannot be written."),
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
}

#: so many items of a long list are named, the rest is counted
NAMED = 10


@runtime_checkable
class Speaks(Protocol):
    """A fact that is a sentence by itself."""

    def sentence(self, language: str) -> str: ...


def explain(refusal: Refusal, language: str = "en") -> str:
    """The refusal as a sentence in this language. An unknown code is a defect, and shows as itself.

    >>> explain(Refusal("sortition.twice", ids=["p1", "p7"]))
    'These numbers stand more than once in the pool: p1, p7.'
    """
    sentence = SENTENCES.get(refusal.code)
    if sentence is None:
        return str(refusal)
    return say(sentence, language, **{name: spoken(fact, language) for name, fact in refusal.facts.items()})


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
