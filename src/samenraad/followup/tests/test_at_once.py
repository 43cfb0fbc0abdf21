"""Two ticks, two editors, two clicks at the same moment: everybody is told once."""

from datetime import timedelta

import pytest

from samenraad.followup.actions import give_answer, publish_answers, tell, version_of
from samenraad.followup.actions.ticking import tick
from samenraad.followup.models import Feedback, Reminder
from samenraad.ledger.models import Entry
from samenraad.people.models import Person
from samenraad.post.models import Message
from samenraad.processes import actions as processes
from samenraad.testing import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def crowd(handover, step):
    text = handover.items.first().proposal
    for number in range(120):
        person = Person.objects.create(name=f"Bewoner {number}", email=f"b{number}@example.org")
        processes.support(proposal=text, person=person)
    return handover


def test_telling_twice_at_once_tells_everybody_once(crowd, answer_all, chantal):
    publish_answers(handover=answer_all(crowd), by=chantal)
    counts = at_once(*[tell] * 3)
    owed = Feedback.objects.filter(occasion="answered").values("contribution").distinct().count()
    assert owed == 121
    assert Message.objects.filter(key__contains=":answered:").count() == owed
    assert sum(counts) == Message.objects.count()
    assert not Feedback.objects.filter(message=None).exists()


def test_two_ticks_at_once_escalate_once(handover):
    day = handover.due + timedelta(days=1)
    at_once(lambda: tick(day), lambda: tick(day))
    assert Reminder.objects.count() == 1
    assert Entry.objects.filter(act="answers.late").count() == 1


def test_publishing_twice_at_once_is_publishing_once(handover, answer_all, chantal):
    answer_all(handover)
    at_once(*[lambda: publish_answers(handover=handover, by=chantal)] * 3)
    assert Entry.objects.filter(act="answers.published").count() == 1
    assert Feedback.objects.filter(occasion="answered").count() == 3


def test_of_two_editors_one_is_told(handover, bram, chantal):
    item, blank = handover.items.first(), version_of(None)
    results = at_once(
        lambda: give_answer(item=item, decision="adopted", reasons="Ja.", by=bram, seen=blank),
        lambda: give_answer(item=item, decision="rejected", reasons="Nee.", by=chantal, seen=blank),
    )
    assert results.count("answer.changed_meanwhile") == 1
