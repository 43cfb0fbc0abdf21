"""What only a person can decide: it arrived, send it again, the person knows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from samenraad.ledger.models import Entry
from samenraad.post.actions import claim, deliver, it_arrived, send_again
from samenraad.post.models import Message
from samenraad.refusals import Refusal

State = Message.State


@pytest.fixture
def unsure(aisha, write) -> Message:
    """A message in the air when its worker was killed, eleven minutes ago."""
    message = write(aisha, scope="process:3", extra={"link": "/my/", "code": "AAAA-BBBB-CCCC"})
    claim(worker="killed")
    Message.objects.filter(pk=message.pk).update(claimed_at=timezone.now() - timedelta(minutes=11))
    message.refresh_from_db()
    return message


def test_who_found_it_in_the_log_says_that_it_arrived(unsure, bram):
    assert it_arrived(message=unsure, by=bram).state == State.SENT
    it_arrived(message=unsure, by=bram)  # clicked twice
    entry = Entry.objects.get()
    assert (entry.act, entry.thread) == ("post.settled", "process:3")
    assert entry.facts == {"before": "unsure", "how": "arrived"}
    assert "aisha" not in str(entry.facts)


def test_sent_again_is_a_new_message_with_a_message_id_of_its_own(unsure, bram):
    fresh = send_again(message=unsure, by=bram)
    unsure.refresh_from_db()
    assert fresh.message_id != unsure.message_id
    assert (fresh.key, fresh.state, fresh.replaces) == ("news:0~2", State.WAITING, unsure)
    assert unsure.state == State.FAILED
    assert (fresh.subject, fresh.body, fresh.scope) == (unsure.subject, unsure.body, unsure.scope)
    assert Entry.objects.get().facts["how"] == "again"


def test_asked_twice_it_goes_again_once(unsure, bram):
    assert send_again(message=unsure, by=bram) == send_again(message=unsure, by=bram)
    assert Message.objects.count() == 2


def test_a_message_that_went_again_cannot_have_arrived_as_well(unsure, bram):
    send_again(message=unsure, by=bram)
    with pytest.raises(Refusal) as refusal:
        it_arrived(message=unsure, by=bram)
    assert refusal.value.code == "post.settled"


def test_a_message_that_may_still_be_on_its_way_is_left_alone(aisha, write, bram):
    message = write(aisha)
    claim(worker="busy")
    for act in (it_arrived, send_again):
        with pytest.raises(Refusal) as refusal:
            act(message=message, by=bram)
        assert refusal.value.code == "post.in_the_air"


def test_what_waits_or_was_sent_does_not_go_again(aisha, write, mailbox, bram):
    message = write(aisha)
    with pytest.raises(Refusal):
        send_again(message=message, by=bram)
    deliver()
    with pytest.raises(Refusal):
        send_again(message=message, by=bram)
    assert Message.objects.count() == 1


def test_it_goes_again_to_where_the_person_is_now_and_by_the_way_chosen(unsure, aisha, bram):
    aisha.street, aisha.postcode, aisha.city = "Nieuwstraat 1", "1234 AC", "Lindenveld"
    aisha.save()
    fresh = send_again(message=unsure, by=bram, medium="letter")
    assert (fresh.medium, fresh.address["street"]) == ("letter", "Nieuwstraat 1")
    assert "code" not in fresh.extra, "a new letter gets a new code"
    assert fresh.extra["link"] == "/my/"


def test_a_way_that_does_not_reach_somebody_changes_nothing(unsure, bram):
    with pytest.raises(Refusal):
        send_again(message=unsure, by=bram, medium="phone")
    unsure.refresh_from_db()
    assert unsure.state == State.CLAIMED


def test_the_person_knows_it_another_way(aisha, write, mailbox, bram):
    mailbox.answers["RCPT"] = "550 no such user"
    message = write(aisha)
    deliver()
    assert it_arrived(message=message, by=bram).state == State.SENT
    assert Entry.objects.get().facts["before"] == "failed"
