"""The same people in every test: Aisha takes part, Bram is the participation officer, Chantal sits on the
council, Dirk is a stranger, Emre has no e-mail. One house of fixtures.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from samenraad.people.models import Account, Body, Membership, Person, Place, Role, Town
from samenraad.refusals import Refusal


def somebody(name: str, *, account: bool = True, **fields: Any) -> Person:
    """A person, with an account and an e-mail address unless told otherwise."""
    email = f"{name.split()[0].lower()}@example.org" if account else ""
    user = Account.objects.create_user(email) if account else None
    return Person.objects.create(name=name, email=email, account=user, **fields)


def at_once(*acts: Callable[[], Any], workers: int | None = None) -> list[Any]:
    """What each of these gives back, or the code with which it was refused. Each has a thread and a connection of its
    own, and all are let go at the same moment; with `workers` so many are under way at a time."""
    gate = Barrier(len(acts)) if workers is None else None

    def run(act: Callable[[], Any]) -> Any:
        try:
            if gate:
                gate.wait(10)
            return act()
        except Refusal as refusal:
            return refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(workers or len(acts)) as pool:
        return list(pool.map(run, acts, timeout=240))


@pytest.fixture
def place(db: None) -> Place:
    return Place.objects.create(kind="town", code="LV", name="Lindenveld")


@pytest.fixture
def neighbourhoods(place: Place) -> list[Place]:
    return [
        Place.objects.create(kind="neighbourhood", code=f"LV0{number}", name=name, parent=place)
        for number, name in enumerate(["Oud-Linden", "De Kamp", "Beekdorp"], 1)
    ]


@pytest.fixture
def town(place: Place) -> Town:
    return Town.objects.create(
        place=place, slogan="praat mee, beslis mee", phone="088 123 45 67", hours="op werkdagen van 9 tot 17 uur",
        email="participatie@lindenveld.example", street="Marktplein 1", postcode="1234 AB", city="Lindenveld",
    )  # fmt: skip


@pytest.fixture
def council(place: Place) -> Body:
    return Body.objects.create(name="de gemeenteraad van Lindenveld", kind="council", place=place)


@pytest.fixture
def aisha(place: Place) -> Person:
    return somebody("Aisha El Amrani", place=place)


@pytest.fixture
def bram(place: Place) -> Person:
    person = somebody("Bram de Wit")
    Role.objects.create(person=person, word="officer")
    return person


@pytest.fixture
def chantal(council: Body) -> Person:
    person = somebody("Chantal Peeters")
    Role.objects.create(person=person, word="councillor")
    Membership.objects.create(body=council, person=person, seat_class="politician", state="member")
    return person


@pytest.fixture
def dirk(db: None) -> Person:
    return somebody("Dirk Vos")


@pytest.fixture
def emre(place: Place) -> Person:
    return somebody(
        "Emre Yıldız", account=False, street="Touwbaan 12", postcode="1234 CD", city="Lindenveld", place=place
    )


@pytest.fixture
def process(town: Town, bram: Person, council: Body) -> Any:
    """A public process in which gates 1 to 3 are passed."""
    from samenraad.processes import actions
    from samenraad.processes.models import Goal, RoomItem

    process = actions.create(
        title="Groener centrum", question="Hoe maken we het centrum groener?", place=town.place, by=bram
    )
    Goal.objects.create(process=process, policy_phase="preparation", text="Meer schaduw in het centrum")
    RoomItem.objects.create(process=process, kind="open", text="Waar de bomen komen")
    RoomItem.objects.create(
        process=process,
        kind="fixed",
        text="De markt blijft op zaterdag",
        level="local",
        source="Raadsbesluit 2024-11",
    )
    actions.publish(process=process, by=bram)
    draft = actions.draft_promise(
        process=process, body=council, term_days=70, text="De raad antwoordt op elk voorstel, met redenen.",
        preconditions=[{"nl": "past binnen het budget"}, {"nl": "mag volgens de wet"}], by=bram,
    )  # fmt: skip
    actions.publish_promise(promise=draft, by=bram)
    return process


@pytest.fixture
def step(process: Any, bram: Person) -> Any:
    """An open step of the instrument ideas."""
    from samenraad.processes import actions

    now = timezone.now()
    return actions.add_step(
        process=process, kind="ideas", title="Ideeën ophalen", by=bram,
        opens=now - timedelta(days=3), closes=now + timedelta(days=11),
    )  # fmt: skip


@pytest.fixture
def idea(step: Any, aisha: Person) -> Any:
    """Aisha's proposal in that step."""
    from samenraad.processes import actions

    part = actions.take_part(step=step, person=aisha)
    return actions.propose(
        step=step, contribution=part, title="Bomen op het Marktplein", text="Dan is er schaduw.", by=aisha
    )


@pytest.fixture
def as_(client: Client) -> Callable[[Person | None], Client]:
    """`as_(bram).get(...)`: a browser in which this person is signed in; without account, by letter code."""

    def sign_in(person: Person | None) -> Client:
        client.logout()
        if person is not None and person.account:
            client.force_login(person.account, backend="allauth.account.auth_backends.AuthenticationBackend")
        elif person is not None:
            session = client.session
            session["person"] = person.pk
            session.save()
        return client

    return sign_in


@pytest.fixture
def house(town, place, council, aisha, bram, chantal, dirk, emre, process, step, idea) -> SimpleNamespace:  # type: ignore[no-untyped-def]
    """Everybody and everything at once."""
    return SimpleNamespace(**locals())
