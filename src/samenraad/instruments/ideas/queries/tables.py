"""Ideas as a table and as JSON. Nothing in it says who gave or supported what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from samenraad.instruments.ideas.models import Idea
from samenraad.instruments.ideas.queries.lists import idea_of
from samenraad.processes.models import Contribution, Proposal, Source

HEADER = (
    "number", "title", "text", "theme", "place", "day", "channel", "status", "supporters", "comments",
    "latitude", "longitude", "language", "merged_into", "came_from", "sha256",
)  # fmt: skip
BATCH = 2_000


def as_json(found: QuerySet[Proposal]) -> Iterator[dict[str, Any]]:
    """One idea after the other, however many there are."""
    rows = found.select_related("merged_into", "carried_from")
    batch: list[Proposal] = []
    for proposal in rows.iterator(chunk_size=BATCH):
        batch.append(proposal)
        if len(batch) == BATCH:
            yield from _batch(batch)
            batch = []
    yield from _batch(batch)


def as_rows(found: QuerySet[Proposal]) -> Iterator[tuple[Any, ...]]:
    for row in as_json(found):
        yield tuple("" if row[name] is None else row[name] for name in HEADER)


def _batch(proposals: Iterable[Proposal]) -> Iterator[dict[str, Any]]:
    proposals = list(proposals)
    channels = _channels([proposal.pk for proposal in proposals])
    for proposal in proposals:
        yield _row(proposal, idea_of(proposal), channels.get(proposal.pk, ""))


def _channels(pks: list[int]) -> dict[int, str]:
    """By which channel each came in: of its own author, not of those who joined it by merging."""
    first = Source.objects.filter(proposal__in=pks, part=Source.Part.AUTHOR).order_by("-pk")
    parts = dict(first.values_list("proposal_id", "contribution_id"))
    channel = dict(Contribution.objects.filter(pk__in=set(parts.values())).values_list("pk", "channel"))
    return {pk: channel.get(part, "") for pk, part in parts.items()}


def _row(proposal: Proposal, idea: Idea | None, channel: str) -> dict[str, Any]:
    return {
        "number": proposal.number,
        "title": proposal.title,
        "text": proposal.text,
        "theme": idea.theme if idea else "",
        "place": proposal.place.name if proposal.place else "",
        "day": timezone.localtime(proposal.made_at).date().isoformat(),
        "channel": channel,
        "status": str(proposal.status),
        "supporters": proposal.supporters,
        "comments": proposal.comments,
        "latitude": idea.latitude if idea else None,
        "longitude": idea.longitude if idea else None,
        "language": proposal.language,
        "merged_into": proposal.merged_into.number if proposal.merged_into else None,
        "came_from": proposal.carried_from.number if proposal.carried_from else None,
        "sha256": proposal.sha256,
    }
