"""Reading questionnaires: what is asked, what was answered, how the answers are spread, and the exports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from samenraad.cards import Table
from samenraad.people.models import Person, Place
from samenraad.processes.models import Process
from samenraad.questionnaires.models import Answer, AnswerSet, Item, Question, Questionnaire
from samenraad.questionnaires.rules import Asked
from samenraad.texts import translated


def items(questionnaire: Questionnaire) -> QuerySet[Item]:
    return questionnaire.items.select_related("question", "condition")


def asked(questionnaire: Questionnaire) -> list[Asked]:
    """The questions as the rules want them."""
    found = list(items(questionnaire))
    places = place_codes(questionnaire) if any(one.question.kind == Question.Kind.PLACE for one in found) else ()
    return [_asked(item, places) for item in found]


def _asked(item: Item, places: tuple[str, ...]) -> Asked:
    question = item.question
    is_place = question.kind == Question.Kind.PLACE
    return Asked(
        key=question.key,
        kind=question.kind,
        options=places if is_place else tuple(option["key"] for option in question.options),
        least=question.least,
        most=question.most,
        required=item.required,
        begins_page=bool(item.heading),
        condition=item.condition.key if item.condition else "",
        values=tuple(item.values),
    )


def places(questionnaire: Questionnaire) -> QuerySet[Place]:
    """The neighbourhoods and districts that a question about a place offers: all below the place of the process."""
    town = questionnaire.process.place
    below = Place.objects.filter(parent=town) | Place.objects.filter(parent__parent=town)
    return below.order_by("name")


def place_codes(questionnaire: Questionnaire) -> tuple[str, ...]:
    return tuple(places(questionnaire).values_list("code", flat=True))


def values_of(answers: AnswerSet) -> dict[str, Any]:
    """Question id -> answer."""
    return dict(answers.answers.values_list("question__key", "value"))


def counted(questionnaire: Questionnaire) -> QuerySet[AnswerSet]:
    """The answers that count: handed in, and no tests."""
    return questionnaire.sets.filter(test=False).exclude(handed_in_at=None)


def choices(question: Question, questionnaire: Questionnaire | None = None) -> list[tuple[str, str]]:
    """What can be chosen, in the reader's language."""
    if question.kind == Question.Kind.PLACE and questionnaire is not None:
        return [(place.code, place.name) for place in places(questionnaire)]
    return [(option["key"], str(translated(option["text"]))) for option in question.options]


def in_words(question: Question, value: Any, questionnaire: Questionnaire | None = None) -> str:
    """An answer as one reads it."""
    if value is None:
        return ""
    names = dict(choices(question, questionnaire))
    return ", ".join(names.get(one, str(one)) for one in (value if isinstance(value, list) else [value]))


@dataclass(frozen=True)
class Spread:
    """How often each answer was given. `of` is the number of people who were asked this question and handed in."""

    question: Question
    counts: tuple[tuple[str, int], ...]
    answered: int
    of: int


def spread(questionnaire: Questionnaire, question: Question, moment: str = "") -> Spread:
    """Of own words and dates only the number is told."""
    sets = counted(questionnaire).filter(moment=moment)
    given = Answer.objects.filter(answer_set__in=sets, question=question).values_list("value", flat=True)
    found = Counter(one for value in given for one in (value if isinstance(value, list) else [value]))
    closed = question.kind not in (Question.Kind.TEXT, Question.Kind.DATE)
    rows = tuple((name, found[key]) for key, name in _answers_to(question, questionnaire, found)) if closed else ()
    return Spread(question, rows, len(given), sets.count())


def spreads(questionnaire: Questionnaire) -> list[Spread]:
    """Of every question, in order."""
    return [spread(questionnaire, item.question) for item in items(questionnaire)]


def _answers_to(question: Question, questionnaire: Questionnaire, found: Mapping[Any, int]) -> list[tuple[Any, str]]:
    if question.kind == Question.Kind.SCALE:
        return [(number, str(number)) for number in range(question.least or 0, (question.most or 0) + 1)]
    if question.kind == Question.Kind.NUMBER:
        return [(number, str(number)) for number in sorted(found)]
    return list(choices(question, questionnaire))


@dataclass(frozen=True)
class Shift:
    """The same question asked twice to the same people (R002): only pairs are compared, who answered once is lost."""

    pairs: tuple[tuple[int, int], ...]
    only_before: int
    only_after: int

    @property
    def mean(self) -> float | None:
        return sum(after - before for before, after in self.pairs) / len(self.pairs) if self.pairs else None


def shift(question: Question, before: tuple[Questionnaire, str], after: tuple[Questionnaire, str]) -> Shift:
    """`before` and `after` are a questionnaire and a moment; numbers and scales only."""
    first, last = (_by_person(question, *when) for when in (before, after))
    both = sorted(first.keys() & last.keys())
    return Shift(
        pairs=tuple((first[person], last[person]) for person in both),
        only_before=len(first) - len(both),
        only_after=len(last) - len(both),
    )


