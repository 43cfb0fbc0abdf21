"""Fetching what came back on behalf of somebody: what one may not know does not exist."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from samenraad.followup.actions import may_mark
from samenraad.followup.models import Answer, Handover, Item, Measure
from samenraad.people.access import has_role, is_member, is_staff, refuse
from samenraad.people.models import Membership, Person
from samenraad.processes.access import is_officer
from samenraad.processes.models import Contribution, Process, Proposal


def may_answer(person: Person | None, handover: Handover) -> bool:
    """Members of the answering body, its secretariat, and the officers of the process."""
    return bool(person) and (
        is_officer(person, handover.process)
        or is_member(person, handover.body_id)
        or has_role(person, "secretary", scope=handover.process.thread)
    )


def owns_rows(person: Person | None, handover: Handover) -> bool:
    return bool(person) and handover.items.filter(owner=person).exists()


def at_desk(person: Person | None) -> Person:
    """Somebody with a role, a seat, a row to prepare or a measure to carry out. For others there is no such desk."""
    if person is None or not (
        is_staff(person)
        or Membership.objects.filter(person=person, state=Membership.State.MEMBER, until=None).exists()
        or Item.objects.filter(owner=person).exists()
        or Measure.objects.filter(owner=person).exists()
    ):
        refuse(person)
    return person


def own_handover(person: Person | None, pk: int) -> Handover:
    """A hand-over that this person answers, or prepares answers for."""
    handover = Handover.objects.select_related("process", "body", "promise").filter(pk=pk).first()
    if handover is None or not (may_answer(person, handover) or owns_rows(person, handover)):
        refuse(person)
    return handover


def deciding_handover(person: Person | None, pk: int) -> Handover:
    """A hand-over of which this person may make the answers public."""
    handover = Handover.objects.select_related("process", "body", "promise").filter(pk=pk).first()
    if handover is None or not may_answer(person, handover):
        refuse(person)
    return handover


def own_item(person: Person | None, pk: int, number: int) -> Item:
    """One row: for who answers, and for the owner of this very row."""
    item = (
        Item.objects.select_related(
            "handover__process", "handover__body", "handover__promise", "proposal__step", "owner", "answer__by"
        )
        .filter(handover__pk=pk, number=number)
        .first()
    )
    if item is None or not (may_answer(person, item.handover) or (person and item.owner_id == person.pk)):
        refuse(person)
    return item


def answered_item(pk: int) -> Item:
    """A row with a public answer."""
    items = Item.objects.select_related("handover__process", "handover__body", "answer", "proposal__step")
    return get_object_or_404(
        items, pk=pk, handover__answered_at__isnull=False, handover__process__published_at__isnull=False
    )


def visible_proposal(person: Person | None, pk: int) -> Proposal:
    """A text of a public process; its officers see it before that."""
    related = ("step__process", "place", "merged_into__step", "carried_from__step")
    proposal = get_object_or_404(Proposal.objects.select_related(*related), pk=pk)
    if not proposal.step.process.is_public and not is_officer(person, proposal.step.process):
        raise Http404
    return proposal


def own_measure(person: Person | None, pk: int) -> Measure:
    """A measure that this person carries out, or that an officer of the process keeps."""
    related = ("process", "owner", "answer__item__proposal", "answer__item__handover__body")
    measure = Measure.objects.select_related(*related).filter(pk=pk).first()
    if measure is None or not (keeps(person, measure.process) or (person and measure.owner_id == person.pk)):
        refuse(person)
    return measure


def measuring(person: Person | None, slug: str) -> tuple[Process, QuerySet[Answer]]:
    """A process to which this person may add measures, and the answers they may add them to: officers to all, who
    answers to their own, who prepares a row to that row."""
    process = Process.objects.select_related("place").filter(slug=slug).first()
    if process is None or person is None:
        refuse(person)
    answers = Answer.objects.filter(item__handover__process=process).select_related("item__proposal")
    if keeps(person, process):
        return process, answers
    bodies = Membership.objects.filter(person=person, state=Membership.State.MEMBER, until=None).values("body")
    own = answers.filter(Q(item__handover__body__in=bodies) | Q(item__owner=person))
    if not own.exists():
        refuse(person)
    return process, own


def keeps(person: Person | None, process: Process) -> bool:
    """Officers keep all measures of their processes."""
    return is_officer(person, process)


def can_mark(person: Person | None, process: Process) -> bool:
    """Who took part may say what they think of the answers."""
    return may_mark(person, process)


def contribution_in(process: Process, pk: int) -> Contribution:
    return get_object_or_404(
        Contribution.objects.select_related("step__process", "person"), pk=pk, step__process=process
    )
