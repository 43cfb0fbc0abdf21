"""What the ledger's acts of this room sound like in a process's public story: a title, and after a line break why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samenraad.processes.models import Rung
from samenraad.texts import translated

Facts = Mapping[str, Any]

PARTS = {
    "title": gettext_lazy("the name"),
    "question": gettext_lazy("the question"),
    "summary": gettext_lazy("the introduction"),
    "place": gettext_lazy("the place"),
    "policy_phase": gettext_lazy("the policy phase"),
    "goals": gettext_lazy("the goals"),
    "room": gettext_lazy("what is open and what is fixed"),
    "initiator": gettext_lazy("who asks it"),
    "commissioner": gettext_lazy("who pays for it"),
    "organiser": gettext_lazy("who organises it"),
    "cost_cents": gettext_lazy("what it costs"),
    "contact_name": gettext_lazy("who to ask"),
    "contact_phone": gettext_lazy("who to ask"),
}


def _changed(facts: Facts) -> str:
    names = (name.removesuffix("_kind") for name in facts.get("fields", ()))
    parts = dict.fromkeys(str(PARTS.get(name, name)) for name in names)
    text = _("Changed: {parts}").format(parts=", ".join(parts)) + "\n" + str(facts.get("reason", ""))
    if facts.get("only_inform"):
        text += " " + _("So nothing is left to choose: from now on residents are informed.")
    return text


def _rung(rung: Any) -> str:
    return str(Rung(rung).label) if rung in Rung.values else str(rung)


def _lowered(facts: Facts) -> str:
    title = _("Residents get less influence than announced: “{new}” instead of “{old}”")
    return title.format(new=_rung(facts.get("new")), old=_rung(facts.get("old"))) + "\n" + str(facts.get("reason", ""))


def _raised(facts: Facts) -> str:
    title = _("Residents get more influence than announced: “{new}” instead of “{old}”")
    return title.format(new=_rung(facts.get("new")), old=_rung(facts.get("old")))


def _promised(facts: Facts) -> str:
    version, days = facts.get("version", 1), facts.get("days", 0)
    if version == 1:
        text = ngettext("A promise: an answer within {days} day", "A promise: an answer within {days} days", days)
    else:
        text = ngettext(
            "A new promise, version {version}: an answer within {days} day",
            "A new promise, version {version}: an answer within {days} days",
            days,
        )
    return text.format(version=version, days=days)


def _carried(facts: Facts) -> str:
    count = facts.get("count", 0)
    return ngettext("{count} text goes on to the next step", "{count} texts go on to the next step", count).format(
        count=count
    )


def _scheduled(facts: Facts) -> str:
    """Only days that moved, or that need explaining, are worth a line: the steps themselves stand in the story."""
    before, reason = facts.get("before") or ["", ""], str(facts.get("reason", ""))
    moved = any(before) and list(before) != [facts.get("opens", ""), facts.get("closes", "")]
    if not moved and not reason:
        return ""
    title = str(translated(facts.get("title", ""))) or _("a step")
    if not moved:
        return _("Why “{title}” is on these days").format(title=title) + "\n" + reason
    days = {"title": title, "opens": _day(facts.get("opens")), "closes": _day(facts.get("closes"))}
    return _("Other days for “{title}”: {opens} to {closes}").format(**days) + "\n" + reason


def _meeting(text: Any) -> Callable[[Facts], str]:
    def sentence(facts: Facts) -> str:
        known = {"title": str(translated(facts.get("title", ""))), "day": _day(facts.get("day"))}
        sentence = str(text).format(**known, before=_day(facts.get("before")))
        return sentence + "\n" + str(facts.get("reason", ""))

    return sentence


def _day(text: Any) -> str:
    day = parse_date(text) if isinstance(text, str) and text else None
    return date_format(day, "j F Y") if day else "…"


SENTENCES: dict[str, Any] = {
    "process.published": gettext_lazy("The question is public"),
    "process.changed": _changed,
    "process.rung_lowered": _lowered,
    "process.rung_raised": _raised,
    "process.closed": gettext_lazy("The process is complete"),
    "gate.overridden": gettext_lazy("Gate {gate} was passed although it was not met\n{reason}"),
    "promise.published": _promised,
    "step.scheduled": _scheduled,
    "meeting.moved": _meeting(gettext_lazy("“{title}” moves from {before} to {day}")),
    "meeting.cancelled": _meeting(gettext_lazy("“{title}” of {day} is called off")),
    "proposal.merged": gettext_lazy("Joined as number {number}: {numbers}"),
    "proposal.unmerged": gettext_lazy("Number {number} stands on its own again"),
    "proposal.split": gettext_lazy("Number {number} was split into {numbers}"),
    "proposal.carried": _carried,
}
