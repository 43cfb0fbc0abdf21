"""Meetings: planned, moved, called off, and who was there."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from samenraad.ledger.models import Entry
from samenraad.people.models import Membership, Person
from samenraad.processes import actions, queries
from samenraad.processes.models import Meeting
from samenraad.refusals import Refusal


def moment(days):
    return timezone.now() + timedelta(days=days)


@pytest.fixture
def evening(process, bram):
    return actions.plan_meeting(
        meeting=Meeting(process=process, title="Wijkavond", starts=moment(5), address="De Kamp 1"), by=bram
    )


@pytest.fixture
def desk(as_, bram):
    return as_(bram)


def typed(days):
    return timezone.localtime(moment(days)).strftime("%Y-%m-%dT%H:%M")


def test_a_meeting_is_planned_and_moved_and_the_story_says_so(desk, process):
    page = reverse("processes:add_meeting", args=[process.slug])
    filled = {"title_nl": "Wandeling", "starts": typed(3), "address": "Marktplein", "is_public": "on"}
    desk.post(page, filled)
    meeting = Meeting.objects.get()
    desk.post(reverse("processes:meeting", args=[meeting.pk]), filled | {"starts": typed(9)})
    assert Entry.objects.filter(act="meeting.moved").exists()
    assert any("Wandeling" in str(entry.title) for entry in queries.page(process).story)


def test_a_meeting_ends_after_it_starts(desk, process):
    page = reverse("processes:add_meeting", args=[process.slug])
    filled = {"title_nl": "Wandeling", "starts": typed(3), "ends": typed(2)}
    assert desk.post(page, filled).status_code == 200
    assert not Meeting.objects.exists()


def test_calling_off_needs_a_reason_and_time(desk, evening, process):
    page = reverse("processes:cancel_meeting", args=[evening.pk])
    desk.post(page, {"reason": "ziek"})
    assert Meeting.objects.exists()
    desk.post(page, {"reason": "De spreker is ziek, we bellen iedereen."})
    assert not Meeting.objects.exists()
    assert any("De spreker is ziek" in str(entry.text) for entry in queries.page(process).story)


def test_what_was_held_is_not_called_off(evening, bram):
    Meeting.objects.update(starts=moment(-1))
    evening.refresh_from_db()
    with pytest.raises(Refusal, match="was_held"):
        actions.cancel_meeting(meeting=evening, reason="Toch maar niet gedaan", by=bram)


def test_who_was_there_is_ticked_after_it_began(desk, evening, emre, dirk, bram):
    for person in (emre, dirk):
        actions.expect(meeting=evening, person=person, by=bram)
    page = reverse("processes:attendance", args=[evening.pk])
    desk.post(page, {"note": "yes", "present": [emre.pk]})
    assert not evening.attendances.exclude(present=None).exists()  # still to come
    Meeting.objects.update(starts=moment(-1))
    desk.post(page, {"note": "yes", "present": [emre.pk]})
    assert dict(evening.attendances.values_list("person", "present")) == {emre.pk: True, dirk.pk: False}
    assert Entry.objects.get(act="meeting.attended").facts == {"count": 1}


def test_a_person_is_put_on_the_list_by_address_or_by_name(desk, evening, emre):
    page = reverse("processes:expect", args=[evening.pk])
    desk.post(page, {"who": emre.name})
    assert evening.attendances.get().person == emre
    desk.post(page, {"who": "Iemand Nieuw"})
    assert Person.objects.get(name="Iemand Nieuw").attendances.count() == 1
    assert desk.post(page, {"who": "onbekend@example.org"}).status_code == 200
    assert evening.attendances.count() == 2


def test_the_members_of_the_group_stand_on_the_list(desk, evening, step, council, chantal):
    step.body = council
    step.save()
    evening.step = step
    evening.save()
    Membership.objects.filter(person=chantal).update(state="member")
    assert "Chantal Peeters" in desk.get(reverse("processes:sheet", args=[evening.pk])).content.decode()


def test_somebody_elses_meeting_does_not_exist(as_, aisha, evening):
    for name in ("meeting", "attendance", "sheet", "cancel_meeting"):
        assert as_(aisha).get(reverse(f"processes:{name}", args=[evening.pk])).status_code == 404
