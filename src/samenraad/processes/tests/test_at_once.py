"""Two people at the same moment: nobody loses a text, nothing counts twice, the chain stays one chain."""

import pytest

from samenraad.ledger.models import Entry, Head
from samenraad.ledger.rules import verify
from samenraad.processes import actions
from samenraad.processes.models import Contribution, Proposal, Source
from samenraad.refusals import Refusal
from samenraad.testing import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def the_chain_is_whole() -> bool:
    head = Head.objects.get()
    return verify(Entry.objects.order_by("seq"), (head.seq, head.digest)).whole


def test_texts_handed_in_at_once_get_their_own_numbers(step, aisha, dirk, emre, chantal):
    def give(person):
        part = actions.take_part(step=step, person=person)
        return actions.propose(step=step, contribution=part, title="Tegelijk", text="", by=person).number

    people = [aisha, dirk, emre, chantal]
    assert sorted(at_once(*[lambda person=person: give(person) for person in people])) == [1, 2, 3, 4]
    assert the_chain_is_whole()


def test_a_double_click_supports_once(idea, dirk):
    results = at_once(*[lambda: actions.support(proposal=idea, person=dirk)] * 4)
    assert sorted(results) == [False, False, False, True]
    assert Proposal.objects.get(pk=idea.pk).supporters == 1
    assert Contribution.objects.filter(person=dirk).count() == 1
    assert Source.objects.filter(contribution__person=dirk).count() == 1
    assert the_chain_is_whole()


def test_support_and_merge_at_once_lose_nobody(idea, step, dirk, emre, bram):
    part = actions.take_part(step=step, person=emre)
    second = actions.propose(step=step, contribution=part, title="Ook bomen", text="", by=emre)

    def support():
        try:
            return actions.support(proposal=second, person=dirk)
        except Refusal:
            return False

    supported, _ = at_once(support, lambda: actions.merge(proposals=[second], into=idea, by=bram))
    behind = Source.objects.filter(proposal=idea, contribution__person=dirk).exists()
    assert behind == supported
    assert the_chain_is_whole()
