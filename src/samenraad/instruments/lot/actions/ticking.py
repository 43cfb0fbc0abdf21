"""What the clock asks of a lot. Harmless to do twice, also at once."""

from __future__ import annotations

from datetime import date


def tick(today: date) -> list[str]:
    return []
