"""What will be done, by whom, before when; a moved date says why, "done" shows it, and who asked for it hears it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from samenraad.followup.actions import add_measure, tell, update_measure
from samenraad.followup.models import Feedback, Update
from samenraad.ledger.models import Entry
from samenraad.post.models import Message
from samenraad.refusals import Refusal


@pytest.fixture
def due():
    return timezone.localdate() + timedelta(days=60)


@pytest.fixture
def measure(answered, process, dirk, bram, due):
    answer = answered.items.get(number=1).answer
    return add_measure(process=process, answer=answer, title="Tien bomen planten", owner=dirk, due=due, by=bram)


def test_who_asked_for_it_hears_of_a_new_measure(measure, aisha):
    rows = Feedback.objects.filter(occasion="measure")
    assert [row.about for row in rows] == [f"measure:{measure.pk}"]
    assert rows.get().contribution.person == aisha


def test_a_measure_before_the_answer_is_public_goes_along_with_it(handover, answer_all, process, bram, due):
    answer_all(handover)
    answer = handover.items.first().answer
    add_measure(process=process, answer=answer, title="Bomen", department="Groen", due=due, by=bram)
    assert not Feedback.objects.filter(occasion="measure").exists()


def test_a_measure_can_stand_beside_the_answers(process, bram, due):
    add_measure(process=process, title="Een wethouder voor groen", department="College", due=due, by=bram)
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    ("fields", "code"), [({"title": " "}, "measure.no_title"), ({"title": "Bomen"}, "measure.no_owner")]
)
def test_a_measure_says_what_and_who(process, bram, due, fields, code):
    with pytest.raises(Refusal) as refused:
        add_measure(process=process, due=due, by=bram, **fields)
    assert refused.value.code == code


def test_a_moved_date_asks_why(measure, dirk, due):
    later = due + timedelta(days=30)
    with pytest.raises(Refusal, match=r"measure\.why_moved"):
        update_measure(measure=measure, text="Het wordt later.", due=later, by=dirk)
    made = update_measure(measure=measure, text="Het wordt later.", due=later, why_moved="De grond is nat.", by=dirk)
    assert (made.due_before, made.due_after, made.why_moved) == (due, later, "De grond is nat.")
    measure.refresh_from_db()
    assert measure.due == later
    assert Entry.objects.get(act="measure.moved").facts["why"] == "De grond is nat."


def test_done_asks_for_evidence_once(measure, dirk):
    with pytest.raises(Refusal, match=r"measure\.evidence"):
        update_measure(measure=measure, text="Ze staan er.", state="done", by=dirk)
    update_measure(measure=measure, text="Ze staan er.", state="done", evidence="besluit 2027-14", by=dirk)
    measure.refresh_from_db()
    assert measure.state == "done"
    update_measure(measure=measure, text="Ze groeien goed.", by=dirk)


def test_each_update_is_owed_to_who_asked_for_it_and_says_how_it_stands(measure, dirk, aisha):
    made = update_measure(measure=measure, text="De eerste vijf staan er.", state="running", by=dirk)
    assert Feedback.objects.filter(about=f"update:{made.pk}").count() == 1
    tell()
    body = Message.objects.get(key__endswith=f"update:{made.pk}").body
    assert "Er is nieuws over je idee nr. 1 “Idee 1”." in body
    assert "“Tien bomen planten” is bezig. De eerste vijf staan er." in body


def test_the_same_form_sent_twice_is_one_update(measure, dirk):
    for _ in range(2):
        update_measure(measure=measure, text="De eerste vijf staan er.", state="running", by=dirk)
    assert Update.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"text": " "}, "measure.say_how_it_stands"), ({"text": "Ja.", "state": "perhaps"}, "measure.unknown_state")],
)
def test_an_update_says_something(measure, dirk, fields, code):
    with pytest.raises(Refusal) as refused:
        update_measure(measure=measure, by=dirk, **fields)
    assert refused.value.code == code
