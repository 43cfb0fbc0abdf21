"""Fetching votes on behalf of somebody: what one may not know does not exist."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from samenraad.ballots.models import Vote
from samenraad.people.access import refuse
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
