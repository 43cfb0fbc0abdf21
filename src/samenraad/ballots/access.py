"""Fetching votes on behalf of somebody: what one may not know does not exist."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from samenraad.ballots.models import Vote
from samenraad.people.access import has_role, refuse
from samenraad.people.models import Person
from samenraad.processes.access import is_officer

_WITH = ("step__process__place", "step__body")


def public_vote(person: Person | None, key: str) -> Vote:
    """A vote of a public process whose rules are frozen; its organisers see it before that."""
    vote = get_object_or_404(Vote.objects.select_related(*_WITH), key=key)
    if is_officer(person, vote.step.process):
        return vote
    if vote.frozen_at is None or not vote.step.process.is_public:
        raise Http404
    return vote


def own_vote(person: Person | None, key: str) -> Vote:
    """A vote that this person organises."""
    vote = Vote.objects.select_related(*_WITH).filter(key=key).first()
    if vote is None or not is_officer(person, vote.step.process):
        refuse(person)
    return vote


def paper_vote(person: Person | None, key: str) -> Vote:
    """A vote for which this person sits at a paper desk: organisers, and the secretariat."""
    vote = Vote.objects.select_related(*_WITH).filter(key=key).first()
    if vote is None or not has_role(person, "officer", "secretary", scope=vote.step.process.thread):
        refuse(person)
    return vote


def vote_of(person: Person | None, step: int) -> Vote:
    """The vote of this step, for who organises it."""
    vote = Vote.objects.select_related(*_WITH).filter(step__pk=step).first()
    return own_vote(person, vote.key if vote else "")
