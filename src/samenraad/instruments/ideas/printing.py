"""The paper form: the question, what is promised and what is open, large enough to read and to write on.

What stands on it travels as data to `typst/form.typ`, so that no text can be taken for an instruction. The PDF is
tagged for screen readers (PDF/UA-1).
"""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samenraad.instruments.ideas import rules
from samenraad.instruments.ideas.rules.forms import LENGTH
from samenraad.people.models import Town
from samenraad.post.letters import fonts, loop, printable, qr
from samenraad.processes.models import Promise, RoomItem, Step

TEMPLATE = Path(__file__).parent / "typst" / "form.typ"
#: so much of what is open and fixed fits
MOST_ITEMS, MOST_THEMES = 3, 10


def new_code() -> str:
    return rules.form_code([secrets.randbelow(31) for _ in range(LENGTH)])


def blank_forms(step: Step, copies: int = 1) -> bytes:
    """So many forms in one PDF, each on two pages with a code of its own."""
    import typst

    with translation.override(settings.LANGUAGE_CODE):
        data = _data(step) | {"codes": [new_code() for _ in range(copies)]}
    document: bytes = typst.compile(
        str(TEMPLATE), sys_inputs={"form": json.dumps(printable(data), ensure_ascii=False)},
        font_paths=fonts(), pdf_standards=["ua-1"], timestamp=int(timezone.now().timestamp()),
    )  # fmt: skip
    return document


def _data(step: Step) -> dict[str, Any]:
    town = Town.objects.select_related("place").first() or Town()
    process = step.process
    address = settings.PUBLIC_URL + reverse("ideas:show", args=[step.pk])
    items = list(process.room.all())
    return {
        "lang": settings.LANGUAGE_CODE.split("-")[0],
        "title": _("Form for your idea: {title}").format(title=step.title),
        "town": town.place.name if town.pk else "samenraad",
        "loop": loop(),
        "where": str(process.title),
        "question": str(process.question) or str(step.title),
        "open": [_short(item) for item in items if item.kind != RoomItem.Kind.FIXED][:MOST_ITEMS],
        "fixed": [_short(item) for item in items if item.kind == RoomItem.Kind.FIXED][:MOST_ITEMS],
        "promise": _promise(step),
        "themes": [str(theme) for theme in step.settings.get("themes", [])][:MOST_THEMES],
        "hand_in": _hand_in(step, town, address),
        "phone": _("Questions? Call {phone}.").format(phone=town.phone) if town.phone else "",
        "qr": qr(address),
        "words": _words(address),
    }


def _short(item: RoomItem) -> str:
    text = str(item.text)
    return text if len(text) <= 120 else text[:119] + "…"


def _promise(step: Step) -> str:
    told = _("Your idea gets a number. You hear what becomes of it, also when it goes on together with others.")
    public = Promise.objects.filter(process=step.process).exclude(published_at=None).select_related("body")
    promise = public.order_by("-version").first()
    if promise is None:
        return told
    body = promise.body_name[:1].upper() + promise.body_name[1:]
    answer = _("{body} answers every proposal that is handed over, within {days} days.")
    return told + " " + answer.format(body=body, days=promise.term_days)


def _hand_in(step: Step, town: Town, address: str) -> list[str]:
    lines = [str(step.settings.get("hand_in", ""))]
    if town.street:
        lines.append(_("At the town hall: {street}, {city}.").format(street=town.street, city=town.city))
    if step.closes:
        day = date_format(timezone.localtime(step.closes), "l j F Y")
        lines.append(_("At the latest on {day}.").format(day=day))
    lines.append(_("Or on the website: {address}").format(address=address.split("://")[-1]))
    return [line for line in lines if line]


def _words(address: str) -> dict[str, str]:
    return {
        "code": _("Code of this form"),
        "lead": _("Do you have an idea? Write it down, or have somebody write it for you. Spelling does not matter."),
        "open": _("This is open"),
        "fixed": _("This is fixed"),
        "promise": _("What we promise"),
        "idea": _("Your idea in one line"),
        "more": _("Tell more about it"),
        "more_help": _("What do you want, where, and why?"),
        "over": _("Please turn over"),
        "theme": _("What is it about?"),
        "place": _("Which neighbourhood is it about?"),
        "who": _("Who are you?"),
        "who_help": _("You may leave this empty. Then we cannot tell you what becomes of your idea."),
        "name": _("Name"),
        "street": _("Street and number"),
        "postcode": _("Postcode"),
        "city": _("Place of residence"),
        "phone": _("Phone number"),
        "email": _("E-mail address"),
        "show_name": _("My name may stand with my idea"),
        "hand_in": _("Where to hand it in"),
        "qr": _("QR code that leads to {link}").format(link=address),
    }
