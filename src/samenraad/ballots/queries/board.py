"""The public board as its pages show it: lines, receipts, checkpoints."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.db.models.functions import Left
from django.shortcuts import get_object_or_404

from samenraad.ballots.box.models import Checkpoint, Line, Slip, Tracker, Waiting
from samenraad.ballots.models import Vote
from samenraad.ballots.rules.board import checkpoint_text
from samenraad.ballots.rules.codes import TRACKER, grouped, normal
from samenraad.ballots.rules.slips import commitment, tracker
from samenraad.refusals import Refusal

PER_PAGE = 25
_BATCH = re.compile(r'\{"ballots":(\d+),"day":"([\d-]{10})"')


@dataclass(frozen=True)
class Found:
    """Where a receipt is: on a line of the board with so many others, still waiting, or nowhere."""

    tracker: str
    line: int = 0
    others: int = 0
    waits: bool = False


def find(vote: Vote, typed: str) -> Found:
    """This receipt. Refuses `ballots.no_receipt` what cannot be one."""
    letters = normal(typed)
    if len(letters) != TRACKER:
        raise Refusal("ballots.no_receipt", letters=len(letters), wanted=TRACKER)
    here = Tracker.objects.filter(vote=vote.key)
    line = here.filter(tracker=letters).values_list("line", flat=True).first()
    if line:
        others = batches(vote, number=line) - 1
        return Found(grouped(letters), line=line, others=others)
    waits = Waiting.objects.filter(vote=vote.key, tracker=letters).exists()
    return Found(grouped(letters), waits=waits)


@dataclass(frozen=True)
class Row:
    """One line of the board in the list."""

    number: int
    kind: str
    day: date
    ballots: int = 0
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def before(self) -> int:
        return self.number - 1


def lines(vote: Vote) -> QuerySet[Line]:
    """Newest first. A batch is megabytes long: only its beginning is read."""
    here = Line.objects.filter(vote=vote.key).order_by("-number").defer("text")
    return here.annotate(start=Left("text", 80))


def batches(vote: Vote, **where: Any) -> int:
    """How many ballots these lines of the board hold."""
    found = Line.objects.filter(vote=vote.key, kind="batch", **where).annotate(start=Left("text", 80))
    starts = (_BATCH.match(start) for start in found.values_list("start", flat=True))
    return sum(int(start[1]) for start in starts if start)


def page(vote: Vote, number: str | None) -> Page[Line]:
    return Paginator(lines(vote), PER_PAGE).get_page(number)


def rows(vote: Vote, page: Iterable[Any]) -> list[Row]:
    """What one page of the list says."""
    shown = list(page)
    short = [line.number for line in shown if line.kind != "batch"]
    texts = Line.objects.filter(vote=vote.key, number__in=short).values_list("number", "text")
    facts = {number: json.loads(text) for number, text in texts}
    return [_row(line, facts.get(line.number)) for line in shown]


def _row(line: Any, facts: Mapping[str, Any] | None) -> Row:
    if facts:
        return Row(line.number, line.kind, date.fromisoformat(facts["day"]), facts=facts)
    start = _BATCH.match(line.start)
    ballots, day = start.groups() if start else ("0", "1970-01-01")
    return Row(line.number, line.kind, date.fromisoformat(day), int(ballots))


def line_of(vote: Vote, number: int) -> tuple[Row, Line]:
    """One line, whole. 404 when there is none."""
    line = get_object_or_404(Line, vote=vote.key, number=number)
    facts = json.loads(line.text)
    return Row(number, line.kind, date.fromisoformat(facts["day"]), facts.get("ballots", 0), facts), line


@dataclass(frozen=True)
class Mark:
    """A checkpoint, ready to print in the minutes."""

    size: int
    ballots: int
    day: date
    text: str


def text_of(checkpoint: Checkpoint) -> str:
    """What was signed, and the signature in two halves: verify_board.py finds it in any text."""
    day = checkpoint.day.isoformat()
    signed = checkpoint_text(checkpoint.vote, checkpoint.size, checkpoint.root, checkpoint.ballots, day)
    return f"{signed}signature:\n{checkpoint.signature[:64]}\n{checkpoint.signature[64:]}\n"


def marks(vote: Vote) -> QuerySet[Checkpoint]:
    return Checkpoint.objects.filter(vote=vote.key).order_by("-size")


def marks_page(vote: Vote, number: str | None) -> Page[Checkpoint]:
    return Paginator(marks(vote), 10).get_page(number)


def as_mark(checkpoint: Checkpoint) -> Mark:
    return Mark(checkpoint.size, checkpoint.ballots, checkpoint.day, text_of(checkpoint))


@dataclass(frozen=True)
class Looked:
    """One slip of a receipt file: what it is about, and whether it is there."""

    about: str
    good: bool


@dataclass(frozen=True)
class Checked:
    """What a receipt file says, held beside the board. `letters` says whether its slips give its own letters."""

    tracker: str
    letters: bool
    line: int
    slips: Sequence[Looked]

    @property
    def good(self) -> bool:
        return self.letters and self.line > 0 and all(slip.good for slip in self.slips)


def look(vote: Vote, receipt: Mapping[str, Any]) -> Checked:
    """Every slip of this receipt file, on the board and in the box. Nothing of it is kept. Refuses
    `ballots.other_vote`."""
    if receipt["vote"] != vote.key:
        raise Refusal("ballots.other_vote")
    torn = [(s["about"], commitment(vote.key, s["about"], s["value"], s["nonce"])) for s in receipt["slips"]]
    letters = tracker(vote.key, receipt["secret"], [one for _about, one in torn])
    stated = normal(receipt["tracker"])
    known = dict(Tracker.objects.filter(vote=vote.key, tracker__in=[letters, stated]).values_list("tracker", "line"))
    line = known.get(letters) or known.get(stated) or 0
    there = _there(vote, line, {one for _about, one in torn})
    titles = {option["id"]: option["title"] for option in vote.rules.get("options", [])}
    slips = [Looked(_about(about, titles), one in there) for about, one in torn]
    return Checked(grouped(letters), letters == stated, line, slips)


def _there(vote: Vote, line: int, wanted: set[str]) -> set[str]:
    """Which of these stand on this line and lie in the box."""
    text = Line.objects.filter(vote=vote.key, number=line).values_list("text", flat=True).first()
    on_board = set(json.loads(text)["slips"]) if text else set()
    in_box = Slip.objects.filter(vote=vote.key, commitment__in=wanted & on_board)
    return set(in_box.values_list("commitment", flat=True))


def _about(about: str, titles: Mapping[str, str]) -> str:
    """The title of an option, or what the slip is called; empty for what the whole ballot is about."""
    return titles.get(about.partition(":")[2], "")
