"""The list of ideas: what is asked for, found, sorted, and ready to print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenraad.followup.models import Item
from samenraad.instruments.ideas.models import Idea
from samenraad.instruments.ideas.queries.places import neighbourhoods
from samenraad.instruments.ideas.rules import Box, excerpt
from samenraad.people.models import Place
from samenraad.processes.models import Proposal, Step

PER_PAGE = 25
STATUSES = {
    "": gettext_lazy("open ideas"),
    "carried": gettext_lazy("goes on to a next step"),
    "handed": gettext_lazy("waits for an answer"),
    "answered": gettext_lazy("answered"),
    "merged": gettext_lazy("went on together with others"),
}
SORTS = {
    "": (gettext_lazy("newest first"), ("-made_at", "-pk")),
    "support": (gettext_lazy("most support first"), ("-supporters", "-pk")),
    "talk": (gettext_lazy("most comments first"), ("-comments", "-pk")),
}
#: so many words of a search are looked for
WORDS = 5


@dataclass(frozen=True)
class Filters:
    """What the reader asked for. What makes no sense in an address counts as not asked."""

    q: str = ""
    theme: str = ""
    place: int | None = None
    status: str = ""
    sort: str = ""
    box: Box | None = None

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Filters:
        place = query.get("place", "")
        status, sort = query.get("status", ""), query.get("sort", "")
        return cls(
            q=query.get("q", "").replace("\x00", "").strip()[:100],
            theme=query.get("theme", "").replace("\x00", "")[:80],
            place=int(place) if place.isdecimal() and len(place) < 16 else None,
            status=status if status in STATUSES else "",
            sort=sort if sort in SORTS else "",
            box=Box.read(query.get("box", "")),
        )

    @property
    def chosen(self) -> bool:
        """Whether something besides words was asked for: then those fields stand open."""
        return bool(self.theme or self.place or self.status or self.sort)

    @property
    def any(self) -> bool:
        return bool(self.q or self.theme or self.place or self.status or self.box)


def ideas(step: Step, filters: Filters) -> QuerySet[Proposal]:
    """The ideas that were asked for, in the order that was asked for."""
    found = _with_status(Proposal.objects.filter(step=step), filters.status)
    if filters.q.isdecimal() and len(filters.q) < 10:
        found = found.filter(number=int(filters.q))
    else:
        for word in filters.q.split()[:WORDS]:
            found = found.filter(Q(title__icontains=word) | Q(text__icontains=word))
    if filters.theme:
        found = found.filter(pk__in=Idea.objects.filter(step=step, theme=filters.theme).values("pk"))
    if filters.place:
        found = found.filter(Q(place=filters.place) | Q(place__parent=filters.place))
    if filters.box:
        found = found.filter(pk__in=_inside(step, filters.box).values("pk"))
    return found.select_related("idea", "place").order_by(*SORTS[filters.sort][1])


def _with_status(found: QuerySet[Proposal], status: str) -> QuerySet[Proposal]:
    if status == "merged":
        return found.filter(status__in=[Proposal.Status.MERGED, Proposal.Status.SPLIT])
    found = found.filter(status=Proposal.Status.PUBLIC)
    items = Item.objects.filter(proposal=OuterRef("pk"))
    if status == "carried":
        return found.filter(Exists(Proposal.objects.filter(carried_from=OuterRef("pk"))))
    if status == "handed":
        return found.filter(Exists(items.filter(handover__answered_at=None)))
    if status == "answered":
        return found.filter(Exists(items.exclude(handover__answered_at=None)))
    return found


def _inside(step: Step, box: Box) -> QuerySet[Idea]:
    """Ideas with their own point in the box, or without one in a neighbourhood whose centre lies in it."""
    own = Q(latitude__range=(box.south, box.north), longitude__range=(box.west, box.east))
    centre = Q(
        latitude=None,
        proposal__place__latitude__range=(box.south, box.north),
        proposal__place__longitude__range=(box.west, box.east),
    )
    return Idea.objects.filter(own | centre, step=step)


@dataclass(frozen=True)
class Row:
    """One idea in a list."""

    proposal: Proposal
    idea: Idea | None
    state: str = ""  # the shape: waiting, adopted, partly, rejected, forwarded, planned
    label: str = ""

    @property
    def excerpt(self) -> str:
        return excerpt(self.proposal.text)


@dataclass(frozen=True)
class Listing:
    page: Page[Proposal]
    rows: tuple[Row, ...]
    filters: Filters
    themes: tuple[str, ...]
    places: tuple[Place, ...]


def listing(step: Step, filters: Filters, page: str | None) -> Listing:
    shown = Paginator(ideas(step, filters), PER_PAGE).get_page(page)
    return Listing(shown, tuple(rows(list(shown))), filters, themes(step), tuple(neighbourhoods(step)))


def themes(step: Step) -> tuple[str, ...]:
    """The themes the organiser named, and those that came along with a table or an earlier step."""
    named = [str(theme) for theme in step.settings.get("themes", [])]
    found = Idea.objects.filter(step=step).exclude(theme="").order_by("theme").values_list("theme", flat=True)
    return tuple(dict.fromkeys([*named, *found.distinct()]))


def rows(proposals: Sequence[Proposal]) -> list[Row]:
    """Each with where it stands now, in a fixed number of queries."""
    pks = [proposal.pk for proposal in proposals]
    items = Item.objects.filter(proposal__in=pks).select_related("handover", "answer").order_by("pk")
    on_the_table = {item.proposal_id: item for item in items}
    further = Proposal.objects.filter(carried_from__in=pks).exclude(status=Proposal.Status.HIDDEN)
    carried = {twin.carried_from_id: twin for twin in further.order_by("-pk")}
    return [
        Row(proposal, idea_of(proposal), *standing(proposal, on_the_table.get(proposal.pk), carried.get(proposal.pk)))
        for proposal in proposals
    ]


def idea_of(proposal: Proposal) -> Idea | None:
    try:
        return proposal.idea
    except Idea.DoesNotExist:
        return None


def standing(proposal: Proposal, item: Item | None, twin: Proposal | None) -> tuple[str, str]:
    """Where an idea stands, as a shape and a word; nothing while it is simply open."""
    if proposal.status != Proposal.Status.PUBLIC:
        return "planned", str(proposal.get_status_display())
    if item and item.handover.answered_at:
        answer = getattr(item, "answer", None)
        return (answer.decision, str(answer.get_decision_display())) if answer else ("", "")
    if item:
        return "waiting", _("waits for an answer")
    if twin:
        return "planned", _("goes on as number {number} in a next step").format(number=twin.number)
    return "", ""
