"""What a budget says when it cannot do what was asked: one sentence per code, English here, Dutch in the catalogue."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

from samenraad.methods.language import _, say
from samenraad.methods.sortition.sentences import Speaks, decimal

#: so many items of a long list are named, the rest is counted
NAMED = 10

#: code -> sentence; its {facts} are those of the refusal or of the mistake in a file
SENTENCES: dict[str, str] = {
    "budgeting.cost": _("A project costs more than nothing. Look at the cost of {ids}."),
    "budgeting.budget": _("The budget cannot be below zero; {budget} is."),
    "budgeting.twice": _("These numbers stand on more than one project: {ids}."),
    "budgeting.unknown": _("These projects are not in the list: {ids}."),
    "budgeting.points": _("A ballot names each project once, with points above zero. This one does not: {ids}."),
    "budgeting.kind": _("“{kind}” is not a kind of ballot. The kinds are: {kinds}."),
    "budgeting.setting": _("The setting {name} cannot be “{value}”. Choose from: {allowed}."),
    "budgeting.rule": _("“{rule}” is not a rule. The rules are: {rules}."),
    "budgeting.many_shares": _(
        "After {shares} steps of {increment} the share still rises. Choose a larger step, or let the count jump."
    ),
    "budgeting.margin": _("{id} takes no part or has won, so it lacks nothing."),
    # a file as a whole
    "budgeting.files": _("This file cannot be used yet. What has to be put right:\n{problems}"),
    "budgeting.more_like_this": _("and {number} more mistakes of the kind of which you see {told} above."),
    "budgeting.unopened": _("there is no such file, or it cannot be opened."),
    "budgeting.too_large": _("this file is too large: at most 500 MB is read."),
    "budgeting.not_text": _("this is not a text file."),
    "budgeting.taken": _("{file} is there already. Choose another name."),
    "budgeting.section_missing": _("the part {section} is missing. A .pb file has META, PROJECTS and VOTES."),
    "budgeting.section_twice": _("the part {section} begins a second time."),
    "budgeting.before_sections": _("this line stands before the first part. A .pb file begins with META."),
    "budgeting.quotes": _("a quotation mark is not closed, or a cell is too long."),
    "budgeting.no_columns": _("the part {section} has no line with column names."),
    "budgeting.column_missing": _("the part {section} has no column “{column}”."),
    "budgeting.column_twice": _("there is more than one column “{column}”."),
    "budgeting.cells": _("there are {found} cells, and {columns} columns."),
    # the lines of a file
    "budgeting.meta_missing": _("“{key}” is missing in META."),
    "budgeting.meta_twice": _("“{key}” stands in META a second time."),
    "budgeting.meta_number": _("“{text}” cannot be the {key}. Write a number that is not below zero."),
    "budgeting.vote_type": _("“{text}” is not a vote type. The types are: {types}."),
    "budgeting.project_missing": _("this project has no number."),
    "budgeting.project_twice": _("there is a project {id} already."),
    "budgeting.cost_wrong": _("“{text}” is not a cost. Write an amount above zero, such as 1500 or 1500.50."),
    "budgeting.voter_missing": _("this voter has no number."),
    "budgeting.voter_twice": _("voter {id} has voted already."),
    "budgeting.vote_unknown": _("there is no project {id}."),
    "budgeting.vote_twice": _("project {id} is named twice in one vote."),
    "budgeting.vote_one": _("only one project may be named, and there are {found}."),
    "budgeting.points_count": _("there are {found} numbers of points for {named} projects."),
    "budgeting.points_wrong": _("“{text}” is not a number of points. Write a number that is not below zero."),
    # what is odd but no reason to stop
    "budgeting.counts_differ": _("META says {said} {what}; the file has {found}."),
    "budgeting.votes_differ": _("project {id} has {found} votes in the ballots, and {said} in the list of projects."),
    "budgeting.length_differs": _("{found} voters named fewer or more projects than {low} to {high}. They count."),
}


def spoken(fact: object, language: str = "en") -> str:
    """A fact as it stands in a sentence: lists joined, sentences on lines of their own, money as people write it."""
    if isinstance(fact, Speaks):
        return fact.sentence(language)
    if isinstance(fact, Collection) and not isinstance(fact, str):
        return _listed(list(fact), language)
    if isinstance(fact, Fraction):
        return amount(fact, language)
    return str(fact)


def _listed(facts: list[object], language: str) -> str:
    if facts and all(isinstance(fact, Speaks) for fact in facts):
        return "\n".join(spoken(fact, language) for fact in facts)
    named = ", ".join(spoken(fact, language) for fact in facts[:NAMED])
    left = len(facts) - NAMED
    return named if left <= 0 else say(_("{named} and {n} more"), language, named=named, n=left)


def amount(money: int | Fraction, language: str = "en") -> str:
    """Money as people write it: whole, or rounded to cents, which is said nowhere because cents are small.

    >>> amount(1234567), amount(Fraction(4001, 3)), amount(Fraction(3, 2), "nl")
    ('1,234,567', '1,333.67', '1,50')
    """
    exact = Fraction(money)
    text = f"{exact.numerator:,}" if exact.denominator == 1 else f"{round(exact * 100) / 100:,.2f}"
    return text.translate(str.maketrans(",.", ".,")) if language == "nl" else text


def votes_of(number: Fraction | float, language: str = "en") -> str:
    """A number of effective votes, with one digit behind the point where it needs one.

    >>> votes_of(Fraction(12)), votes_of(12.349, "nl")
    ('12', '12,3')
    """
    rounded = round(float(number), 1)
    return amount(int(rounded), language) if rounded.is_integer() else decimal(rounded, 12, language)
