"""What every page of a lot shows around its own subject."""

from __future__ import annotations

from typing import Any

from samenraad.instruments.lot.models import Lot


def around(lot: Lot) -> dict[str, Any]:
    return {"step": lot.step, "process": lot.step.process, "lot": lot}
