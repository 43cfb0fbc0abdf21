"""Writing on the public board. Who appends holds its head, so lines never cross."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from samenraad.ballots.box.models import Head, Line
from samenraad.ballots.rules import board
from samenraad.ballots.rules.tree import leaf


@transaction.atomic(using="box")
def append(*, vote: str, kind: str, **facts: Any) -> Line:
    """One line at the end of the board of this vote. It has a day and no time."""
    head = held(vote)
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
