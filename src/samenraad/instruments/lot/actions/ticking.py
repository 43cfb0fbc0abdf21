"""What the clock asks of a lot. Harmless to do twice, also at once."""

from __future__ import annotations

from datetime import date

from samenraad.instruments.lot.actions import work


def tick(today: date) -> list[str]:
    again = work.start_again()
    return [f"{again} jobs of lots started again"] if again else []
