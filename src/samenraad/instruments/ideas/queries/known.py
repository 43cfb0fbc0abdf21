"""What this instrument holds of one person."""

from __future__ import annotations

from typing import Any

from samenraad.instruments.ideas.queries.lists import idea_of
from samenraad.people.models import Person
from samenraad.processes.models import Source


def known(person: Person) -> dict[str, Any]:
    """The ideas this person gave and stands behind; not those that joined them by merging."""
    sources = Source.objects.filter(contribution__person=person, proposal__step__kind="ideas")
    rows = sources.select_related("proposal__idea", "proposal__place", "contribution").order_by("pk")
    own = [row for row in rows if row.origin_id == row.proposal_id]
    return {
        "ideas_given": [_given(row) for row in own if row.part == Source.Part.AUTHOR],
        "ideas_supported": [
            {"idea": str(row.proposal), "since": row.made_at.isoformat()}
            for row in own
            if row.part == Source.Part.SUPPORTER
        ],
    }


def _given(source: Source) -> dict[str, Any]:
    idea = idea_of(source.proposal)
    return {
        "idea": str(source.proposal),
        "text": source.proposal.text,
        "channel": source.contribution.channel,
        "day": source.contribution.day.isoformat(),
        "theme": idea.theme if idea else "",
        "neighbourhood": source.proposal.place.name if source.proposal.place else "",
        "photo": bool(idea and idea.photo),
        "number_of_the_form": idea.reference if idea else "",
    }
