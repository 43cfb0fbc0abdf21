"""What every page knows: the town, its words, who is looking."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from samenraad.people.access import has_role, scopes
from samenraad.people.models import Role, Town
from samenraad.people.words import Words


def town(request: HttpRequest) -> dict[str, Any]:
    person = getattr(request, "person", None)
    return {
        "town": SimpleLazyObject(lambda: Town.objects.select_related("place").first() or Town()),
        "words": SimpleLazyObject(Words.load),
        "person": person,
        "is_staff": SimpleLazyObject(
            lambda: has_role(person, "officer", "moderator", "councillor", "owner", "secretary", "evaluator")
        ),
        # "officer" in roles: also who has that role in one process only
        "roles": SimpleLazyObject(lambda: {word for word in Role.Kind.values if scopes(person, word)}),
        "demo": settings.DEMO,
        "offered_languages": [pair for pair in settings.LANGUAGES if pair[0] in settings.OFFERED_LANGUAGES],
        "tile_url": settings.TILE_URL,
        "tile_credit": settings.TILE_CREDIT,
    }
