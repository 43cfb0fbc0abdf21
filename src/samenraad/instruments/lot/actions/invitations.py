"""From addressees to people with an invitation, thousands at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings

from samenraad.instruments.lot.models import Invitation, Lot, Wave
from samenraad.instruments.lot.models.invitations import new_lot_number
from samenraad.instruments.lot.rules.homes import home_of
from samenraad.people.models import Person, Place, Register

BATCH = 500
#: how registers call a language
LANGUAGES = {"n": "nl", "nl": "nl", "ned": "nl", "f": "fr", "fr": "fr", "d": "de", "de": "de", "e": "en", "en": "en"}


def invite_all(*, lot: Lot, wave: Wave, register: Register, keys: Sequence[str]) -> int:
    """A person and an invitation for each of these numbers in the register. In the transaction of the caller."""
    facts = _facts(register, keys)
    places, default = _places(), settings.LANGUAGE_CODE.split("-")[0]
    people = Person.objects.bulk_create((_person(facts[key], places, default) for key in keys), batch_size=BATCH)
    numbers = _numbers(len(keys))
    Invitation.objects.bulk_create(
        (
            Invitation(
                lot=lot, wave=wave, person=person, number=number, key=key, features=facts[key]["groups"],
                home=home_of(person.street, person.postcode, person.city, settings.CODE_KEY),
            )
            for key, person, number in zip(keys, people, numbers, strict=True)
        ),
        batch_size=BATCH,
    )  # fmt: skip
    return len(people)


def _facts(register: Register, keys: Sequence[str]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for part in _parts(keys):
        found |= dict(register.entries.filter(key__in=part).values_list("key", "facts"))
    return found


def _parts(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    return (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))


def _person(facts: Mapping[str, Any], places: Mapping[str, Place], language: str) -> Person:
    names = [str(facts.get("place", "")), *map(str, facts["groups"].values())]
    place = next((places[name.casefold()] for name in names if name.casefold() in places), None)
    return Person(
        name=facts["name"], street=facts["street"], postcode=facts["postcode"], city=facts["city"], place=place,
        language=LANGUAGES.get(str(facts.get("language", "")).casefold(), language),
    )  # fmt: skip


def _places() -> dict[str, Place]:
    """By code and by name; a name that several places have is no name."""
    places = list(Place.objects.exclude(kind=Place.Kind.TOWN))
    names = [place.name.casefold() for place in places]
    by_name = {place.name.casefold(): place for place in places if names.count(place.name.casefold()) == 1}
    return by_name | {place.code.casefold(): place for place in places}


def _numbers(count: int) -> list[str]:
    """So many lot numbers that nobody has. Among 30,000 of them two would be the same more often than not."""
    made: dict[str, None] = {}
    while len(made) < count:
        fresh = [new_lot_number() for _ in range(count - len(made))]
        taken = {
            number
            for part in _parts(fresh)
            for number in Invitation.objects.filter(number__in=part).values_list("number", flat=True)
        }
        made |= dict.fromkeys(number for number in fresh if number not in taken)
    return list(made)
