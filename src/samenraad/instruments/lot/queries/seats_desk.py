"""What the organiser sees of the seats: put together for one page, and as lines that wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenraad.cards import Todo
from samenraad.instruments.lot.jobs import Kind
from samenraad.instruments.lot.models import Draw, Lot, Reserve
from samenraad.instruments.lot.queries.calls import call_list
from samenraad.instruments.lot.queries.members import ending, panel
from samenraad.instruments.lot.queries.replacing import Labels, Proposal, proposals, sentences
from samenraad.instruments.lot.queries.seats import Roll, Sitting, held, roll
from samenraad.instruments.lot.queries.sessions import retention, session_rows
from samenraad.instruments.lot.rules.seats import stays_empty, substitutes_wanted
from samenraad.processes.models import Step, Work
from samenraad.processes.queries import underway


@dataclass(frozen=True)
class FreeSeat:
    """A seat that became free, and who comes there: with the reasons, ready to be read."""

    proposal: Proposal
    why: Sequence[str]
    may_undo: bool


@dataclass(frozen=True)
class Change:
    """Somebody left and the seat was filled, or stays empty."""

    left: Sitting
    came: Sitting | None
    why: Sequence[str]
    may_undo: bool


def of_seats(people: Roll, today: date) -> dict[str, Any]:
    lot, labels = people.lot, Labels(people.lot)
    ends, first = ending(lot, people, today)
    free = [FreeSeat(one, sentences(one.reasons, labels), _same_day(one.left, today)) for one in proposals(people)]
    return {
        "roll": people, "panel": panel(people), "calls": call_list(people).counts, "free": free,
        "changes": _changes(people, labels, today), "sessions": session_rows(lot), "retention": retention(people),
        "ends": ends, "first_end": first, "choosing": choosing(lot), "lacks_substitutes": lacks_substitutes(lot),
    }  # fmt: skip


def _same_day(one: Sitting, today: date) -> bool:
    departure = one.departure
    gone = one.membership.person.forgotten_at is not None
    return bool(departure and departure.day == today and not departure.replaced_by_id and not gone)


def _changes(people: Roll, labels: Labels, today: date) -> list[Change]:
    by_membership = {one.membership.pk: one for one in people.people}
    return [
        Change(one, by_membership.get(one.departure.replaced_by_id or 0), sentences(one.departure.explained, labels),
               _same_day(one, today))
        for one in people.gone
        if one.departure and (one.departure.replaced_by_id or one.departure.stays_empty)
    ]  # fmt: skip


def is_too_late(lot: Lot) -> bool:
    """Whether a seat that becomes free now stays empty."""
    return stays_empty(len(held(lot)), lot.replace_until)


def choosing(lot: Lot) -> Work | None:
    """The substitutes are being chosen at this moment."""
    return underway(lot.step, Kind.SUBSTITUTES).first()


def lacks_substitutes(lot: Lot) -> bool:
    return bool(substitutes_wanted(lot.seats or 0, lot.substitutes)) and not Reserve.objects.filter(lot=lot).exists()


def waiting(step: Step, today: date) -> list[Todo]:
    """What waits for the organiser once the draw was held."""
    lot = Lot.objects.filter(step=step).first()
    if lot is None or step.concluded_at or not Draw.objects.filter(lot=lot).exclude(drawn_at=None).exists():
        return []
    lot.step = step
    people = roll(lot)
    return [*_of_calls(people), *_of_seats(people, today)] if people else []


def _of_calls(people: Roll) -> list[Todo]:
    counts, url = call_list(people).counts, reverse("lot:calls", args=[people.lot.pk])
    found = []
    if counts["call"]:
        text = _("{count} of {all} still to be called").format(count=counts["call"], all=counts["all"])
        found.append(Todo(text, url, _("To the call list")))
    if counts["later"]:
        text = ngettext("{count} person decides later", "{count} people decide later", counts["later"])
        found.append(Todo(text.format(count=counts["later"]), f"{url}?show=later", _("Call again")))
    if counts["absent"]:
        text = ngettext(
            "{count} member was absent without a message", "{count} members were absent without a message",
            counts["absent"],
        )  # fmt: skip
        found.append(Todo(text.format(count=counts["absent"]), f"{url}?show=absent", _("Call them")))
    return found


def _of_seats(people: Roll, today: date) -> list[Todo]:
    url, found = reverse("lot:seats", args=[people.lot.pk]), []
    if free := len(people.free):
        text = ngettext("{count} seat became free", "{count} seats became free", free)
        found.append(Todo(text.format(count=free), url, _("Call up a substitute")))
    if lacks_substitutes(people.lot) and not choosing(people.lot):
        found.append(Todo(_("There are no substitutes yet"), url, _("Choose them")))
    for one in retention(people).alarms:
        text = _("{group} leaves more than others").format(group=f"{one.dimension}: {one.group}")
        found.append(Todo(text, f"{url}#stays", _("See who stays")))
    ends, first = ending(people.lot, people, today)
    if ends:
        text = ngettext("The term of {count} member ends", "The terms of {count} members end", ends)
        copy = reverse("processes:copy", args=[people.lot.step.process.slug])
        found.append(Todo(text.format(count=ends), copy, _("Renew by a new lot"), first))
    return found
