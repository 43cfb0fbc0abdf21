"""The outcome goes to the body that promised to answer; its clock starts."""

from __future__ import annotations

import json

from django.db import transaction

from samenraad.ballots.models import Vote
from samenraad.followup.actions import hand_over as followup_hand_over
from samenraad.followup.models import Handover, Item
from samenraad.instruments.preferendum.rules.quorums import chosen
from samenraad.people.models import Person
from samenraad.processes.models import Proposal
from samenraad.refusals import Refusal


@transaction.atomic
def hand_over(*, vote: Vote, by: Person | None) -> Handover:
    """What the vote chose, in its order: the shared priorities, or the winner. Asked twice, done once. Refuses
    `preferendum.not_counted`, `preferendum.nothing_chosen`, and what the hand-over itself refuses."""
    held = Vote.objects.select_for_update().select_related("step__process").get(pk=vote.pk)
    done = handed(held)
    if done:
        return done
    texts = to_hand_over(held)
    if not texts:
        raise Refusal("preferendum.nothing_chosen")
    return followup_hand_over(process=held.step.process, proposals=texts, by=by, body=None)


def handed(vote: Vote) -> Handover | None:
    """Where texts of this vote lie already."""
    item = Item.objects.filter(proposal__step=vote.step_id).select_related("handover__body").order_by("pk").first()
    return item.handover if item else None


def to_hand_over(vote: Vote) -> list[Proposal]:
    """In the order of the outcome. Refuses `preferendum.not_counted`."""
    if vote.counted_at is None:
        raise Refusal("preferendum.not_counted")
    numbers = [int(option) for option in chosen(json.loads(vote.result))]
    texts = {text.number: text for text in Proposal.objects.filter(step=vote.step_id, number__in=numbers)}
    return [texts[number] for number in numbers]
