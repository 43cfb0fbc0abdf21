"""How a long computation tells where it is, and how it is stopped. The clock is the caller's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


class Stopped(Exception):
    """Somebody cancelled, or the time is up; whoever computes catches this and hands over the best so far."""


def _nobody(stage: str, share: float) -> None:
    pass


def _never() -> bool:
    return False


@dataclass(frozen=True)
class Progress:
    """`report(stage, share)` hears the stage ("bound", "panels", "columns", "rounding") and a share from 0 to 1;
    `stop()` is asked at each step, and True ends the computation with the best lottery so far and its proven gap.

    A time limit is `Progress(stop=lambda: time.monotonic() > deadline)`.
    """

    report: Callable[[str, float], None] = _nobody
    stop: Callable[[], bool] = _never

    def step(self, stage: str, share: float) -> None:
        """Raises `Stopped` when it is time to stop."""
        self.report(stage, min(1.0, max(0.0, share)))
        if self.stop():
            raise Stopped(stage)


SILENT = Progress()
