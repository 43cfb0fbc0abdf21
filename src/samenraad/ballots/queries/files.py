"""What everybody can download of a vote, in one ZIP: the same vote, the same bytes.

Before the count: the board, its checkpoints, and the program that checks them. After it also all that is needed to
count again. The files are written while they are sent: nothing here holds a list of all slips.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from samenraad.ballots.box.models import Checkpoint, Head, Line, Slip
from samenraad.ballots.models import Vote
from samenraad.ballots.papers import paper_of
from samenraad.ballots.queries.roll import roll_lines
from samenraad.ballots.rules.board import canonical

#: the date in the zip: the same files, the same bytes
NO_DATE = (1980, 1, 1, 0, 0, 0)
#: so many rows are written at once
CHUNK = 2000
#: lines of the board that are read at once: a batch is megabytes long
AT_ONCE = 10
SLIPS_AT_ONCE = 10_000
PROGRAMS = Path(__file__).resolve().parents[1] / "public"


def complete(vote: Vote) -> bool:
    """Whether everything is public: counted, and a checkpoint stands over the whole board."""
    if vote.counted_at is None:
        return False
    signed = Checkpoint.objects.filter(vote=vote.key).order_by("-size").values_list("size", flat=True).first()
    return Head.objects.filter(vote=vote.key, number=signed or 0).exists()


def zipped(vote: Vote) -> Iterator[bytes]:
    """The ZIP, piece by piece."""
    pipe = _Pipe()
    with ZipFile(pipe, "w", ZIP_DEFLATED, compresslevel=6) as pack:  # type: ignore[call-overload]
        for name, chunks in files(vote):
            entry = ZipInfo(name, NO_DATE)
            entry.compress_type, entry.external_attr, entry.create_system = ZIP_DEFLATED, 0o644 << 16, 3
            with pack.open(entry, "w") as file:
                for chunk in chunks:
                    file.write(chunk.encode())
                    yield pipe.taken()
    yield pipe.taken()


def files(vote: Vote) -> Iterator[tuple[str, Iterable[str]]]:
    """Every file with its text, in pieces. Lines that come while it is sent are left out, as are their checkpoints."""
    size = Head.objects.filter(vote=vote.key).values_list("number", flat=True).first() or 0
    counted = complete(vote)
    yield "board.jsonl", board_lines(vote, size)
    signed = [mark for mark in marks(vote) if mark["size"] <= size]
    yield "checkpoints.json", [json.dumps(signed, indent=1, sort_keys=True) + "\n"]
    for path in sorted(PROGRAMS.iterdir()):
        if path.suffix in (".py", ".txt") and path.stem != "__init__" and (counted or path.stem != "recount"):
            yield path.name, [path.read_text(encoding="utf-8")]
    if counted:
        yield from _counted(vote)


def _counted(vote: Vote) -> Iterator[tuple[str, Iterable[str]]]:
    close = json.loads(Line.objects.get(vote=vote.key, kind="close").text)
    yield "rules.json", [canonical(vote.rules)]  # without a line end: its SHA-256 is the published fingerprint
    yield "roll.txt", together(f"{leaf}\n" for leaf in roll_lines(vote))
    yield "seed.txt", [f"{vote.seed}\n"]
    yield "books.json", [canonical(close["books"]) + "\n"]
    yield "result.json", [vote.result]
    paper = paper_of(vote.step)
    for about in sorted({about for about, _value in paper.answers(paper.clean({}))}):
        yield f"slips/{file_name(about)}", together(slip_lines(vote, about))


def file_name(about: str) -> str:
    """A name that every computer can unpack.

    >>> file_name("grade:12")
    'grade-12.csv'
    """
    return about.replace(":", "-") + ".csv"


def board_lines(vote: Vote, size: int | None = None) -> Iterator[str]:
    """The first `size` lines, or all. A few at a time, each time asked anew: who takes an hour to download them does
    not hold the box for an hour, and sealing does not wait."""
    here, sent = Line.objects.filter(vote=vote.key).order_by("number"), 0
    while some := list(here.filter(number__gt=sent).values_list("number", "text")[:AT_ONCE]):
        for number, text in some:
            if size is not None and number > size:
                return
            yield f"{text}\n"
        sent = some[-1][0]


def slip_lines(vote: Vote, about: str) -> Iterator[str]:
    """The slips about one thing in the order of their commitments. Without the neighbourhood: there a number below ten
    could point at people."""
    yield "value,nonce\n"
    here, sent = Slip.objects.filter(vote=vote.key, about=about).order_by("commitment"), ""
    while some := list(here.filter(commitment__gt=sent).values_list("commitment", "value", "nonce")[:SLIPS_AT_ONCE]):
        yield from (f"{value},{nonce}\n" for _commitment, value, nonce in some)
        sent = some[-1][0]


def marks(vote: Vote) -> list[dict[str, Any]]:
    """All checkpoints, as checkpoints.json has them."""
    found = Checkpoint.objects.filter(vote=vote.key).order_by("size")
    return [mark_of(checkpoint) for checkpoint in found]


def mark_of(checkpoint: Checkpoint) -> dict[str, Any]:
    return {
        "vote": checkpoint.vote,
        "size": checkpoint.size,
        "root": checkpoint.root,
        "ballots": checkpoint.ballots,
        "day": checkpoint.day.isoformat(),
        "signature": checkpoint.signature,
    }


def together(lines: Iterable[str]) -> Iterator[str]:
    """Many lines at a time."""
    rest = iter(lines)
    while some := "".join(islice(rest, CHUNK)):
        yield some


class _Pipe:
    """What ZipFile writes into, and what is sent on at once."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        pass

    def taken(self) -> bytes:
        parts, self.parts = self.parts, []
        return b"".join(parts)
