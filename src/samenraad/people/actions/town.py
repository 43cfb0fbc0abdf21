"""The town as its residents meet it: its details and its own words."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from samenraad.ledger.actions import note
from samenraad.people.models import Person, Town, Word


@transaction.atomic
def change_town(*, town: Town, changed: list[str], by: Person | None = None) -> Town:
    """Save the details, and say which of them changed."""
    if changed:
        town.save()
        note("town.changed", town, who=by, fields=sorted(changed))
    return town


@transaction.atomic
def change_words(*, language: str, words: Mapping[str, str], by: Person | None = None) -> int:
    """The town's own words in one language. An empty one gives the house's word back. How many changed."""
    before = dict(Word.objects.filter(language=language).values_list("term", "text"))
    changed = {term: text for term, text in words.items() if text != before.get(term, "")}
    for term, text in changed.items():
        if text:
            Word.objects.update_or_create(term=term, language=language, defaults={"text": text})
        else:
            Word.objects.filter(term=term, language=language).delete()
    if changed:
        note("town.words_changed", who=by, language=language, words=changed)
    return len(changed)
