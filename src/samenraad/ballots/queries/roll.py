"""The roll in numbers, and its public list. Nobody can be found in either."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from samenraad.ballots.jobs import Kind
from samenraad.ballots.models import Load, Vote
from samenraad.ballots.queries.extract import LABELS
from samenraad.ballots.roll.models import Entry
from samenraad.ballots.rules.board import roll_leaf
from samenraad.post.models import Batch, Message
from samenraad.processes.models import Work
from samenraad.processes.queries import underway
from samenraad.refusals import Refusal
from samenraad.texts import explain

State = Entry.State
#: so many line numbers of each kind of trouble stand on the page
SHOWN = 20


@dataclass(frozen=True)
class Figures:
    """How many codes there are, and what became of them. `entitled` and `areas` are as they were fixed, or as they
    would be now; the rest is as it is now, or was when the roll was destroyed."""

    entitled: int
    areas: dict[str, int]
    unused: int = 0
    online: int = 0
    paper: int = 0
    blocked: int = 0

    @property
    def codes(self) -> int:
        """Codes that work or worked: what was replaced does not count."""
        return self.unused + self.online + self.paper


def figures(vote: Vote) -> Figures:
    """In one question to the roll, however long it is."""
    counted = totals(vote)
    states = {state: sum(areas.values()) for state, areas in counted.items()}
    here = Figures(
        vote.entitled, vote.areas, states.get(State.UNUSED, 0), states.get(State.ONLINE, 0),
        states.get(State.PAPER, 0), states.get(State.BLOCKED, 0),
    )  # fmt: skip
    return here if vote.frozen_at else Figures(here.codes, _areas(counted), here.unused, here.online, here.paper)


def totals(vote: Vote) -> dict[int, dict[str, int]]:
    """State -> neighbourhood -> codes: as counted, or as kept when the roll was destroyed."""
    if vote.roll_totals:
        return {int(state): areas for state, areas in vote.roll_totals.items()}
    found: dict[int, dict[str, int]] = {}
    rows = Entry.objects.filter(vote=vote.key).values_list("state", "area").annotate(n=Count("digest"))
    for state, area, number in rows.order_by("state", "area"):
        found.setdefault(state, {})[area] = number
    return found


def _areas(counted: Mapping[int, Mapping[str, int]]) -> dict[str, int]:
    summed: dict[str, int] = {}
    for state, areas in counted.items():
        for area, number in areas.items() if state != State.BLOCKED else ():
            summed[area] = summed.get(area, 0) + number
    return dict(sorted(summed.items()))


def roll_lines(vote: Vote) -> Iterator[str]:
    """The public list: a leaf for every code that was ever given out, in alphabetical order."""
    if vote.roll_gone_on:
        return kept_lines(vote)
    digests = Entry.objects.filter(vote=vote.key).values_list("digest", flat=True)
    return iter(sorted(roll_leaf(vote.key, digest) for digest in digests.iterator(chunk_size=10_000)))


def kept_lines(vote: Vote) -> Iterator[str]:
    """The same, of a roll that is destroyed: what was public is kept."""
    kept = vote.loads.filter(kind=Load.Kind.PUBLIC).first()
    content = bytes(kept.content or b"") if kept else b""
    return (content[start : start + 32].hex() for start in range(0, len(content), 32))


def roll_gone_due(vote: Vote) -> date | None:
    """The day on which the roll is destroyed; none while the vote is not counted."""
    counted = vote.counted_at
    return timezone.localtime(counted).date() + timedelta(days=vote.keep_roll_days) if counted else None


def the_roll(vote: Vote) -> Load | None:
    """The list or the cards that the roll came from, or is coming from."""
    return vote.loads.filter(begun_at__isnull=False).defer("content").first()


def halfway(vote: Vote) -> QuerySet[Load]:
    """Lists that wait, or stopped in the middle."""
    return vote.loads.filter(content__isnull=False).exclude(kind=Load.Kind.PUBLIC).defer("content")


def working(vote: Vote) -> Work | None:
    return underway(vote.step, Kind.CHECK, Kind.READ, Kind.LETTERS).first()


@dataclass(frozen=True)
class Trouble:
    """One kind of bad line: how often, and the first of them."""

    sentence: str
    count: int
    lines: list[int]

    @property
    def more(self) -> int:
        return self.count - len(self.lines)


def problems(load: Load) -> list[Trouble]:
    by_kind: dict[str, list[int]] = {}
    for line, kind in load.problems:
        by_kind.setdefault(kind, []).append(line)
    return [
        Trouble(sentence(kind), count, sorted(by_kind.get(kind, []))[:SHOWN])
        for kind, count in load.counted.get("bad", {}).items()
    ]


def bad_lines(load: Load) -> list[tuple[int, str]]:
    """Every bad line that was kept, in the order of the list."""
    return [(line, sentence(kind)) for line, kind in sorted(load.problems)]


def sentence(kind: str) -> str:
    code, _space, word = kind.partition(" ")
    return explain(Refusal(code, column=str(LABELS.get(word, word))))


@dataclass(frozen=True)
class Pile:
    number: int
    batch: Batch
    letters: int


@dataclass(frozen=True)
class Letters:
    """What became of the letters: `to_make` lie sealed, `loose` are made and in no pile."""

    to_make: int = 0
    loose: int = 0
    in_piles: int = 0
    posted: int = 0
    piles: list[Pile] = field(default_factory=list)

    @property
    def made(self) -> int:
        return self.loose + self.in_piles + self.posted


def key_of(vote: Vote, key: str = "") -> str:
    """How the letters of a vote are called in the outbox: by random numbers."""
    return f"ballots:{vote.key}:{key}"


def letters(vote: Vote) -> Letters:
    """In three questions, however many letters there are."""
    own = Message.objects.filter(key__startswith=key_of(vote), state__in=[Message.State.WAITING, Message.State.SENT])
    rows = list(own.order_by().values_list("state", "batch").annotate(n=Count("id")))
    sizes = _summed((batch, number) for _state, batch, number in rows if batch)
    batches = Batch.objects.filter(pk__in=sizes).order_by("pk")
    waiting = [(batch, number) for state, batch, number in rows if state == Message.State.WAITING]
    return Letters(
        to_make=vote.envelopes.count(),
        loose=sum(number for batch, number in waiting if not batch),
        in_piles=sum(number for batch, number in waiting if batch),
        posted=sum(number for state, _batch, number in rows if state == Message.State.SENT),
        piles=[Pile(number, batch, sizes[batch.pk]) for number, batch in enumerate(batches, 1)],
    )


def _summed(pairs: Iterable[tuple[Any, int]]) -> dict[Any, int]:
    found: dict[Any, int] = {}
    for key, number in pairs:
        found[key] = found.get(key, 0) + number
    return found


def leaves_told(lines: Iterable[Mapping[str, Any]]) -> tuple[set[str], set[str]]:
    """What the board says was blocked, and what was added."""
    known = list(lines)
    return {line["blocked"] for line in known if "blocked" in line}, {
        line["added"] for line in known if "added" in line
    }


def changed(vote: Vote) -> QuerySet[Entry]:
    """What is not on the roll as it was fixed any more, or was not yet."""
    return Entry.objects.filter(Q(state=State.BLOCKED) | Q(later=True), vote=vote.key).order_by("digest")
