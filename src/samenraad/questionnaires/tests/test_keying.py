"""Keying in what somebody wrote on paper or says on the phone: a whole form at once."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from samenraad.questionnaires import actions, rules
from samenraad.questionnaires.models import AnswerSet, Question
from samenraad.questionnaires.rules import Asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(process, bram):
    """Do you rent; and only who rents is asked from whom."""
    made = actions.start(process=process, title="Wonen", by=bram)
    options = [{"key": "rent", "text": {"nl": "Huur"}}, {"key": "own", "text": {"nl": "Koop"}}]
    home = actions.save_question(question=Question(key="home", kind="one", text={"nl": "Huur je?"}), options=options)
    whom = actions.save_question(question=Question(key="whom", kind="text", text={"nl": "Van wie?"}))
    actions.add(questionnaire=made, question=home, required=True)
    actions.add(questionnaire=made, question=whom, required=True, condition=home, values=["rent"])
    return actions.publish(questionnaire=made, by=bram)


def test_a_form_is_read_along_its_own_road():
    items = [
        Asked("home", "one", ("rent", "own"), required=True),
        Asked("whom", "text", required=True, condition="home", values=("rent",)),
    ]
    assert rules.read_all(items, {"home": "own", "whom": "nobody"}) == ({"home": "own"}, {})
    values, wrong = rules.read_all(items, {"home": "rent"})
    assert values == {"home": "rent"}
    assert wrong["whom"].code == "questionnaires.required"
    assert rules.read_all(items, {"home": "boat"})[1]["home"].code == "questionnaires.option"


def test_a_paper_form_is_keyed_in_and_the_next_is_there_at_once(as_, bram, asked):
    page = reverse("questionnaires:key", args=[asked.pk])
    form = {"q-_channel": "paper", "q-_once": str(uuid.uuid4()), "q-home": "rent", "q-whom": "De Woonstede"}
    for _ in range(2):  # two clicks
        assert as_(bram).post(page, form).url == page
    kept = AnswerSet.objects.get()
    assert (kept.channel, kept.keyed_by, kept.person) == ("paper", bram, None)
    assert kept.handed_in_at
    as_(bram).post(page, form | {"q-_once": str(uuid.uuid4())})
    assert AnswerSet.objects.count() == 2


def test_what_is_missing_on_the_form_is_said_and_nothing_is_kept(as_, bram, asked, dirk):
    page = reverse("questionnaires:key", args=[asked.pk])
    form = {"q-_channel": "phone", "q-_once": str(uuid.uuid4()), "q-home": "rent"}
    answer = as_(bram).post(page, form)
    assert "Deze vraag moet je beantwoorden" in answer.content.decode()
    assert not AnswerSet.objects.exists()
    assert as_(dirk).get(page).status_code == 404


def test_what_was_handed_in_never_loses_an_obligatory_answer(asked, aisha):
    answers = actions.begin(questionnaire=asked, person=aisha)
    actions.keep(answers=answers, values={"home": "own"})
    actions.hand_in(answers=answers)
    assert actions.keep(answers=answers, values={"home": ""})["home"].code == "questionnaires.required"
    actions.take_back(answers=answers)
    assert actions.keep(answers=answers, values={"home": ""}) == {}
