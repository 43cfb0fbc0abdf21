"""Taking part: that somebody did, what they brought, what they stand behind."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.formats import date_format

from samenraad.ledger.actions import note
from samenraad.people.models import Channel, Person, Place
from samenraad.processes import rules
from samenraad.processes.gates import passed
from samenraad.processes.models import Contribution, Proposal, Source, Step, digest_of
from samenraad.refusals import Refusal


@transaction.atomic
def take_part(
    *,
    step: Step,
    person: Person | None,
    channel: str = Channel.WEB,
    day: date | None = None,
    entered_by: Person | None = None,
) -> Contribution:
    """Somebody takes part in this step. Doing so twice by the same channel is one contribution.

    Nobody (`person=None`) is allowed: a card without a name is a contribution too. `day` is the day on which
    the person acted, for what staff key in later. Says why not, if not.
    """
    today = timezone.localdate()
    day = day or today
    _must_be_open(step, day, today, live=entered_by is None)
    if person is None:
        return Contribution.objects.create(step=step, channel=channel, day=day, entered_by=entered_by)
    contribution, _ = Contribution.objects.get_or_create(
        step=step, person=person, channel=channel, defaults={"day": day, "entered_by": entered_by}
    )
    if contribution.withdrawn_at:
        contribution.withdrawn_at = None
        contribution.save(update_fields=["withdrawn_at"])
    return contribution


def _must_be_open(step: Step, day: date, today: date, *, live: bool) -> None:
    if step.concluded_at or step.process.closed_at:
        raise Refusal("step.closed", closes=_in_words(step.concluded_at or step.process.closed_at))
    opens, closes = (timezone.localtime(moment).date() if moment else None for moment in (step.opens, step.closes))
    why_not = rules.may_take_part(
        public=step.process.is_public, promised=passed(step.process, 3),
        opens=opens, closes=closes, day=day, today=today,
    )  # fmt: skip
    if not why_not and live and not step.is_open:  # on the day itself the hour counts, for who acts now
        why_not = "closed" if step.closes and timezone.now() >= step.closes else "not_open_yet"
    if why_not == "not_open_yet" and opens is None:
        why_not = "planned"
    if why_not:
        raise Refusal(f"step.{why_not}", opens=_in_words(step.opens), closes=_in_words(step.closes))


def _in_words(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "j F Y, H:i") if moment else ""


@transaction.atomic
def propose(
    *,
    step: Step,
    contribution: Contribution | None,
    title: str,
    text: str,
    language: str = "nl",
    place: Place | None = None,
    by: Person | None = None,
    act: str = "proposal.made",
) -> Proposal:
    """A new text with the next number of its step, and its author behind it."""
    proposal = Proposal.objects.create(
        step=step, number=next_number(step), title=title, text=text, language=language, place=place,
        sha256=digest_of(title, text),
    )  # fmt: skip
    if contribution:
        Source.objects.create(contribution=contribution, proposal=proposal, part=Source.Part.AUTHOR, origin=proposal)
    channel = contribution.channel if contribution else ""
    note(
        act,
        proposal,
        thread=step.process,
        who=by,
        number=proposal.number,
        sha256=proposal.sha256,
        channel=channel,
    )
    return proposal


def next_number(step: Step) -> int:
    """The next free number; holding the step's row, so that two people never get the same."""
    Step.objects.select_for_update().get(pk=step.pk)
    return (Proposal.objects.filter(step=step).aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def edit(*, proposal: Proposal, title: str, text: str, by: Person) -> Proposal:
    """The author mends the text, as long as nobody supported it or reacted to it."""
    proposal = held(proposal)
    must_be_public(proposal)
    if not is_author(by, proposal):
        raise Refusal("proposal.not_yours")
    if proposal.supporters or proposal.comments:
        raise Refusal("proposal.has_reactions")
    old = proposal.sha256
    proposal.title, proposal.text, proposal.sha256 = title, text, digest_of(title, text)
    proposal.save(update_fields=["title", "text", "sha256"])
    note(
        "proposal.edited", proposal, thread=proposal.step.process, who=by,
        number=proposal.number, old=old, new=proposal.sha256,
    )  # fmt: skip
    return proposal


@transaction.atomic
def withdraw(*, proposal: Proposal, by: Person) -> Proposal:
    """The author takes the text back. That they took part stands; the text is no longer shown."""
    proposal = held(proposal)
    must_be_public(proposal)
    if not is_author(by, proposal):
        raise Refusal("proposal.not_yours")
    proposal.status = Proposal.Status.WITHDRAWN
    proposal.save(update_fields=["status"])
    note("proposal.withdrawn", proposal, thread=proposal.step.process, who=by, number=proposal.number)
    return proposal


@transaction.atomic
def support(
    *, proposal: Proposal, person: Person, channel: str = Channel.WEB, entered_by: Person | None = None
) -> bool:
    """Stand behind somebody's text. Twice is once; says whether this was the first time."""
    proposal = held(proposal)
    must_be_public(proposal)
    behind = set(Source.objects.filter(contribution__person=person, proposal=proposal).values_list("part", flat=True))
    if Source.Part.AUTHOR in behind:
        raise Refusal("proposal.own")
    contribution = take_part(step=proposal.step, person=person, channel=channel, entered_by=entered_by)
    _, first = Source.objects.get_or_create(
        contribution=contribution, proposal=proposal, part=Source.Part.SUPPORTER, origin=proposal
    )
    if Source.Part.SUPPORTER not in behind:  # who came along with a merged text is counted already
        Proposal.objects.filter(pk=proposal.pk).update(supporters=F("supporters") + 1)
    if first:
        note("proposal.supported", proposal, thread=proposal.step.process, who=person, number=proposal.number)
    return first


@transaction.atomic
def unsupport(*, proposal: Proposal, person: Person) -> bool:
    """Step back from a text, while the step is open."""
    proposal = held(proposal)
    _must_be_open(proposal.step, timezone.localdate(), timezone.localdate(), live=True)
    gone, _ = Source.objects.filter(contribution__person=person, proposal=proposal, part=Source.Part.SUPPORTER).delete()
    if gone:
        Proposal.objects.filter(pk=proposal.pk).update(supporters=F("supporters") - 1)
        note("proposal.unsupported", proposal, thread=proposal.step.process, who=person, number=proposal.number)
    return bool(gone)


def held(proposal: Proposal) -> Proposal:
    """The row as it is now, kept until the end of the transaction: nobody merges it while it gets support."""
    return Proposal.objects.select_for_update(of=("self",)).select_related("step__process").get(pk=proposal.pk)


def is_author(person: Person | None, proposal: Proposal) -> bool:
    return (
        bool(person)
        and Source.objects.filter(
            contribution__person=person, proposal=proposal, origin=proposal, part=Source.Part.AUTHOR
        ).exists()
    )


def must_be_public(proposal: Proposal) -> None:
    """Merged, withdrawn and hidden texts take nothing new."""
    if proposal.status != Proposal.Status.PUBLIC:
        raise Refusal("proposal.not_public")
