"""What this instrument holds of one person."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from samenraad.instruments.ideas.queries.lists import idea_of
from samenraad.people.models import Person
from samenraad.processes.models import Source


def known(person: Person) -> dict[str, Any]:
    """The ideas this person gave and stands behind; not those that joined them by merging."""
    sources = Source.objects.filter(contribution__person=person, proposal__step__kind="ideas")
    rows = sources.select_related("proposal__idea", "proposal__place", "contribution").order_by("pk")
    own = [row for row in rows if row.origin_id == row.proposal_id]
    return {
        _("Ideas you gave"): [_given(row) for row in own if row.part == Source.Part.AUTHOR],
        _("Ideas you support"): [
            {_("idea"): str(row.proposal), _("since"): row.made_at} for row in own if row.part == Source.Part.SUPPORTER
        ],
    }


def _given(source: Source) -> dict[str, Any]:
    idea = idea_of(source.proposal)
    return {
        _("idea"): str(source.proposal),
        _("text"): source.proposal.text,
        _("way"): source.contribution.get_channel_display(),
        _("day"): source.contribution.day,
        _("theme"): idea.theme if idea else "",
        _("neighbourhood"): source.proposal.place.name if source.proposal.place else "",
        _("photo"): bool(idea and idea.photo),
        _("number on the form"): idea.reference if idea else "",
    }
