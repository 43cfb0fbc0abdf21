"""What this room's acts say in the public story of a process: the first line is a title, the rest explains it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Facts = Mapping[str, Any]


def _day(facts: Facts, name: str = "due") -> str:
    return date_format(date.fromisoformat(facts[name]), "j F Y") if facts.get(name) else "…"


def _handed(facts: Facts) -> str:
    count = facts.get("count", 0)
    title = ngettext("{count} text goes to {body}", "{count} texts go to {body}", count)
    text = _("The answer is due on {due}.")
    return f"{title}\n{text}".format(count=count, body=facts.get("body", "…"), due=_day(facts))


def _delayed(facts: Facts) -> str:
    title = _("The answer takes longer")
    until = _("It will be there on {day}.").format(day=_day(facts, "until")) if facts.get("until") else ""
    return f"{title}\n{facts.get('reason', '')} {until}".rstrip()


def _late(facts: Facts) -> str:
    days = facts.get("days", 0)
    title = ngettext("The answer is {days} day late", "The answer is {days} days late", days).format(days=days)
    text = _("Who must answer was reminded again.")
    return f"{title}\n{text}"


def _answers(facts: Facts) -> str:
    title = _("{body} answers").format(body=capfirst(facts.get("body", "…")))
    names = {
        "adopted": _("{count} adopted"),
        "partly": _("{count} in part"),
        "rejected": _("{count} rejected"),
        "forwarded": _("{count} forwarded"),
    }
    parts = [text.format(count=facts[name]) for name, text in names.items() if facts.get(name)]
    return f"{title}\n{capfirst(', '.join(parts))}."


def _measure(sentence: Callable[[], str], detail: Callable[[], str]) -> Callable[[Facts], str]:
    def told(facts: Facts) -> str:
        names = {**facts, "due": _day(facts)}
        title = sentence().format(title=facts.get("title", "…"))
        return f"{title}\n{detail().format(text=names.get('text', ''), why=names.get('why', ''), due=names['due'])}"

    return told


def _in_public(facts: Facts) -> str:
    count = facts.get("count", 0)
    title = ngettext(
        "{count} person without an address was told in public",
        "{count} people without an address were told in public",
        count,
    ).format(count=count)
    return f"{title}\n{facts.get('where', '')}"


STORY: dict[str, Any] = {
    "handover.made": _handed,
    "handover.delayed": _delayed,
    "answers.late": _late,
    "answers.published": _answers,
    "measure.added": _measure(lambda: _("This will be done: {title}"), lambda: _("It will be ready before {due}.")),
    "measure.moved": _measure(lambda: _("Ready later: {title}"), lambda: _("Not before {due}. {why}")),
    "measure.done": _measure(lambda: _("Done: {title}"), lambda: "{text}"),
    "measure.abandoned": _measure(lambda: _("Will not be done after all: {title}"), lambda: "{text}"),
    "feedback.told_in_public": _in_public,
    "evaluation.published": lambda facts: _("What was learned is public"),
}
