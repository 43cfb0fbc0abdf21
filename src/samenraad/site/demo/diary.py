"""Several stories told at once, in the order of time.

A story is a generator: it yields the day (counted from today) and the hour at which it goes on. The diary takes
from each story the next piece and always tells the earliest one, so that the ledger of the town grows day by
day, as it would have done.

    def petition(town):
        yield -30, 9
        ...what happened thirty days ago at nine...
        yield -12, 20
        ...
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from samenraad.site.demo.clock import at, moment

When = tuple[int, float]
Story = Iterator[When]


def together(*stories: Story) -> Story:
    """Several stories as one."""
    waiting: list[tuple[When, int, Story]] = []
    for number, story in enumerate(stories):
        _wait(waiting, number, story, None)
    while waiting:
        when, number, story = heapq.heappop(waiting)
        yield when
        _wait(waiting, number, story, when)


def _wait(waiting: list[tuple[When, int, Story]], number: int, story: Story, now: When | None) -> None:
    """Tell the piece that begins here, and put the story back where its next one begins."""
    following = next(story, None)
    if following is None:
        return
    if now and following < now:
        raise ValueError(f"a story goes back in time, from {now} to {following}")
    heapq.heappush(waiting, (following, number, story))


def tell(story: Story, today: date) -> int:
    """Run a story to its end; says how many pieces there were."""
    when, pieces, reached = next(story, None), 0, None
    while when is not None:
        begins = moment(today, when[0], int(when[1]), round(when[1] % 1 * 60))
        with at(max(begins, reached or begins)):  # two pieces of one moment: the second begins where the first ended
            when = next(story, None)
            reached = timezone.now()
        pieces += 1
    return pieces
