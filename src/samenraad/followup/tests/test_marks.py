"""What people think of the answers, beside the government's own count; few marks are not shown."""

import pytest

from samenraad.followup.actions import mark
from samenraad.followup.models import Mark
from samenraad.followup.queries.marks import opinion, per_item
from samenraad.people.models import Membership, Person
from samenraad.processes import actions as processes
from samenraad.refusals import Refusal


def test_who_took_part_marks_an_answer_once(answered, aisha):
    item = answered.items.first()
    mark(item=item, person=aisha, value=3)
    assert mark(item=item, person=aisha, value=8).value == 8
    assert Mark.objects.count() == 1


def test_a_stranger_does_not(answered, dirk):
    with pytest.raises(Refusal, match=r"mark\.not_yours"):
        mark(item=answered.items.first(), person=dirk, value=8)


def test_a_member_of_the_body_that_did_the_work_does(answered, step, council, dirk):
    step.body = council
    step.save()
    Membership.objects.create(body=council, person=dirk, state="member")
    assert mark(item=answered.items.first(), person=dirk, value=8).value == 8


@pytest.mark.parametrize("value", [-1, 11])
def test_a_mark_lies_between_0_and_10(answered, aisha, value):
    with pytest.raises(Refusal, match=r"mark\.zero_to_ten"):
        mark(item=answered.items.first(), person=aisha, value=value)


def test_nobody_marks_an_answer_that_is_not_there(handover, aisha):
    with pytest.raises(Refusal, match=r"mark\.not_answered"):
        mark(item=handover.items.first(), person=aisha, value=5)


def test_a_mean_is_shown_from_five_people_on(answered, step):
    item = answered.items.first()
    for number in range(5):
        person = Person.objects.create(name=f"Bewoner {number}")
        processes.take_part(step=step, person=person)
        assert not opinion(answered).shown
        mark(item=item, person=person, value=number + 4)
    found = opinion(answered)
    assert (found.shown, found.people, found.mean.value) == (True, 5, 6)
    assert per_item([item.pk])[item.pk].shown


def test_nobody_counts_more_by_giving_many_marks(answered, step):
    """First each person's own mean: one person with three tens and one with a single zero make a five."""
    people = [Person.objects.create(name=f"Bewoner {number}") for number in range(2)]
    for person in people:
        processes.take_part(step=step, person=person)
    for item in answered.items.all():
        mark(item=item, person=people[0], value=10)
    mark(item=answered.items.first(), person=people[1], value=0)
    assert opinion(answered).mean.value == 5
