"""Saying something about a text, and taking it back."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from samenraad.discussion import rules
from samenraad.discussion.models import Comment
from samenraad.ledger.actions import note
from samenraad.people.models import Channel, Person
from samenraad.processes.actions import take_part
from samenraad.processes.actions.part import held, must_be_public
from samenraad.processes.models import Contribution, Proposal, Source
from samenraad.refusals import Refusal


@transaction.atomic
def comment(
    *,
    proposal: Proposal,
    person: Person | None,
    text: str,
    parent: Comment | None = None,
    channel: str = Channel.WEB,
    entered_by: Person | None = None,
) -> Comment:
    """Say something about a text, or reply to who did. The same words twice within the hour are one comment."""
    text = _checked(text)
    proposal = held(proposal)
    must_be_public(proposal)
    _must_fit(parent, proposal)
    contribution = take_part(step=proposal.step, person=person, channel=channel, entered_by=entered_by)
    twin = _said_just_now(contribution, proposal, parent, text) if person else None
    if twin:
        return twin
    said = Comment.objects.create(proposal=proposal, contribution=contribution, parent=parent, text=text)
    Source.objects.get_or_create(
        contribution=contribution, proposal=proposal, part=Source.Part.COMMENTER, origin=proposal
    )
    count(said, +1)
    note(
        "comment.made", said, thread=proposal.step.process, who=person,
        number=proposal.number, reply=parent is not None, channel=channel,
    )  # fmt: skip
    return said


def _checked(text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise Refusal("discussion.empty")
    if len(text) > rules.LONGEST:
        raise Refusal("discussion.too_long", longest=rules.LONGEST, length=len(text))
    return text


def _must_fit(parent: Comment | None, proposal: Proposal) -> None:
    if parent is None:
        return
    parent.refresh_from_db()
    if parent.proposal_id != proposal.pk:
        raise Refusal("discussion.not_here")
    if parent.parent_id:
        raise Refusal("discussion.one_level")
    if parent.hidden_at or parent.withdrawn_at:
        raise Refusal("discussion.gone")


def _said_just_now(contribution: Contribution, proposal: Proposal, parent: Comment | None, text: str) -> Comment | None:
    return Comment.objects.filter(
        contribution=contribution, proposal=proposal, parent=parent, text=text,
        withdrawn_at=None, made_at__gt=timezone.now() - timedelta(hours=1),
    ).first()  # fmt: skip


@transaction.atomic
def withdraw_comment(*, comment: Comment, by: Person) -> Comment:
    """Take it back: the words are gone, that something was said here remains, and so do the replies."""
    comment = held_comment(comment)
    if comment.contribution.person_id != by.pk:
        raise Refusal("discussion.not_yours")
    if comment.withdrawn_at:
        return comment
    if not comment.hidden_at:
        count(comment, -1)
    comment.text, comment.withdrawn_at = "", timezone.now()
    comment.save(update_fields=["text", "withdrawn_at"])
    proposal = comment.proposal
    note("comment.withdrawn", comment, thread=proposal.step.process, who=by, number=proposal.number)
    return comment


def held_comment(comment: Comment) -> Comment:
    """The row as it is now, kept until the end of the transaction; its text before it, always in this order."""
    held(comment.proposal)
    return (
        Comment.objects.select_for_update(of=("self",))
        .select_related("proposal__step__process", "contribution__person")
        .get(pk=comment.pk)
    )


def count(comment: Comment, change: int) -> None:
    Proposal.objects.filter(pk=comment.proposal_id).update(comments=F("comments") + change)
