"""What the vote chose goes to the council, once, and its clock starts."""

import pytest
from django.urls import reverse
from django.utils import timezone

from samenraad.ballots.testing import make_vote
from samenraad.followup.models import Feedback, Handover, Item
from samenraad.instruments.preferendum.actions.handing_over import hand_over
from samenraad.instruments.preferendum.tests.voted import counted, sealed
from samenraad.processes import actions as processes
from samenraad.processes.models import Process
from samenraad.refusals import Refusal
from samenraad.testing import at_once

ALL_FOR = [{"grades": {"1": 3, "3": 2}, "priorities": ["3"]}] * 24


def test_the_shared_priorities_go_over_in_their_order(process, bram):
    handover = hand_over(vote=counted(process, bram, ALL_FOR), by=bram)
    items = Item.objects.filter(handover=handover).order_by("number")
    assert [item.proposal.number for item in items] == [3, 1]
    assert handover.promise == process.promises.get()


def test_handing_over_twice_is_handing_over_once(process, bram):
    vote = counted(process, bram, ALL_FOR)
    assert hand_over(vote=vote, by=bram) == hand_over(vote=vote, by=bram)
    assert Handover.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_hand_over_at_once_do_it_once(process, bram):
    vote = counted(process, bram, ALL_FOR)
    at_once(*[lambda: hand_over(vote=vote, by=bram) for _n in range(3)], workers=3)
    assert Handover.objects.count() == 1


def test_before_the_count_nothing_goes_over(process, bram):
    with pytest.raises(Refusal, match=r"preferendum\.not_counted"):
        hand_over(vote=sealed(process, bram, ALL_FOR), by=bram)


def test_a_vote_that_chose_nothing_hands_nothing_over(process, bram):
    with pytest.raises(Refusal, match=r"preferendum\.nothing_chosen"):
        hand_over(vote=counted(process, bram, []), by=bram)


def test_when_the_process_is_closed_the_page_says_why_nothing_goes_over(as_, process, bram):
    vote = counted(process, bram, ALL_FOR)
    Process.objects.update(closed_at=timezone.now())
    answer = as_(bram).post(reverse("preferendum:hand_over", args=[vote.step_id]))
    assert answer.status_code == 409
    assert not Handover.objects.exists()


def test_the_officer_hands_over_and_the_result_says_so(as_, process, bram):
    vote = counted(process, bram, ALL_FOR)
    client = as_(bram)
    assert client.get(reverse("preferendum:hand_over", args=[vote.step_id])).status_code == 200
    answer = client.post(reverse("preferendum:hand_over", args=[vote.step_id]), follow=True)
    assert "Overhandigd" in answer.content.decode()
    assert reverse("followup:answers", args=[process.slug]) in answer.content.decode()


def test_who_brought_a_text_that_the_vote_chose_hears_that_it_went_over(process, step, bram, aisha):
    """Voters are told nothing, for nobody knows who they are; who stands behind a text on the ballot is."""
    part = processes.take_part(step=step, person=aisha)
    idea = processes.propose(step=step, contribution=part, title="Schaduw", text="Meer bomen.", by=aisha)
    vote = make_vote(process, bram)
    processes.carry(proposals=[idea], step=vote.step, by=bram)
    number = vote.step.proposals.get(title="Schaduw").number
    voted = counted(process, bram, [{"grades": {str(number): 3}, "priorities": [str(number)]}] * 24, vote=vote)
    hand_over(vote=voted, by=bram)
    assert Feedback.objects.filter(occasion=Feedback.Occasion.HANDED, contribution=part).count() == 1
