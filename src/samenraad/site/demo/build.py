"""The whole demo town, in one transaction: it is there completely, or not at all."""

from __future__ import annotations

from collections.abc import Callable

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone, translation

from samenraad.people.models import Town
from samenraad.site.demo import centre, climate, diary, lindenveld, plans, playgrounds
from samenraad.site.demo.clock import at, moment
from samenraad.site.demo.telling import nights

#: when the house did what was due: after each piece of news, and every day of the last week
NIGHTS = (-344, -196, -160, -78, -70, -63, -59, -56, -49, -42, -35, -28, -21, -18, -14, -13, -7, -6, -5, -4, -3, -2, -1)

Say = Callable[[str], object]


def exists() -> bool:
    return Town.objects.exists()


def reset() -> None:
    """Everything goes: the tables are emptied, the counting starts at one."""
    call_command("flush", interactive=False, verbosity=0)


@transaction.atomic
def build(say: Say = print) -> None:
    """Nothing happens when there is a town already."""
    if exists():
        return
    today = timezone.localdate()
    with translation.override("nl"):
        with at(moment(today, -lindenveld.SINCE, 9)):
            town = lindenveld.found(today)
        say(f"  {len(town.places)} places, {len(town.members) + len(town.residents) + len(town.children)} people")
        stories = [climate.story(town), playgrounds.story(town), centre.story(town), plans.story(town), nights(NIGHTS)]
        pieces = diary.tell(diary.together(*stories), today)
        say(f"  {pieces} days and moments, from {-lindenveld.SINCE} days ago until today")
