"""The page of one idea: what it says, who may do what with it now, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from samenraad.discussion.queries import name_of, why_closed
from samenraad.followup.models import Item
from samenraad.instruments.ideas.models import Idea
from samenraad.instruments.ideas.queries.lists import idea_of, standing
from samenraad.people.models import Person
from samenraad.post.rules import medium_for
from samenraad.processes.models import Proposal, Source, Step
from samenraad.ui.pieces import StoryEntry


@dataclass(frozen=True)
class IdeaPage:
    step: Step
    proposal: Proposal
    idea: Idea | None
    authors: tuple[str, ...]
    mine: bool
    supporting: bool
    closed: str  # why nothing can be added now
    may_edit: bool
    may_withdraw: bool
    state: str
    label: str
    merged_from: tuple[Proposal, ...]
    carried_to: tuple[Proposal, ...]
    story: tuple[StoryEntry, ...]

    @property
    def readable(self) -> bool:
        """Hidden and withdrawn texts are gone from the page; merged and split ones can still be read."""
        return self.proposal.status not in {Proposal.Status.HIDDEN, Proposal.Status.WITHDRAWN}

    @property
    def takes_more(self) -> bool:
        return self.proposal.status == Proposal.Status.PUBLIC and not self.closed


def idea_page(step: Step, proposal: Proposal, person: Person | None) -> IdeaPage:
    sources = _sources(proposal, person)
    authors = [source for source in sources if source.part == Source.Part.AUTHOR]
    mine = any(person and source.contribution.person_id == person.pk for source in authors if _own(source))
    supporting = any(source.part == Source.Part.SUPPORTER for source in sources)
    item = Item.objects.filter(proposal=proposal).select_related("handover", "answer").last()
    merged_from = tuple(Proposal.objects.filter(merged_into=proposal).select_related("step").order_by("number"))
    carried_to = tuple(Proposal.objects.filter(carried_from=proposal).select_related("step").order_by("pk"))
    closed = why_closed(step)
    touched = bool(proposal.supporters or proposal.comments or item or carried_to)
    is_open = proposal.status == Proposal.Status.PUBLIC
    state, label = standing(proposal, item, carried_to[-1] if carried_to else None)
    return IdeaPage(
        step=step, proposal=proposal, idea=idea_of(proposal), authors=_names(authors), mine=mine,
        supporting=supporting, closed=closed, may_edit=mine and is_open and not touched and not closed,
        may_withdraw=mine and is_open and item is None, state=state, label=label,
        merged_from=merged_from, carried_to=carried_to, story=_story(proposal, merged_from, carried_to, item),
    )  # fmt: skip


def _sources(proposal: Proposal, person: Person | None) -> list[Source]:
    """The authors, and this reader's own support; never the other supporters, however many there are."""
    found = list(
        Source.objects.filter(proposal=proposal, part=Source.Part.AUTHOR).select_related("contribution__person")[:50]
    )
    if person:
        own = Source.objects.filter(proposal=proposal, part=Source.Part.SUPPORTER, contribution__person=person)
        found += list(own.select_related("contribution")[:1])
    return found


def _own(source: Source) -> bool:
    return source.origin_id == source.proposal_id


def _names(authors: list[Source]) -> tuple[str, ...]:
    """Names of who chose to show it; the others together, as a number would tell too much in a small street."""
    names = [name_of(source.contribution.person) for source in authors] or [_("a resident")]
    return tuple(dict.fromkeys(names))


def _story(
    proposal: Proposal, merged_from: tuple[Proposal, ...], carried_to: tuple[Proposal, ...], item: Item | None
) -> tuple[StoryEntry, ...]:
    entries = [StoryEntry(_origin(proposal), _day(proposal.made_at))]
    if merged_from:
        numbers = ", ".join(str(other.number) for other in merged_from)
        entries.append(StoryEntry(_("Together with number {numbers}").format(numbers=numbers)))
    if proposal.merged_into:
        entries.append(
            StoryEntry(_("It went on as part of number {number}").format(number=proposal.merged_into.number))
        )
    entries += [
        StoryEntry(_("It went on to “{step}” as number {number}").format(step=twin.step.title, number=twin.number),
                   _day(twin.made_at))
        for twin in carried_to
    ]  # fmt: skip
    if item:
        entries.append(StoryEntry(_("Handed over for an answer"), item.handover.handed_on))
    if item and item.handover.answered_at:
        entries.append(StoryEntry(_("There is an answer"), _day(item.handover.answered_at)))
    return tuple(entries)


def _origin(proposal: Proposal) -> str:
    if proposal.carried_from:
        return _("It came from number {number} as number {own}").format(
            number=proposal.carried_from.number, own=proposal.number
        )
    return _("The idea got number {number}").format(number=proposal.number)


def _day(moment: datetime) -> datetime:
    return timezone.localtime(moment)


def told_by(proposal: Proposal) -> str:
    """By what the author of an idea hears what becomes of it: email, letter, phone, or nothing."""
    source = (
        Source.objects.filter(proposal=proposal, part=Source.Part.AUTHOR).select_related("contribution__person").first()
    )
    person = source.contribution.person if source else None
    if source is None or person is None:
        return ""
    preference = person.prefers or source.contribution.channel
    return medium_for(preference, bool(person.email), person.has_address, bool(person.phone)) or ""
