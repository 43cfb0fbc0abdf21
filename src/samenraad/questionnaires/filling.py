"""Filling in, page by page: what any page needs that asks the questions of a questionnaire."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from samenraad.questionnaires import queries, rules
from samenraad.questionnaires.forms import PageForm
from samenraad.questionnaires.models import AnswerSet, Item, Question


def road(answers: AnswerSet) -> list[list[rules.Asked]]:
    """The pages on the road of the answers so far; conditions that are not decided yet may still add some."""
    asked = rules.followed(queries.asked(answers.questionnaire), queries.values_of(answers))
    return rules.pages(asked)


@dataclass(frozen=True)
class Page:
    """One page of questions: which one of how many, its heading, and the form that it is."""

    number: int
    of: int
    heading: Any
    form: PageForm


def page(answers: AnswerSet, number: int, data: Any = None) -> Page | None:
    """None when the road has no such page (any more)."""
    pages = road(answers)
    if not 1 <= number <= len(pages):
        return None
    keys = {one.key for one in pages[number - 1]}
    items: list[Item] = [item for item in queries.items(answers.questionnaire) if item.question.key in keys]
    given = queries.values_of(answers)
    form = PageForm(data, items=items, answers=given, questionnaire=answers.questionnaire)
    return Page(number, len(pages), items[0].heading, form)


@dataclass(frozen=True)
class Row:
    """One line of the review: what was asked, the answer in words, and the page to change it on."""

    question: Question
    answer: str
    page: int
    missing: bool


def rows(answers: AnswerSet) -> list[Row]:
    given = queries.values_of(answers)
    questions = {item.question.key: item.question for item in queries.items(answers.questionnaire)}
    found = []
    for number, on_page in enumerate(road(answers), 1):
        for asked in on_page:
            question, value = questions[asked.key], given.get(asked.key)
            words = queries.in_words(question, value, answers.questionnaire)
            found.append(Row(question, words, number, asked.required and value is None))
    return found
