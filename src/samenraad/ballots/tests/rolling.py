"""Lists of voters for tests."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from samenraad.ballots.actions import letters, roll
from samenraad.ballots.actions.freezing import freeze
from samenraad.ballots.models import Load, Vote
from samenraad.people.models import Person
from samenraad.post import actions as post
from samenraad.post.models import Message
from samenraad.processes.actions import work as background
from samenraad.processes.models import Work

HEADER = "nummer;naam;straat;postcode;woonplaats;buurt;taal;grote letters"


def line(number: int, area: str = "Oud-Linden", more: str = ";") -> str:
    return f"A{number:07};Inwoner {number};Touwbaan {number};1234 AB;Lindenveld;{area};{more}"


def csv_of(lines: Iterable[str], header: str = HEADER) -> bytes:
    return "\n".join([header, *lines, ""]).encode()


def people(number: int, areas: tuple[str, ...] = ("Oud-Linden", "De Kamp")) -> bytes:
    """A list of so many people, in turn in these neighbourhoods."""
    return csv_of(line(one, areas[one % len(areas)]) for one in range(number))


def uploaded(vote: Vote, by: Person, content: bytes) -> Load:
    """Put aside and checked."""
    work = roll.keep_upload(vote=vote, name="kiezers.csv", chunks=[content], by=by)
    done(work)
    return Load.objects.get(pk=work.about.rpartition(":")[2])


def done(work: Work) -> Work:
    """Done now, by this process; what it stopped with is told."""
    ended = background.do(work)
    assert ended is not None
    assert ended.state == Work.State.DONE, (ended.code, ended.facts)
    return ended


def read_in(vote: Vote, by: Person, content: bytes) -> Load:
    load = uploaded(vote, by, content)
    done(roll.start_reading(load=load, without_bad_lines=True, by=by))
    load.refresh_from_db()
    return load


def frozen_with_letters(vote: Vote, by: Person, content: bytes) -> Vote:
    """A frozen vote whose letters are made."""
    read_in(vote, by, content)
    fixed = freeze(vote=vote, by=by)
    done(letters.begin(vote=fixed, by=by))
    return fixed


def posted(vote: Vote, by: Person) -> int:
    """Every letter in a pile and in the letter box. Says how many piles there were."""
    from django.utils import timezone

    from samenraad.post.models import Batch

    done(letters.begin_piles(vote=vote, by=by))
    piles = list(Batch.objects.filter(posted_on=None))
    for pile in piles:
        post.posted(batch=pile, day=timezone.localdate(), by=by)
    return len(piles)


def letters_of(vote: Vote) -> list[Any]:
    return list(Message.objects.filter(key__startswith=f"ballots:{vote.key}:").order_by("id"))
