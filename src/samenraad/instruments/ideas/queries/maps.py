"""The same ideas on a map: dots for the drawing that everybody gets, and points for a map with streets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from samenraad.instruments.ideas.models import Idea
from samenraad.instruments.ideas.queries.lists import Filters, ideas
from samenraad.instruments.ideas.rules import Box, Dot, clusters, frame
from samenraad.instruments.ideas.rules.maps import HIGH, WIDE, place
from samenraad.people.models import Place
from samenraad.processes.models import Proposal, Step

#: so many dots get their own title in the list beside the drawing
MOST = 5_000
HAS_POINT = Q(idea__latitude__isnull=False) | Q(place__latitude__isnull=False)


@dataclass(frozen=True)
class Name:
    """A neighbourhood on the drawing."""

    text: str
    x: float
    y: float


@dataclass(frozen=True)
class Spot:
    """One dot, ready to print: texts, for a template would write numbers as people do."""

    x: str
    y: str
    text_y: str
    radius: str
    count: int
    url: str
    label: str


@dataclass(frozen=True)
class Drawing:
    box: Box
    spots: tuple[Spot, ...]
    names: tuple[Name, ...]
    count: int
    without: int
    wide: float = WIDE
    high: float = HIGH


def has_points(step: Step) -> bool:
    """Two short questions: asked as one, with OR across a join, PostgreSQL looks at every idea of the step."""
    mapped = Place.objects.filter(latitude__isnull=False)
    return (
        Idea.objects.filter(step=step, latitude__isnull=False).exists()
        or Proposal.objects.filter(step=step, place__in=mapped).exists()
    )


def _points(step: Step, filters: Filters) -> QuerySet[Proposal, Any]:
    found = ideas(step, filters).filter(HAS_POINT).order_by("pk")
    return found.values(
        "pk", "number", "title",
        lat=Coalesce("idea__latitude", "place__latitude"), lon=Coalesce("idea__longitude", "place__longitude"),
        own=F("idea__latitude"),
    )  # fmt: skip


def drawing(step: Step, filters: Filters, places: list[Place]) -> Drawing | None:
    """Everything on the drawing; nothing when no idea has a place. Without a point of its own an idea stands in the
    centre of its neighbourhood.
    """
    rows = list(_points(step, filters)[:MOST])
    centres = [place for place in places if place.latitude is not None and place.longitude is not None]
    around = [(float(one.latitude or 0), float(one.longitude or 0)) for one in centres]
    box = frame([*((row["lat"], row["lon"]) for row in rows), *(around if not filters.box else [])])
    if not rows or box is None:
        return None
    dots = clusters(((row["pk"], row["lat"], row["lon"]) for row in rows), box)
    names = [Name(one.name, *place(box, *at)) for one, at in zip(centres, around, strict=True)]
    inside = [name for name in names if 0 < name.x < WIDE and 0 < name.y < HIGH]
    total = ideas(step, filters).count()
    titles = {row["pk"]: (row["number"], row["title"]) for row in rows}
    spots = tuple(_spot(step, dot, titles, names) for dot in dots)
    return Drawing(box, spots, tuple(inside), len(rows), max(0, total - len(rows)))


def _spot(step: Step, dot: Dot, titles: dict[int, tuple[int, str]], names: list[Name]) -> Spot:
    if dot.key is not None:
        number, title = titles[dot.key]
        url, label = reverse("ideas:idea", args=[step.pk, number]), f"{number}. {title}"
    else:
        url = f"{reverse('ideas:show', args=[step.pk])}?box={dot.box}"
        near = min(names, key=lambda name: (name.x - dot.x) ** 2 + (name.y - dot.y) ** 2, default=None)
        text = _("{count} ideas close together, near {place}") if near else _("{count} ideas close together")
        label = text.format(count=dot.count, place=near.text if near else "")
    x, y, text_y, radius = (f"{figure:.1f}" for figure in (dot.x, dot.y, dot.y + 6, dot.radius))
    return Spot(x, y, text_y, radius, dot.count, url, label)


def frame_of(places: Sequence[Place]) -> Box | None:
    """The piece of the earth in which these places lie, to begin a map with."""
    return frame(
        (float(one.latitude), float(one.longitude))
        for one in places
        if one.latitude is not None and one.longitude is not None
    )


def geojson(step: Step, filters: Filters) -> dict[str, Any]:
    """The points for a map with streets: number, title and place of each, nothing else."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [row["lon"], row["lat"]]},
            "properties": {"number": row["number"], "title": row["title"], "exact": row["own"] is not None},
        }
        for row in _points(step, filters)[:MOST]
    ]
    return {"type": "FeatureCollection", "features": features}
