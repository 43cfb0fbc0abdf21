"""What every desk of a vote shows around its own subject."""

from __future__ import annotations

from typing import Any

from samenraad.ballots.models import Vote


def around(vote: Vote) -> dict[str, Any]:
    step = vote.step
    return {"vote": vote, "step": step, "process": step.process, "step_url": step.card.desk_url(step)}
