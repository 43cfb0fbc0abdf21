"""The loop of the whole town: who is to move in each process."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenraad.site.queries import Row
from samenraad.ui.lemniscate import MEASURES, Loop, Mark

#: more would stand in one another's way; what is only being prepared goes first
MOST_MARKS = 6
#: what is being prepared lies with the town hall: before the line crosses to the residents
LAST_OF_TOWN_HALL = 22.0
#: who is to move in this stage
RESIDENTS, TOWN_HALL = {"open"}, {"waiting", "late", "doing", "coming"}


def town_loop(rows: Sequence[Row]) -> Loop | None:
    """Nothing to draw while nothing goes on."""
    running = [row for row in rows if row.stage != "complete"]
    shown = sorted(running, key=_urgency)[:MOST_MARKS]
    if not shown:
        return None
    return Loop(
        marks=tuple(_mark(row) for row in shown),
        done_to=100.0,
        title=_("Who is to move now"),
        description=_description(shown),
    )


def _urgency(row: Row) -> int:
    return ["late", "open", "waiting", "doing", "coming"].index(row.stage)


def _mark(row: Row) -> Mark:
    at = MEASURES if row.process.closed_at else row.here.at
    if row.stage == "coming":
        at = min(at, LAST_OF_TOWN_HALL)
    return Mark(at, "late" if row.stage == "late" else "here", f"{row.process.title}\n{row.doing}")


def _description(rows: Sequence[Row]) -> str:
    count = ngettext("{count} process on one loop.", "{count} processes on one loop.", len(rows))
    parts = [count.format(count=len(rows))]
    for text, stages in ((_("With the residents: {list}."), RESIDENTS), (_("With the town hall: {list}."), TOWN_HALL)):
        names = [f"{row.process.title} ({row.doing})" for row in rows if row.stage in stages]
        if names:
            parts.append(text.format(list=", ".join(names)))
    return " ".join([*parts, _("Below each is told in words.")])
