"""Who gave an idea that staff bring in: somebody we know already, somebody new, or nobody in particular."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q

from samenraad.discussion.rules import tidy_postcode
from samenraad.people.actions import register_person
from samenraad.people.models import Person

Who = Mapping[str, str]
BATCH = 500


def keys_of(who: Who) -> list[tuple[str, ...]]:
    """By what somebody is recognised: name with e-mail address, or name with full address. Never by one of them
    alone: families share an address, and a name says little.
    """
    name = who.get("name", "").strip().casefold()
    keys: list[tuple[str, ...]] = []
    if who.get("email"):
        keys.append(("email", name, who["email"].strip().lower()))
    if name and who.get("street") and who.get("postcode"):
        street = " ".join(who["street"].casefold().split())
        keys.append(("address", name, street, tidy_postcode(who["postcode"])))
    return keys


def people_of(all_who: Sequence[Who]) -> list[Person | None]:
    """The person behind each of these, in the same order. Who is known keeps the address we had: what is typed in
    from elsewhere never changes where somebody's post goes.
    """
    known = _known(all_who)
    found: list[Person | None] = []
    made: list[Person] = []
    for who in all_who:
        person = next((known[key] for key in keys_of(who) if key in known), None)
        if person is None and any(who.values()):
            person = Person(**_tidy(who))
            made.append(person)
        if person:
            known |= dict.fromkeys(keys_of(who), person)
        found.append(person)
    Person.objects.bulk_create(made, batch_size=BATCH)
    return found


def person_of(who: Who, **fields: Any) -> Person | None:
    """The same for one: from a paper form or on the phone."""
    if not any(who.values()):
        return None
    known = _known([who])
    person = next((known[key] for key in keys_of(who) if key in known), None)
    return person or register_person(**_tidy(who), **fields)


def _tidy(who: Who) -> dict[str, str]:
    tidy = {word: value.strip() for word, value in who.items()}
    if tidy.get("postcode"):
        tidy["postcode"] = tidy_postcode(tidy["postcode"])
    if tidy.get("email"):
        tidy["email"] = tidy["email"].lower()
    return tidy


def _known(all_who: Iterable[Who]) -> dict[tuple[str, ...], Person]:
    """Those we know already, by their keys; the one we know longest first."""
    wanted = {key for who in all_who for key in keys_of(who)}
    emails = sorted({key[2] for key in wanted if key[0] == "email"})
    postcodes = sorted({key[3] for key in wanted if key[0] == "address"})
    known: dict[tuple[str, ...], Person] = {}
    for person in (*_in("email__in", emails), *_in("postcode__in", postcodes)):
        who = {word: getattr(person, word) for word in ("name", "email", "street", "postcode")}
        for key in keys_of(who):
            if key in wanted:
                known.setdefault(key, person)
    return known


def _in(lookup: str, values: Sequence[str]) -> Iterable[Person]:
    for start in range(0, len(values), BATCH):
        some = Q(**{lookup: values[start : start + BATCH]})
        yield from Person.objects.filter(some, forgotten_at=None).order_by("pk")
