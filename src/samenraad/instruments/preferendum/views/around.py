"""What every page of a vote shows around its own subject."""

from __future__ import annotations

from typing import Any

from samenraad.instruments.preferendum.models import Preferendum


def around(preferendum: Preferendum) -> dict[str, Any]:
    step = preferendum.step
    return {"step": step, "process": step.process, "preferendum": preferendum, "vote": step.vote}
