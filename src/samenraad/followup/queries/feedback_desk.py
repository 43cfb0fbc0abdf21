"""Who is still untold in one process, and why."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from samenraad.followup.models import UNREACHABLE, Evaluation, Feedback
from samenraad.followup.queries.reach import reach, reasons, untold
from samenraad.post.models import Message
from samenraad.post.queries import address_of
from samenraad.processes.models import Contribution, Process, Source

State = Message.State
SHOWN = ("no_address", "to_be_queued", "waiting", "unsure", "failed", "nothing")
#: the state of a message -> why its person is untold
WHY = {
    State.WAITING: "waiting", State.CLAIMED: "waiting", State.UNSURE: "unsure", State.FAILED: "failed",
    State.CANCELLED: "failed",
}  # fmt: skip
LOOKS = {
    "no_address": "late", "to_be_queued": "planned", "waiting": "waiting", "unsure": "waiting", "failed": "late",
    "nothing": "planned",
}  # fmt: skip
ORDER = ("failed", "no_address", "unsure", "waiting", "to_be_queued", "nothing")


@dataclass(frozen=True)
class Untold:
    """One contribution of which not everything was told."""

    contribution: Contribution
    texts: tuple[str, ...]
    why: str
    occasions: tuple[str, ...]
    ways: tuple[tuple[str, str], ...]

    @property
    def look(self) -> str:
        return LOOKS[self.why]

    @property
    def word(self) -> str:
        return words()[self.why]


def words() -> dict[str, str]:
    return {
        "no_address": _("no address, e-mail or number"),
        "to_be_queued": _("goes to the post at the next round"),
        "waiting": _("in the post"),
        "unsure": _("unsure whether it arrived"),
        "failed": _("did not arrive"),
        "nothing": _("no last word yet"),
    }


def desk(process: Process, show: str) -> dict[str, Any]:
    counts, found = reasons(process), reach(process)
    rows = _filtered(untold(process), show if show in SHOWN else "")
    nothing = _filtered(untold(process), "nothing").count()
    return {
        "reach": found,
        "counts": {**counts, "nothing": nothing},
        "shown": words().get(show, ""),
        "rows": rows.select_related("step", "person").order_by("pk"),
        "reasons": [(code, words()[code], {**counts, "nothing": nothing}[code]) for code in ORDER],
        "evaluated": Evaluation.objects.filter(process=process).exclude(published_at=None).exists(),
    }


def _filtered(rows: QuerySet[Contribution], show: str) -> QuerySet[Contribution]:
    if not show:
        return rows
    owed = Feedback.objects.untold().filter(contribution=OuterRef("pk"))
    if show == "nothing":
        return rows.exclude(Exists(owed))
    wanted = {
        "no_address": UNREACHABLE & Q(message=None),
        "to_be_queued": Q(message=None) & ~UNREACHABLE,
        "waiting": Q(message__state__in=[State.WAITING, State.CLAIMED]),
        "unsure": Q(message__state=State.UNSURE),
        "failed": Q(message__state__in=[State.FAILED, State.CANCELLED]),
    }
    return rows.filter(Exists(owed.filter(wanted[show])))


def untold_page(rows: QuerySet[Contribution], number: str | None, per_page: int = 25) -> tuple[Page[Any], list[Untold]]:
    page = Paginator(rows, per_page).get_page(number)
    contributions = list(page.object_list)
    owed: dict[int, list[Feedback]] = defaultdict(list)
    texts: dict[int, list[str]] = defaultdict(list)
    for row in Feedback.objects.untold().filter(contribution__in=contributions).select_related("message"):
        owed[row.contribution_id].append(row)
    sources = Source.objects.filter(contribution__in=contributions).select_related("origin").order_by("origin")
    for source in sources:
        if str(source.origin) not in texts[source.contribution_id]:
            texts[source.contribution_id].append(str(source.origin))
    return page, [_untold(one, owed[one.pk], texts[one.pk]) for one in contributions]


def _untold(contribution: Contribution, owed: list[Feedback], texts: list[str]) -> Untold:
    there = address_of(contribution.person)
    found = {WHY.get(State(row.message.state), "waiting") if row.message else "" for row in owed}
    if "" in found:
        found.remove("")
        found.add("to_be_queued" if set(there) & {"email", "street", "phone"} else "no_address")
    why = next((code for code in ORDER if code in found), "nothing")
    media = {"email": ("email", _("e-mail")), "street": ("letter", _("letter")), "phone": ("phone", _("phone call"))}
    ways = tuple(way for field, way in media.items() if field in there) if why == "failed" else ()
    occasions = tuple(dict.fromkeys(row.get_occasion_display() for row in owed))
    return Untold(contribution, tuple(texts[:3]), why, occasions, ways)
