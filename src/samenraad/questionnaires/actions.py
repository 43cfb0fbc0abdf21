"""Making a questionnaire, publishing it, and answering it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from samenraad.ledger.actions import note
from samenraad.people.models import Channel, Person
from samenraad.processes.models import Process
from samenraad.questionnaires import queries, rules
from samenraad.questionnaires.models import Answer, AnswerSet, Item, Question, Questionnaire
from samenraad.refusals import Refusal

CHOICES = (Question.Kind.ONE, Question.Kind.SEVERAL)


@transaction.atomic
def start(*, process: Process, title: Any, by: Person | None, intro: Any = "") -> Questionnaire:
    made = Questionnaire.objects.create(process=process, title=title, intro=intro)
    note("questionnaire.started", made, thread=process, who=by)
    return made


@transaction.atomic
def save_question(*, question: Question, options: Iterable[Mapping[str, Any]] = ()) -> Question:
    """Keep a new question, or the new words of one that nobody answered yet."""
    if question.pk and question.answers.exists():
        raise Refusal("questionnaires.answered")
    question.options = [dict(option) for option in options] if question.kind in CHOICES else []
    keys = [option["key"] for option in question.options]
    double = next((key for key in keys if keys.count(key) > 1), None)
    if double is not None:
        raise Refusal("questionnaires.option_twice", option=double)
    if question.kind in CHOICES and len(keys) < 2:
        raise Refusal("questionnaires.options")
    question.save()
    return question


@transaction.atomic
def add(
    *,
    questionnaire: Questionnaire,
    question: Question,
    required: bool = False,
    heading: Any = "",
    condition: Question | None = None,
    values: Iterable[Any] = (),
) -> Item:
    """Put a question at the end."""
    _must_be_a_draft(questionnaire)
    if questionnaire.items.filter(question=question).exists():
        raise Refusal("questionnaires.twice")
    last = questionnaire.items.aggregate(last=Max("position"))["last"] or 0
    return Item.objects.create(
        questionnaire=questionnaire,
        question=question,
        position=last + 1,
        required=required,
        heading=heading,
        condition=condition,
        values=list(values),
    )


@transaction.atomic
def write(*, item: Item, question: Question, options: Iterable[Mapping[str, Any]], **place: Any) -> Item:
    """A question and its place: a new one, or other words and another condition for one that is there. A question that
    was answered elsewhere keeps its words; only its place here can change."""
    _must_be_a_draft(item.questionnaire)
    if question.pk is None or not question.answers.exists():
        question = save_question(question=question, options=options)
    if item.pk is None:
        return add(questionnaire=item.questionnaire, question=question, **place)
    return change(item=item, **place)


@transaction.atomic
def change(*, item: Item, **fields: Any) -> Item:
    _must_be_a_draft(item.questionnaire)
    for name, value in fields.items():
        setattr(item, name, value)
    item.save()
    return item


@transaction.atomic
def move(*, item: Item, up: bool) -> Item:
    """One place up or down; at the end nothing happens."""
    _must_be_a_draft(item.questionnaire)
    others = item.questionnaire.items.select_for_update()
    beside = (
        others.filter(position__lt=item.position).order_by("-position").first()
        if up
        else others.filter(position__gt=item.position).order_by("position").first()
    )
    if beside is not None:
        item.position, beside.position = beside.position, item.position
        item.save(update_fields=["position"])
        beside.save(update_fields=["position"])
    return item


@transaction.atomic
def remove(*, item: Item) -> None:
    """Take a question out of this questionnaire; the question itself stays, for it may stand in others."""
    _must_be_a_draft(item.questionnaire)
    item.delete()


def _must_be_a_draft(questionnaire: Questionnaire) -> None:
    if questionnaire.fixed_at is not None:
        raise Refusal("questionnaires.fixed")


@transaction.atomic
def publish(*, questionnaire: Questionnaire, by: Person | None) -> Questionnaire:
    """From now on it can be answered, and no question changes any more."""
    questionnaire = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    if questionnaire.fixed_at is not None:
        return questionnaire
    asked = queries.asked(questionnaire)
    if not asked:
        raise Refusal("questionnaires.empty")
    wrong = rules.wrong_conditions(asked)
    if wrong:
        raise Refusal("questionnaires.conditions", questions=", ".join(wrong))
    questionnaire.fixed_at = timezone.now()
    questionnaire.save(update_fields=["fixed_at"])
    note("questionnaire.published", questionnaire, thread=questionnaire.process, who=by, questions=len(asked))
    return questionnaire


@transaction.atomic
def close(*, questionnaire: Questionnaire, by: Person | None) -> Questionnaire:
    """No more answers. What was handed in counts; drafts do not."""
    questionnaire = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    if questionnaire.fixed_at is None:
        raise Refusal("questionnaires.not_open")
    if questionnaire.closed_at is None:
        questionnaire.closed_at = timezone.now()
        questionnaire.save(update_fields=["closed_at"])
        handed_in = queries.counted(questionnaire).count()
        note("questionnaire.closed", questionnaire, thread=questionnaire.process, who=by, count=handed_in)
    return questionnaire


@transaction.atomic
def copy(*, questionnaire: Questionnaire, process: Process, by: Person | None) -> Questionnaire:
    """A draft with the same questions, so that the answers can be compared."""
    twin = Questionnaire.objects.create(
        process=process, title=questionnaire.title, intro=questionnaire.intro, copied_from=questionnaire
    )
    for item in questionnaire.items.all():
        item.pk, item.questionnaire = None, twin
        item._state.adding = True
        item.save()
    note("questionnaire.copied", twin, thread=process, who=by)
    return twin


@transaction.atomic
def begin(
    *,
    questionnaire: Questionnaire,
    person: Person | None,
    moment: str = "",
    channel: str = Channel.WEB,
    language: str = "nl",
    keyed_by: Person | None = None,
    test: bool = False,
) -> AnswerSet:
    """The answers of this person at this moment: those that were begun before, or new ones. Never two."""
    _must_be_open(questionnaire, test)
    facts = {"channel": channel, "language": language, "keyed_by": keyed_by}
    if person is None:
        return AnswerSet.objects.create(questionnaire=questionnaire, moment=moment, test=test, **facts)
    found, _ = AnswerSet.objects.get_or_create(
        questionnaire=questionnaire, person=person, moment=moment, test=test, defaults=facts
    )
    return found


@transaction.atomic
def keep(*, answers: AnswerSet, values: Mapping[str, Any]) -> dict[str, Refusal]:
    """Keep what can be read, and return what cannot, per question: a wrong date costs nobody the rest of the page."""
    answers = _held(answers)
    asked = {one.key: one for one in queries.asked(answers.questionnaire)}
    questions = {item.question.key: item.question for item in queries.items(answers.questionnaire)}
    wrong: dict[str, Refusal] = {}
    for key in [key for key in asked if key in values]:
        try:
            value = rules.read(asked[key], values[key])
        except Refusal as refusal:
            wrong[key] = refusal
            continue
        if value is None and asked[key].required and answers.handed_in_at:
            wrong[key] = Refusal("questionnaires.required")
        elif value is None:
            Answer.objects.filter(answer_set=answers, question=questions[key]).delete()
        else:
            given = {"value": value, "given_at": timezone.now()}
            Answer.objects.update_or_create(answer_set=answers, question=questions[key], defaults=given)
    return wrong


@transaction.atomic
def hand_in(*, answers: AnswerSet) -> AnswerSet:
    """These answers count. Answers to questions that are no longer asked on this road are taken out."""
    answers = _held(answers)
    asked = queries.asked(answers.questionnaire)
    given = queries.values_of(answers)
    absent = rules.missing(asked, given)
    if absent:
        raise Refusal("questionnaires.missing", questions=", ".join(absent))
    road = [one.key for one in rules.followed(asked, given)]
    answers.answers.exclude(question__key__in=road).delete()
    answers.handed_in_at = timezone.now()
    answers.save(update_fields=["handed_in_at"])
    return answers


@transaction.atomic
def take_back(*, answers: AnswerSet) -> AnswerSet:
    """Handed in no longer: a draft again, that counts for nothing and can be gone on with."""
    AnswerSet.objects.filter(pk=answers.pk).update(handed_in_at=None)
    answers.handed_in_at = None
    return answers


@transaction.atomic
def take_down(
    *,
    questionnaire: Questionnaire,
    values: Mapping[str, Any],
    channel: str,
    by: Person | None,
    person: Person | None = None,
    language: str = "nl",
    test: bool = False,
    once: UUID | None = None,
) -> AnswerSet:
    """A whole form that somebody of the town keys in: kept and handed in at once, or nothing of it. Two clicks on the
    same form (`once`) are one. Good values only: `rules.read_all` has read them."""
    twin = AnswerSet.objects.filter(once=once).first() if once else None
    if twin is not None:
        return twin
    answers = begin(
        questionnaire=questionnaire, person=person, channel=channel, language=language, keyed_by=by, test=test
    )
    answers.channel, answers.keyed_by, answers.once = channel, by, once
    answers.save(update_fields=["channel", "keyed_by", "once"])
    answers.answers.exclude(question__key__in=list(values)).delete()
    for wrong in keep(answers=answers, values=values).values():
        raise wrong
    return hand_in(answers=answers)


def _held(answers: AnswerSet) -> AnswerSet:
    """The answers, ours alone until the transaction ends, of a questionnaire that is open."""
    held = AnswerSet.objects.select_for_update(of=("self",)).select_related("questionnaire").get(pk=answers.pk)
    _must_be_open(held.questionnaire, held.test)
    return held


def _must_be_open(questionnaire: Questionnaire, test: bool) -> None:
    if questionnaire.closed_at is not None:
        raise Refusal("questionnaires.closed")
    if questionnaire.fixed_at is None and not test:
        raise Refusal("questionnaires.not_open")


@transaction.atomic
def forget(*, person: Person) -> None:
    """Who it was goes, and what says so; the other answers stay as figures."""
    mine = AnswerSet.objects.filter(person=person)
    says_who = (Question.Kind.TEXT, Question.Kind.DATE)
    Answer.objects.filter(answer_set__in=mine, question__kind__in=says_who).delete()
    Answer.objects.filter(answer_set__in=mine, question__personal=True).delete()
    mine.filter(handed_in_at=None).delete()
    mine.update(person=None)
