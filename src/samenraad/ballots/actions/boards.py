"""Writing on the public board. Who appends holds its head, so lines never cross."""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction
from django.utils import timezone

from samenraad.ballots.box.models import Head, Line
from samenraad.ballots.rules import board
from samenraad.ballots.rules.tree import leaf

#: what is said once in a vote; a retry after a crash says the same and adds nothing
ONCE = {"open", "seed", "close", "result"}


@transaction.atomic(using="box")
def append(*, vote: str, kind: str, **facts: Any) -> Line:
    """One line at the end of the board of this vote. It has a day and no time."""
    head = held(vote)
    said = _said(vote, kind, facts) if kind in ONCE else None
    return said or _written(head, kind, facts)


def _said(vote: str, kind: str, facts: dict[str, Any]) -> Line | None:
    """The line that says exactly this already."""
    meant = json.loads(board.canonical(facts))
    for line in Line.objects.filter(vote=vote, kind=kind):
        told = json.loads(line.text)
        if {name: told.get(name) for name in meant} == meant:
            return line
    return None


def _written(head: Head, kind: str, facts: dict[str, Any]) -> Line:
    vote = head.vote
    number, day = head.number + 1, timezone.localdate().isoformat()
    text = board.line(vote, number, head.digest, kind, day, facts)
    digest = board.digest_of(text)
    line = Line.objects.create(
        vote=vote, number=number, kind=kind, text=text, digest=digest, leaf=leaf(text.encode()).hex()
    )
    head.number, head.digest = number, digest
    head.save(update_fields=["number", "digest"])
    return line


def held(vote: str) -> Head:
    """The end of the board, held until the transaction ends."""
    Head.objects.get_or_create(vote=vote)
    return Head.objects.select_for_update().get(vote=vote)
