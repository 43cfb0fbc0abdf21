"""What every page knows: the town, its words, who is looking."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from samenraad.people.access import is_staff, scopes
from samenraad.people.models import Role, Town
from samenraad.people.words import Words


def town(request: HttpRequest) -> dict[str, Any]:
    person = getattr(request, "person", None)
    languages = getattr(request, "languages", settings.OFFERED_LANGUAGES)
    return {
        "town": SimpleLazyObject(lambda: Town.objects.select_related("place").first() or Town()),
        "words": SimpleLazyObject(Words.load),
        "person": person,
        "is_staff": SimpleLazyObject(lambda: is_staff(person)),
        # "officer" in roles: also who has that role in one process only
        "roles": SimpleLazyObject(lambda: {word for word in Role.Kind.values if scopes(person, word)}),
        **_demo(request),
        "offered_languages": [pair for pair in settings.LANGUAGES if pair[0] in languages],
        "languages_on_top": len(languages) > len(settings.OFFERED_LANGUAGES),
        "tile_url": settings.TILE_URL,
        "tile_credit": settings.TILE_CREDIT,
    }


def _demo(request: HttpRequest) -> dict[str, Any]:
    """The strip of the demo town: as whom one can look around."""
    if not settings.DEMO:
        return {"demo": False}
    from samenraad.site.demo.personas import PERSONAS, SESSION_KEY

    nobody = "" if getattr(request, "person", None) else PERSONAS[0].key
    return {
        "demo": True,
        "personas": PERSONAS,
        "current_persona": SimpleLazyObject(lambda: request.session.get(SESSION_KEY, nobody)),
    }
