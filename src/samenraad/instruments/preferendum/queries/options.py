"""The options as their organiser sees them, and the texts that can come from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from samenraad.instruments.preferendum.models import Option, Preferendum
from samenraad.instruments.preferendum.queries.missing import is_unchanged
from samenraad.instruments.preferendum.queries.page import lines
from samenraad.processes.models import Proposal, Step

#: so many texts are shown at once
MOST_TEXTS = 200


@dataclass(frozen=True)
class Row:
    """One option, where it came from, and whether it still says the same."""

    option: Option
    proposal: Proposal
    pros: tuple[str, ...]
    cons: tuple[str, ...]
    unchanged: bool
    story: str = ""

    @property
    def source(self) -> Proposal | None:
        return self.proposal.carried_from

    @property
    def is_out(self) -> bool:
        return self.proposal.status != Proposal.Status.PUBLIC


def row(option: Option) -> Row:
    text = option.proposal
    story = reverse("followup:story", args=[text.carried_from_id]) if text.carried_from_id else ""
    return Row(option, text, lines(option.pros), lines(option.cons), is_unchanged(option), story)


def rows(preferendum: Preferendum) -> list[Row]:
    found = Option.objects.filter(preferendum=preferendum).select_related("proposal__carried_from__step")
    return [row(option) for option in found.order_by("proposal__number")]


def sources(preferendum: Preferendum) -> QuerySet[Step]:
    """Other steps of the same process that hold public texts."""
    others = Step.objects.filter(process=preferendum.step.process_id).exclude(pk=preferendum.pk)
    public = Count("proposals", filter=Q(proposals__status=Proposal.Status.PUBLIC))
    return others.annotate(texts=public).filter(texts__gt=0).order_by("pk")


def texts(preferendum: Preferendum, source: Step, least: int) -> list[Proposal]:
    """Public texts with enough people behind them (R275); `here` says which came already."""
    here = Proposal.objects.filter(step=preferendum.pk, carried_from=OuterRef("pk"))
    found = Proposal.objects.filter(step=source, status=Proposal.Status.PUBLIC, supporters__gte=least)
    return list(found.annotate(here=Exists(here)).order_by("number")[:MOST_TEXTS])


def on_a_fixed_ballot(proposal: Proposal) -> bool:
    """The text itself, or the one it came over as."""
    here = Q(proposal=proposal) | Q(proposal__carried_from=proposal)
    fixed = Option.objects.filter(here, preferendum__step__vote__frozen_at__isnull=False)
    return fixed.filter(proposal__status=Proposal.Status.PUBLIC).exists()


def whole(text: str) -> int:
    """A number from an address; nonsense is nothing."""
    return int(text) if text.isdecimal() and len(text) < 10 else 0
