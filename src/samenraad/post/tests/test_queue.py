"""One message to one person, exactly once."""

import pytest
from django_tasks_db.models import DBTaskResult

from samenraad.post.actions import queue
from samenraad.post.models import Message
from samenraad.refusals import Refusal


def word(person, key="feedback:1", **more):
    return queue(key=key, person=person, subject="Er is antwoord", body="Beste inwoner,\n\nDe raad antwoordt.", **more)


def test_a_key_makes_twice_impossible(aisha):
    first = word(aisha)
    assert word(aisha) == first
    assert Message.objects.count() == 1


def test_two_keys_are_two_messages(aisha):
    assert word(aisha, "feedback:1").message_id != word(aisha, "feedback:2").message_id


def test_a_message_id_is_fixed_when_the_message_is_made(aisha, settings):
    settings.MAIL_DOMAIN = "post.lindenveld.example"
    message = word(aisha)
    assert message.message_id.endswith("@post.lindenveld.example>")
    assert "aisha" not in message.message_id
    message.refresh_from_db()
    assert word(aisha).message_id == message.message_id


def test_the_address_is_the_one_of_that_moment(emre):
    message = word(emre)
    emre.street = "Elders 1"
    emre.save()
    assert message.medium == "letter"
    assert Message.objects.get().address["street"] == "Touwbaan 12"


def test_a_wish_goes_before_the_way_somebody_took_part(aisha):
    aisha.phone, aisha.prefers = "0612345678", "phone"
    aisha.save()
    assert word(aisha, channel="web").medium == "phone"


def test_without_a_wish_it_goes_as_somebody_took_part(aisha):
    aisha.phone = "0612345678"
    aisha.save()
    assert word(aisha, "a", channel="phone").medium == "phone"
    assert word(aisha, "b", channel="web").medium == "email"


def test_who_cannot_be_reached_is_said_aloud(aisha):
    aisha.email = ""
    aisha.save()
    with pytest.raises(Refusal) as refusal:
        word(aisha)
    assert refusal.value.code == "post.unreachable"


def test_a_medium_that_does_not_reach_somebody_is_refused(emre):
    with pytest.raises(Refusal) as refusal:
        word(emre, medium="email")
    assert refusal.value.code == "post.no_way"


def test_half_a_postal_address_reaches_nobody(emre):
    emre.postcode = ""
    emre.save()
    with pytest.raises(Refusal):
        word(emre)


def test_a_mailbox_without_a_person_can_be_written_to(db):
    message = word(None, address={"email": "griffie@lindenveld.example"})
    assert message.person is None
    assert message.medium == "email"


def test_a_subject_is_one_line(aisha):
    message = queue(key="k", person=aisha, subject="Er is\nantwoord\r\nBcc: x@example.org", body="")
    assert message.subject == "Er is antwoord Bcc: x@example.org"


def test_many_messages_wake_one_job(aisha, emre, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        for number in range(20):
            word(aisha, f"feedback:{number}")
    assert len(callbacks) == 1
    assert DBTaskResult.objects.count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        word(aisha, "feedback:later")
    assert DBTaskResult.objects.count() == 1


def test_a_letter_wakes_no_job(emre, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        word(emre)
    assert not DBTaskResult.objects.exists()
