"""Time travel for the demo town: what is done inside `at(moment)` happened then.

Everything in the house asks Django what time it is, the defaults of fields included; and Django asks the
`datetime` of its own module. That one name is what we replace.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from unittest import mock

from django.utils import timezone


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """For as long as the block lasts, it is `moment`, and time goes on from there."""
    shift = moment - datetime.now(UTC)

    class Shifted(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + shift

    with mock.patch.object(timezone, "datetime", Shifted):
        yield


def moment(today: date, days: int, hour: int = 12, minute: int = 0) -> datetime:
    """So many days from today, in the town's own time."""
    naive = datetime.combine(today + timedelta(days=days), time(hour, minute))
    return timezone.make_aware(naive)