def _by_person(question: Question, questionnaire: Questionnaire, moment: str) -> dict[int, int]:
    sets = counted(questionnaire).filter(moment=moment).exclude(person=None)
    given = Answer.objects.filter(answer_set__in=sets, question=question)
    return dict(given.values_list("answer_set__person_id", "value"))


def codebook(questionnaire: Questionnaire) -> Iterator[list[Any]]:
    """What each column of the export means: a row per question and possible answer, in the town's own words."""
    for item in items(questionnaire):
        question = item.question
        meanings = choices(question, questionnaire) or [("", "")]
        for key, name in meanings:
            yield [question.key, question.kind, str(question.text), key, name, question.least, question.most]


CODEBOOK = ["question", "kind", "text", "answer", "meaning", "least", "most"]


def rows(questionnaire: Questionnaire) -> Iterator[list[Any]]:
    """One row per person who handed in, in no order that says who: what says who somebody is stays out."""
    keys = columns(questionnaire)
    given: dict[int, dict[str, Any]] = {}
    found = Answer.objects.filter(answer_set__in=counted(questionnaire), question__key__in=keys)
    for pk, key, value in found.values_list("answer_set", "question__key", "value"):
        given.setdefault(pk, {})[key] = "|".join(value) if isinstance(value, list) else value
    facts = counted(questionnaire).values_list("pk", "moment", "channel", "language")
    made = [[*fact, *(given.get(pk, {}).get(key, "") for key in keys)] for pk, *fact in facts]
    yield from sorted(made, key=lambda row: [str(cell) for cell in row])


def columns(questionnaire: Questionnaire) -> list[str]:
    closed = items(questionnaire).filter(question__personal=False).exclude(question__kind=Question.Kind.TEXT)
    return [item.question.key for item in closed]


def answers_table(questionnaire: Questionnaire) -> Table:
    header = ["moment", "channel", "language", *columns(questionnaire)]
    return Table(f"questionnaire-{questionnaire.pk}", header, rows(questionnaire))


def codebook_table(questionnaire: Questionnaire) -> Table:
    return Table(f"questionnaire-{questionnaire.pk}-codebook", CODEBOOK, codebook(questionnaire))


def tables(process: Process) -> list[Table]:
    """What everybody may count again: how often each answer was given, never what one person answered. Only of
    questionnaires that are closed: while one is open nobody looks into it."""
    closed = process.questionnaires.exclude(closed_at=None)
    return [make(one) for one in closed for make in (counts_table, codebook_table)]


#: a number of people smaller than this says too much about each of them
FEW = 5


def counts_table(questionnaire: Questionnaire) -> Table:
    header = ["moment", "question", "answer", "people"]
    return Table(f"questionnaire-{questionnaire.pk}-counts", header, _counts(questionnaire))


def _counts(questionnaire: Questionnaire) -> Iterator[list[Any]]:
    moments = sorted(set(counted(questionnaire).values_list("moment", flat=True)))
    for moment in moments:
        for item in items(questionnaire).filter(question__personal=False):
            own_number = item.question.kind == Question.Kind.NUMBER  # the answer itself may say who gave it
            for name, people in spread(questionnaire, item.question, moment).counts:
                if people >= FEW or not own_number:
                    yield [moment, item.question.key, name, people if people >= FEW or not people else f"<{FEW}"]


@dataclass(frozen=True)
class DeskRow:
    questionnaire: Questionnaire
    questions: int
    handed_in: int


def desk_rows(process: Process) -> list[DeskRow]:
    handed_in = Count("sets", filter=Q(sets__test=False, sets__handed_in_at__isnull=False), distinct=True)
    found = process.questionnaires.annotate(asked=Count("items", distinct=True), done=handed_in).order_by("-id")
    return [DeskRow(one, one.asked, one.done) for one in found]


def questions_elsewhere(questionnaire: Questionnaire) -> QuerySet[Question]:
    """Questions of other questionnaires, to ask again under the same id."""
    return Question.objects.exclude(items__questionnaire=questionnaire).order_by("key")


def by_channel(questionnaire: Questionnaire) -> list[tuple[str, int]]:
    counts = counted(questionnaire).values_list("channel").annotate(n=Count("pk")).order_by("channel")
    return [(str(AnswerSet(channel=channel).get_channel_display()), n) for channel, n in counts]


def known(person: Person) -> Sequence[dict[str, Any]]:
    """All answers of this person, as they read them."""
    sets = person.answer_sets.select_related("questionnaire").prefetch_related("answers__question")
    return [
        {
            "questionnaire": str(answers.questionnaire),
            "moment": answers.moment,
            "channel": answers.channel,
            "handed_in": answers.handed_in_at.isoformat() if answers.handed_in_at else "",
            "answers": {str(one.question): in_words(one.question, one.value) for one in answers.answers.all()},
        }
        for answers in sets
    ]
