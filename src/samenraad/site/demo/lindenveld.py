"""Lindenveld itself: its places, its people, who sits where. Everything here is invented."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from random import Random
from typing import Any

from django.utils import timezone

from samenraad.ledger.actions import note
from samenraad.people import actions as people
from samenraad.people.models import Body, Membership, Person, Place, Town
from samenraad.processes.actions import load_elections
from samenraad.site.demo import names
from samenraad.site.demo.content import read
from samenraad.site.demo.personas import PERSONAS, STAFF

AGES = ("0-15", "16-29", "30-44", "45-64", "65+")
PANEL, RESIDENTS, COUNCILLORS = 150, 130, 35
SINCE = 730


@dataclass
class Lindenveld:
    """Everybody and everything that the stories are about."""

    today: date
    place: Place
    places: dict[str, Place]
    council: Body
    executive: Body
    panel: Body
    #: the personas and the other staff, by their key
    who: dict[str, Person]
    members: list[Person] = field(default_factory=list)
    residents: list[Person] = field(default_factory=list)
    children: list[Person] = field(default_factory=list)
    chance: Random = field(default_factory=lambda: Random(20210301))

    def day(self, days: int) -> date:
        return self.today + timedelta(days=days)


def found(today: date) -> Lindenveld:
    """The town two years ago, before anything was asked."""
    facts = read("town")
    place, places = _places(facts, today)
    Town.objects.create(
        place=place, **{key: facts[key] for key in ("slogan", "phone", "hours", "email", "street", "postcode", "city")}
    )
    council = people.make_body(
        name="de gemeenteraad van Lindenveld", kind="council", place=place, email="griffie@lindenveld.example"
    )
    executive = people.make_body(
        name="het college van Lindenveld", kind="executive", place=place, email="college@lindenveld.example"
    )
    panel = people.make_body(name="het Klimaatpanel", kind="panel", place=place, seats={"citizen": PANEL})
    town = Lindenveld(today, place, places, council, executive, panel, _known_people(places))
    _crowd(town)
    _seats(town)
    load_elections()
    return town


def _places(facts: dict[str, Any], today: date) -> tuple[Place, dict[str, Place]]:
    rows: list[Sequence[object]] = [("LV", "Lindenveld", "town", "", 52.2110, 5.9600)]
    figures: list[Sequence[object]] = []
    day = (today - timedelta(days=SINCE)).replace(month=1, day=1).isoformat()
    for district in facts["district"]:
        rows.append((district["code"], district["name"], "district", "LV", "", ""))
        for one in district["neighbourhoods"]:
            rows.append(
                (one["code"], one["name"], "neighbourhood", district["code"], one["latitude"], one["longitude"])
            )
            figures += [
                (one["code"], "leeftijd", age, count, facts["source"], day)
                for age, count in zip(AGES, one["age"], strict=True)
            ]
    whole = [one["age"] for part in facts["district"] for one in part["neighbourhoods"]]
    parts = {part["code"]: [one["age"] for one in part["neighbourhoods"]] for part in facts["district"]} | {"LV": whole}
    for code, ages in parts.items():
        summed = [sum(group) for group in zip(*ages, strict=True)]
        figures += [(code, "leeftijd", age, count, facts["source"], day)
                    for age, count in zip(AGES, summed, strict=True)]  # fmt: skip
    adults = sum(sum(group[1:]) for group in whole)
    for dimension, shares in facts["shares"].items():
        figures += [("LV", dimension, value, adults * share // 1000, facts["source"], day)
                    for value, share in shares.items()]  # fmt: skip
    people.import_places(content=_csv(("code", "name", "kind", "parent", "latitude", "longitude"), rows))
    people.import_population(content=_csv(("place", "dimension", "value", "count", "source", "date"), figures))
    places = {place.name: place for place in Place.objects.all()}
    return places["Lindenveld"], places


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return out.getvalue().encode()


def _known_people(places: dict[str, Place]) -> dict[str, Person]:
    """The personas, and the staff that stands behind measures. Nobody has a password."""
    found = {}
    for one in (*PERSONAS, *STAFF):
        if not one.full_name:
            continue
        email = names.email_of(one.full_name)
        if one.role:
            person = people.add_staff(email=email, name=one.full_name, word=one.role)
        else:
            person = people.register_person(name=one.full_name, email=email if one.account else "")
            if one.account:
                account = people.account_for(email)
                assert account is not None
                person = people.link_account(person=person, account=account)
        for name, value in one.fields.items():
            setattr(person, name, places[value] if name == "place" else value)
        person.save()
        found[one.key] = person
    return found


def _crowd(town: Lindenveld) -> None:
    """Everybody else. One in eight has no e-mail: those get letters, or a phone call."""
    fresh = names.names(town.chance)
    spots = [place for place in town.places.values() if place.kind == Place.Kind.NEIGHBOURHOOD]
    adults = [_resident(name, town.chance, spots) for name in islice(fresh, RESIDENTS)]
    children = [Person(name=name, place=town.places["Noorderakker"]) for name in names.children()]
    made = Person.objects.bulk_create(adults + children)
    town.residents, town.children = made[:RESIDENTS], made[RESIDENTS:]


def _resident(name: str, chance: Random, spots: Sequence[Place]) -> Person:
    way = chance.choices(("email", "letter", "phone"), (88, 8, 4))[0]
    person = Person(name=name, place=chance.choice(spots), show_name=chance.random() < 0.6)
    if way == "email":
        person.email = names.email_of(name)
    elif way == "letter":
        person.street, person.postcode, person.city = names.street(chance), names.postcode(chance), "Lindenveld"
    else:
        person.phone = f"0570 55 {chance.randrange(10, 100)} {chance.randrange(10, 100)}"
    return person


def _seats(town: Lindenveld) -> None:
    """The council with its chair, the executive. In one go: who sits where is not what the ledger is about here."""
    since = timezone.localdate()
    others = Person.objects.bulk_create(
        [Person(name=name) for name in islice(names.names(Random(35)), COUNCILLORS - 2 + 4)]
    )
    chair, councillors, aldermen = town.who["chair"], others[: COUNCILLORS - 2], others[COUNCILLORS - 2 :]
    seated = [(town.council, [chair, town.who["councillor"], *councillors], "politician")]
    seated += [(town.executive, [town.who["alderman"], *aldermen], "politician")]
    Membership.objects.bulk_create(
        Membership(body=body, person=person, seat_class=seat, since=since, chair=number == 0)
        for body, some, seat in seated
        for number, person in enumerate(some)
    )
    note("body.seated", town.council, seats=len(councillors) + 2)


def thank_panel(town: Lindenveld) -> None:
    """The panel has done its work; its members stay known as such."""
    rows = Membership.objects.filter(body=town.panel, until=None, state=Membership.State.MEMBER)
    rows.update(state=Membership.State.COMPLETED, until=timezone.localdate())
    note("body.thanked", town.panel)
