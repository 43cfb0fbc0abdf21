"""What the clock asks of a lot. Harmless to do twice, also at once."""

from __future__ import annotations

from datetime import date

from samenraad.instruments.lot.actions import replies
from samenraad.instruments.lot.actions.forgetting_in_time import forget_in_time


def tick(today: date) -> list[str]:
    sources = replies.tidy_up()
    said = [f"{sources} sources of answers forgotten"] if sources else []
    return [*said, *forget_in_time(today)]
