"""Signed marks of how the board stood: whoever has one sees later whether a line was altered, added or removed."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from samenraad.ballots.actions.signing import signed
from samenraad.ballots.box.models import Checkpoint, Line, Tracker
from samenraad.ballots.models import Vote
from samenraad.ballots.rules.board import checkpoint_text
from samenraad.ballots.rules.tree import root_of_leaves


def make(*, vote: Vote) -> Checkpoint | None:
    """A checkpoint over the whole board as it stands; none when nothing was added since the last."""
    leaves = list(Line.objects.filter(vote=vote.key).order_by("number").values_list("leaf", flat=True))
    last = Checkpoint.objects.filter(vote=vote.key).order_by("size").last()
    if not leaves or (last and last.size == len(leaves)):
        return None
    root = root_of_leaves([bytes.fromhex(leaf) for leaf in leaves]).hex()
    ballots = Tracker.objects.filter(vote=vote.key, line__lte=len(leaves)).count()
    day = timezone.localdate()
    text = checkpoint_text(vote.key, len(leaves), root, ballots, day.isoformat())
    try:
        with transaction.atomic(using="box"):
            return Checkpoint.objects.create(
                vote=vote.key, size=len(leaves), root=root, ballots=ballots, day=day, signature=signed(text)
            )
    except IntegrityError:  # somebody else made it
        return None
