"""A questionnaire to begin with: education, what somebody needs to take part, and whether it is the first time."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from samenraad.instruments.lot.actions.plan import still_open
from samenraad.instruments.lot.models import Lot
from samenraad.instruments.lot.queries.reference import education_groups
from samenraad.instruments.lot.rules import profile
from samenraad.instruments.lot.rules.profile import Ready
from samenraad.people.models import Person
from samenraad.questionnaires import actions as questionnaires
from samenraad.questionnaires.models import Question, Questionnaire


@transaction.atomic
def make(*, lot: Lot, by: Person | None) -> Questionnaire:
    """Chosen for this lot at once. A second click finds the one that is there."""
    lot = still_open(lot)
    if lot.questionnaire:
        return lot.questionnaire
    groups = education_groups(lot)
    ready = profile.questions(tuple((name, {"nl": name, "en": name}) for name in groups) or profile.LEVELS)
    made = questionnaires.start(process=lot.step.process, title=profile.TITLE, by=by)
    for one in ready:
        questionnaires.add(questionnaire=made, question=_asked(one), required=one.required)
    lot.questionnaire = made
    lot.save(update_fields=["questionnaire"])
    return made


def _asked(ready: Ready) -> Question:
    """The same question as in an earlier lot, when its answers are the same: only then can they be compared."""
    keys = [key for key, _text in ready.options]
    for number in range(1, 1000):
        key = ready.key if number == 1 else f"{ready.key}-{number}"
        found = Question.objects.filter(key=key).first()
        if found is None:
            return _new(ready, key)
        if found.kind == ready.kind and _keys(found.options) == keys:
            return found
    raise AssertionError("a thousand questions with one name")


def _keys(options: Iterable[dict[str, str]]) -> list[str]:
    return [option["key"] for option in options]


def _new(ready: Ready, key: str) -> Question:
    question = Question(key=key, kind=ready.kind, text=ready.text, help=ready.help, personal=ready.personal)
    return questionnaires.save_question(question=question, options=ready.choices)
