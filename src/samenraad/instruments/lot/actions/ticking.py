"""What the clock asks of a lot. Harmless to do twice, also at once."""

from __future__ import annotations

from datetime import date

from samenraad.instruments.lot.actions import replies, work


def tick(today: date) -> list[str]:
    again, sources = work.start_again(), replies.tidy_up()
    said = [(again, "jobs of lots started again"), (sources, "sources of answers forgotten")]
    return [f"{number} {what}" for number, what in said if number]
