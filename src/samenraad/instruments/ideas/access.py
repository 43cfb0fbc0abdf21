"""Fetching on behalf of somebody: what one may not know does not exist."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from samenraad.discussion.access import may_moderate
from samenraad.instruments.ideas.models import Idea, Upload
from samenraad.people.access import refuse
from samenraad.people.models import Person
from samenraad.processes.access import own_step, visible_step
from samenraad.processes.actions.part import is_author
from samenraad.processes.models import Proposal, Step

KIND = "ideas"


def open_step(person: Person | None, pk: int) -> Step:
    return visible_step(person, pk, KIND)


def desk_step(person: Person | None, pk: int) -> Step:
    return own_step(person, pk, KIND)


def proposal(step: Step, number: int) -> Proposal:
    found = Proposal.objects.select_related("idea", "place", "merged_into", "carried_from")
    text = get_object_or_404(found, step=step, number=number)
    text.step = step
    return text


def readable(person: Person | None, step: Step, number: int) -> Proposal:
    """A text that can be read: not hidden (but by a moderator) and not taken back."""
    text = proposal(step, number)
    gone = text.status == Proposal.Status.WITHDRAWN
    hidden = text.status == Proposal.Status.HIDDEN and not may_moderate(person, step.process)
    if gone or hidden:
        raise Http404
    return text


def own(person: Person | None, step: Step, number: int) -> Proposal:
    """A text of this person."""
    text = proposal(step, number)
    if person is None or not is_author(person, text):
        refuse(person)
    return text


def idea(text: Proposal) -> Idea:
    return get_object_or_404(Idea.objects.select_related("proposal__step__process"), proposal=text)


def upload(step: Step, pk: int) -> Upload:
    found = get_object_or_404(Upload, pk=pk, step=step)
    found.step = step
    return found
