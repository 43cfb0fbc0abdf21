"""Whatever order texts are merged, unmerged, split and carried in: nobody who stood behind one is lost."""

import random

import pytest

from samenraad.people.models import Person
from samenraad.processes import actions
from samenraad.processes.models import Proposal, Source
from samenraad.refusals import Refusal

PEOPLE = 6


class Town:
    """A second bookkeeping in plain Python: which person gave or supported which text themselves."""

    def __init__(self, step, after, by, seed):
        self.step, self.after, self.by, self.chance = step, after, by, random.Random(seed)
        self.people = [Person.objects.create(name=f"P{number}") for number in range(PEOPLE)]
        self.own: dict[int, set[int]] = {}

    def give(self):
        person = self.chance.choice(self.people)
        part = actions.take_part(step=self.step, person=person)
        proposal = actions.propose(step=self.step, contribution=part, title="T", text="", by=person)
        self.own[proposal.pk] = {person.pk}

    def support(self):
        proposal, person = self.pick(), self.chance.choice(self.people)
        actions.support(proposal=proposal, person=person)
        self.own.setdefault(proposal.pk, set()).add(person.pk)

    def merge(self):
        actions.merge(proposals=[self.pick()], into=self.pick(), by=self.by)

    def unmerge(self):
        actions.unmerge(proposal=self.pick(status="merged"), by=self.by)

    def split(self):
        proposal = self.pick()
        for part in actions.split(proposal=proposal, parts=[("A", ""), ("B", "")], by=self.by, reason="twee dingen"):
            self.own.setdefault(part.pk, set())

    def carry(self):
        actions.carry(proposals=[self.pick()], step=self.after, by=self.by)

    def pick(self, **filters):
        found = list(Proposal.objects.filter(step=self.step, **filters).order_by("pk"))
        if not found:
            raise Refusal("proposal.nothing_chosen")
        return self.chance.choice(found)

    def behind(self, proposal):
        """Who should stand behind a text: its own people, and those of all that lives on in it."""
        people = set(self.own.get(proposal.pk, ()))
        for other in proposal.merged_from.all():
            people |= self.behind(other)
        if proposal.carried_from:
            people |= self.behind(proposal.carried_from) if self.alive_together(proposal) else set()
        return people

    def alive_together(self, proposal):
        """A carried text has the people its origin had at that moment: later supporters came too late."""
        return proposal.carried_from.status == "split"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(25))
def test_nobody_is_lost(process, step, bram, seed):
    after = actions.add_step(process=process, kind="ideas", title="Daarna", by=bram)
    town = Town(step, after, bram, seed)
    moves = [town.give] * 4 + [town.support] * 6 + [town.merge] * 3 + [town.unmerge, town.split, town.carry]
    for _ in range(40):
        try:
            town.chance.choice(moves)()
        except Refusal:
            continue  # a move that is not allowed changes nothing
    for proposal in Proposal.objects.filter(step=step).select_related("carried_from"):
        found = set(Source.objects.filter(proposal=proposal).values_list("contribution__person", flat=True))
        assert found == town.behind(proposal), proposal
        authors = set(
            Source.objects.filter(proposal=proposal, part="author").values_list("contribution__person", flat=True)
        )
        supporters = set(
            Source.objects.filter(proposal=proposal, part="supporter").values_list("contribution__person", flat=True)
        )
        assert proposal.supporters == len(supporters - authors), proposal
