"""The whole demo town, in one transaction: it is there completely, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connections, transaction
from django.utils import timezone, translation

from samenraad.people.models import Town
from samenraad.site.demo import centre, climate, diary, lindenveld, lots, plans, playgrounds, votes
from samenraad.site.demo.clock import at, moment
from samenraad.site.demo.content import read
from samenraad.site.demo.telling import nights

#: when the house did what was due: after each piece of news, and every day of the last week
NIGHTS = (-344, -193, -160, -78, -70, -63, -59, -56, -49, -42, -35, -28, -21, -18, -14, -13, -7, -6, -5, -4, -3, -2, -1)

Say = Callable[[str], object]


def exists() -> bool:
    return Town.objects.exists()


def is_ours() -> bool:
    """Whether what is there is Lindenveld, or nothing at all: anything else is a real town, and stays."""
    town = Town.objects.select_related("place").first()
    return town is None or (town.place.name, town.email) == ("Lindenveld", read("town")["email"])


def reset() -> None:
    """Everything goes: the tables are emptied, the counting starts at one.

    SQLite empties a table row by row, and our own guards ("the ledger only grows") refuse that; so there they are
    lifted for a moment. PostgreSQL empties tables as a whole.
    """
    for name in connections:
        with _guards_lifted(name):
            call_command("flush", interactive=False, verbosity=0, database=name)


@contextmanager
def _guards_lifted(name: str) -> Iterator[None]:
    connection = connections[name]
    if connection.vendor != "sqlite":
        yield
        return
    with transaction.atomic(using=name), connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        guards = cursor.fetchall()
        for guard, _sql in guards:
            cursor.execute(f'DROP TRIGGER "{guard}"')
        yield
        for _name, sql in guards:
            cursor.execute(sql)


@transaction.atomic
def build(say: Say = print) -> None:
    """Nothing happens when there is a town already."""
    if exists():
        return
    today = timezone.localdate()
    with translation.override("nl"):
        with at(moment(today, -lindenveld.SINCE, 9)):
            town = lindenveld.found(today)
        say(f"  {len(town.places)} places, {len(town.residents) + len(town.children)} people")
        stories = [
            climate.story(town),
            playgrounds.story(town),
            centre.story(town),
            lots.of_the_mirror_council(town),
            votes.heart(town),
            votes.square(town),
            *plans.stories(town),
            nights(NIGHTS),
        ]
        pieces = diary.tell(diary.together(*stories), today)
        say(f"  {pieces} days and moments, from {-lindenveld.SINCE} days ago until today")
