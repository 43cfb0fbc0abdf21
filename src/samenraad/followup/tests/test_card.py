"""What this room's card promises to the others: tables with a header, what is known, forgetting, the story."""

from datetime import timedelta

from django.utils import timezone

from samenraad.followup.actions import add_measure, evaluate, mark, publish_evaluation, tell, update_measure
from samenraad.followup.models import Feedback, Mark
from samenraad.followup.queries.marks import per_item
from samenraad.followup.room import card
from samenraad.ledger import queries as ledger
from samenraad.people.actions import forget


def test_every_table_has_its_header_and_no_names_of_residents(answered, process, aisha, sent):
    tell(), sent()
    found = {table.name: (table.header, list(table.rows)) for table in card.tables(process)}
    assert set(found) == {"answers", "measures", "feedback", "conditions"}
    for header, rows in found.values():
        assert all(len(row) == len(header) for row in rows)
    assert len(found["answers"][1]) == 3
    assert {row[-1] for row in found["feedback"][1]} == {"message"}
    assert "Aisha" not in repr(found)


def test_draft_answers_are_in_no_table(handover, answer_all, process):
    answer_all(handover)
    assert "Omdat het kan" not in repr([list(table.rows) for table in card.tables(process)])


def test_somebody_sees_all_that_is_known(answered, aisha, sent):
    mark(item=answered.items.first(), person=aisha, value=7)
    tell(), sent()
    known = card.known(aisha)
    assert known["Cijfers die je gaf"][0]["cijfer"] == 7
    assert len(known["Wat je te horen kreeg"]) == 6  # three handed over, three answered


def test_a_forgotten_persons_marks_stay_as_numbers(answered, aisha):
    item = answered.items.first()
    mark(item=item, person=aisha, value=7)
    card.forget(aisha)
    forget(person=aisha)
    assert per_item([item.pk])[item.pk].value == 7
    assert Mark.objects.get().person.name == ""
    assert not Feedback.objects.untold().exists()


def test_the_story_of_a_process_reads_well(answered, process, dirk, bram):
    due = timezone.localdate() + timedelta(days=30)
    measure = add_measure(process=process, title="Tien bomen", owner=dirk, due=due, by=bram)
    update_measure(measure=measure, text="Ze staan er.", state="done", evidence="foto", by=dirk)
    evaluate(process=process, by=bram, service="a", democracy="b", relations="c", wrong="d", lessons="e")
    publish_evaluation(process=process, by=bram)
    lines = [line.sentence for line in ledger.story(process.thread, card.story)]
    assert lines[0].startswith("3 teksten gaan naar de gemeenteraad van Lindenveld\nHet antwoord komt uiterlijk op")
    assert lines[1] == ("De gemeenteraad van Lindenveld antwoordt\n1 overgenomen, 1 voor een deel, 1 afgewezen.")
    assert lines[2].startswith("Dit gaat gebeuren: Tien bomen\nHet is klaar vóór")
    assert lines[3:] == ["Klaar: Tien bomen\nZe staan er.", "Wat we leerden, is openbaar"]


def test_only_what_lies_on_a_table_is_held(handover, ideas):
    assert card.holds(handover.items.first().proposal)
    assert not card.holds(ideas(1)[0])
