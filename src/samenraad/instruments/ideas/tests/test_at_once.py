"""Two clicks, two officers, two browsers at the same moment."""

import uuid

import pytest

from samenraad.instruments.ideas import actions
from samenraad.instruments.ideas.actions import Text
from samenraad.instruments.ideas.models import Idea
from samenraad.processes.models import Proposal
from samenraad.testing import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_two_clicks_at_the_same_moment_are_one_idea(step, aisha):
    once = uuid.uuid4()
    give = lambda: actions.give(step=step, person=aisha, idea=Text(title="Bomen"), once=once).pk  # noqa: E731
    assert len(set(at_once(give, give, give, give))) == 1
    assert Idea.objects.count() == Proposal.objects.count() == 1


def test_two_officers_key_the_same_form_and_one_is_told_so(step, bram):
    def key():
        idea = Text(title="Bomen")
        return actions.give(step=step, person=None, idea=idea, reference="K7F4-2Q9P", entered_by=bram).pk

    results = at_once(key, key)
    assert sorted(isinstance(result, str) for result in results) == [False, True]
    assert "ideas.keyed_already" in results


def test_the_same_support_from_two_browsers_at_the_same_moment_counts_once(step, aisha):
    from samenraad.people.models import Person

    text = actions.give(step=step, person=aisha, idea=Text(title="Bomen")).proposal
    twins = [Person.objects.create(name="Fatma", email="fatma@example.org") for _ in range(4)]
    at_once(*(lambda twin=twin: actions.support(proposal=text, person=twin) for twin in twins))
    text.refresh_from_db()
    assert text.supporters == 1


def test_a_table_that_is_read_in_twice_at_the_same_moment_is_read_in_once(step, bram):
    content = "titel\n" + "\n".join(f"Idee {number}" for number in range(50))
    uploads = [actions.keep_upload(step=step, name="x", content=content.encode(), by=bram) for _ in range(2)]
    results = at_once(*(lambda upload=upload: actions.read_in(upload=upload, by=bram).count for upload in uploads))
    assert Proposal.objects.count() == 50
    assert "ideas.already_read" in results
