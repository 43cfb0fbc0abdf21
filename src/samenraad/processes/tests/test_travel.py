"""Whoever stood behind a text goes along with it."""

import pytest

from samenraad.people.models import Channel
from samenraad.processes import actions
from samenraad.processes.models import Contribution, Source
from samenraad.refusals import Refusal


@pytest.fixture
def second(step, emre, bram):
    part = actions.take_part(step=step, person=emre, channel=Channel.PAPER, entered_by=bram)
    return actions.propose(step=step, contribution=part, title="Schaduw bij de bushalte", text="", by=bram)


def people_behind(proposal):
    return {source.contribution.person.name.split()[0] for source in proposal.sources.all()}


def test_a_merged_text_keeps_all_its_people(idea, second, dirk, bram):
    actions.support(proposal=second, person=dirk)
    actions.merge(proposals=[second], into=idea, by=bram)
    idea.refresh_from_db()
    assert people_behind(idea) == {"Aisha", "Emre", "Dirk"}
    assert idea.supporters == 1
    assert Source.objects.get(proposal=idea, contribution__person__name__startswith="Emre").origin == second


def test_a_merge_can_be_undone(idea, second, bram):
    actions.merge(proposals=[second], into=idea, by=bram)
    actions.unmerge(proposal=second, by=bram)
    second.refresh_from_db()
    assert second.status == "public"
    assert people_behind(idea) == {"Aisha"}


def test_a_merge_of_merges_can_be_undone_from_the_end(idea, second, step, dirk, bram):
    part = actions.take_part(step=step, person=dirk)
    third = actions.propose(step=step, contribution=part, title="Nog meer bomen", text="", by=dirk)
    actions.merge(proposals=[second], into=third, by=bram)
    actions.merge(proposals=[third], into=idea, by=bram)
    assert people_behind(idea) == {"Aisha", "Emre", "Dirk"}
    actions.unmerge(proposal=third, by=bram)
    assert people_behind(idea) == {"Aisha"}
    third.refresh_from_db()
    assert people_behind(third) == {"Emre", "Dirk"}


def test_nothing_is_merged_into_itself(idea, bram):
    with pytest.raises(Refusal, match="into_itself"):
        actions.merge(proposals=[idea], into=idea, by=bram)


def test_carrying_twice_makes_one_twin(idea, process, bram):
    after = actions.add_step(process=process, kind="ideas", title="Kiezen", by=bram)
    first = actions.carry(proposals=[idea], step=after, by=bram)
    again = actions.carry(proposals=[idea], step=after, by=bram)
    assert [twin.carried_from for twin in first] == [idea]
    assert again == []
    assert people_behind(first[0]) == {"Aisha"}


def test_a_split_text_lives_on_in_its_parts(idea, bram):
    parts = actions.split(proposal=idea, parts=[("Bomen", "a"), ("Banken", "b")], by=bram, reason="Twee dingen in een")
    idea.refresh_from_db()
    assert idea.status == "split"
    assert [part.number for part in parts] == [2, 3]
    assert all(people_behind(part) == {"Aisha"} for part in parts)


def test_supporting_twice_counts_once(idea, dirk):
    assert actions.support(proposal=idea, person=dirk)
    assert not actions.support(proposal=idea, person=dirk)
    idea.refresh_from_db()
    assert idea.supporters == 1
    assert Contribution.objects.filter(person=dirk).count() == 1


def test_nobody_supports_their_own_text(idea, aisha):
    with pytest.raises(Refusal, match=r"proposal\.own"):
        actions.support(proposal=idea, person=aisha)
