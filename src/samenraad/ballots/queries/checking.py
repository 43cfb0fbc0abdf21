"""How far a vote is, for whoever wants to check it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from samenraad.ballots.box.models import Checkpoint, Head, Line
from samenraad.ballots.models import Subscriber, Vote
from samenraad.ballots.queries.board import batches
from samenraad.ballots.queries.files import complete
from samenraad.people.models import Person


@dataclass(frozen=True)
class Standing:
    """Numbers that anybody may know while people vote."""

    lines: int
    ballots: int
    checkpoint: Checkpoint | None
    opening: str
    committee: int
    counted: bool


def standing(vote: Vote) -> Standing:
    """Six small questions, however many ballots there are."""
    here = {"vote": vote.key}
    last = Checkpoint.objects.filter(**here).order_by("size").last()
    ballots, size = (last.ballots, last.size) if last else (0, 0)
    return Standing(
        lines=Head.objects.filter(**here).values_list("number", flat=True).first() or 0,
        ballots=ballots + batches(vote, number__gt=size),
        checkpoint=last,
        opening=Line.objects.filter(**here, number=1).values_list("digest", flat=True).first() or "",
        committee=vote.subscribers.filter(committee=True).count(),
        counted=complete(vote),
    )


def subscriptions(person: Person) -> dict[str, Any]:
    """Which checkpoints go to the address of this person."""
    if not person.email:
        return {}
    found = Subscriber.objects.filter(email=person.email.lower()).select_related("vote__step")
    rows = [{"vote": str(one.vote.step.title), "name": one.name, "confirmed": one.confirmed} for one in found]
    return {"checkpoints_by_email": rows} if rows else {}
