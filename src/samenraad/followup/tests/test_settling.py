"""What the post did with a message decides whether somebody was told."""

import pytest
from django.utils import timezone

from samenraad.followup.actions import tell
from samenraad.followup.actions.feedback import settle_sent
from samenraad.followup.models import Feedback
from samenraad.post import actions as post
from samenraad.post.models import Message


@pytest.fixture
def told(handover):
    tell()
    return Message.objects.get()


def test_what_was_sent_is_told_since_then(told):
    moment = timezone.now()
    Message.objects.update(state="sent", settled_at=moment)
    assert settle_sent() == (3, 0)
    assert set(Feedback.objects.values_list("told_at", "how")) == {(moment, "message")}
    assert settle_sent() == (0, 0)


def test_what_came_back_told_nobody_after_all(told):
    Message.objects.update(state="sent", settled_at=timezone.now())
    settle_sent()
    Message.objects.update(state="failed")
    assert settle_sent() == (0, 3)
    assert Feedback.objects.untold().count() == 3


def test_a_message_in_its_place_carries_its_word(told, bram):
    Message.objects.update(state="failed", settled_at=timezone.now())
    second = post.send_again(message=Message.objects.get(), by=bram)
    Message.objects.filter(pk=second.pk).update(state="failed", settled_at=timezone.now())
    third = post.send_again(message=Message.objects.get(pk=second.pk), by=bram)
    Message.objects.filter(pk=third.pk).update(state="sent", settled_at=timezone.now())
    assert settle_sent() == (3, 0)
    assert set(Feedback.objects.values_list("message", flat=True)) == {third.pk}


def test_a_message_in_its_place_counts_before_anything_was_settled(told, bram):
    Message.objects.update(state="failed", settled_at=timezone.now())
    second = post.send_again(message=Message.objects.get(), by=bram)
    assert Feedback.objects.untold().count() == 3
    Message.objects.filter(pk=second.pk).update(state="sent", settled_at=timezone.now())
    assert not Feedback.objects.untold().exists()
