"""Fetching on behalf of somebody: what one may not read does not exist."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from samenraad.discussion.models import Comment
from samenraad.people import sessions
from samenraad.people.access import has_role, must, refuse, scopes
from samenraad.people.models import Person
from samenraad.people.rules import source_of
from samenraad.processes.models import Process, Proposal

MODERATORS = ("officer", "moderator")
UNSEEN = (Proposal.Status.HIDDEN, Proposal.Status.WITHDRAWN)


def may_moderate(person: Person | None, process: Process) -> bool:
    return has_role(person, *MODERATORS, scope=process.thread)


def readable_proposal(person: Person | None, pk: int) -> Proposal:
    """A text that this person can read; hidden ones only by who moderates."""
    found = get_object_or_404(Proposal.objects.select_related("step__process"), pk=pk)
    moderates = may_moderate(person, found.step.process)
    if not moderates and (not found.step.process.is_public or found.status in UNSEEN):
        raise Http404
    return found


def readable_comment(person: Person | None, pk: int) -> Comment:
    comment = get_object_or_404(_comments(), pk=pk)
    readable_proposal(person, comment.proposal_id)
    if (comment.hidden_at or comment.withdrawn_at) and not may_moderate(person, comment.proposal.step.process):
        raise Http404
    return comment


def own_comment(person: Person | None, pk: int) -> Comment:
    must(person, person)
    return get_object_or_404(_comments(), pk=pk, contribution__person=person)


def moderated(person: Person | None, word: str, pk: int) -> Comment | Proposal:
    """A comment or a text in a process where this person moderates."""
    thing: Comment | Proposal | None
    if word == "comment":
        thing = _comments().filter(pk=pk).first()
        process = thing.proposal.step.process if thing else None
    else:
        thing = Proposal.objects.select_related("step__process").filter(pk=pk).first()
        process = thing.step.process if thing else None
    if thing is None or process is None or not may_moderate(person, process):
        refuse(person)
    return thing


def moderator_scopes(person: Person | None) -> set[str]:
    """Where this person moderates; nowhere is not found."""
    found = scopes(person, *MODERATORS)
    must(found, person)
    return found


def _comments() -> QuerySet[Comment]:
    return Comment.objects.select_related("proposal__step__process", "contribution__person")


def source(request: HttpRequest) -> str:
    """Where a request comes from, as a digest that nobody can read back."""
    return source_of(get_adapter().get_client_ip(request), settings.CODE_KEY)


def go_on_as(request: HttpRequest, person: Person) -> None:
    """Who has just come in without account goes on as this person, until the session ends."""
    request.session[sessions.PERSON] = person.pk
    request.session.set_expiry(sessions.SECONDS)
