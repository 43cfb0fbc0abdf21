"""What the clock asks of a lot. Harmless to do twice, also at once."""

from __future__ import annotations

from datetime import date

from samenraad.instruments.lot.actions import replies, work
from samenraad.instruments.lot.actions.forgetting_in_time import forget_in_time


def tick(today: date) -> list[str]:
    again, sources = work.start_again(), replies.tidy_up()
    said = [(again, "jobs of lots started again"), (sources, "sources of answers forgotten")]
    return [*(f"{number} {what}" for number, what in said if number), *forget_in_time(today)]
