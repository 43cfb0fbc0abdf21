"""Letters on paper: one PDF of many, the same bytes each time it is asked for.

The page is described in `typst/letter.typ`; what stands on it travels as data, so that nothing a resident wrote
can be taken for an instruction. The PDF is tagged for screen readers (PDF/UA-1) and needs no fonts of the machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samenraad.people.models import Town
from samenraad.post.mail import absolute, paragraphs
from samenraad.post.models import Message
from samenraad.post.typesetting import fonts, loop, printable, qr, typeset

__all__ = ["address_lines", "fonts", "link_of", "loop", "pdf", "printable", "qr"]

TEMPLATE = Path(__file__).parent / "typst" / "letter.typ"
#: what stands at the foot for who does not read the letter's language; each in its own
IN_OTHER_WORDS = {
    "nl": "Nederlands: scan de code.",
    "en": "English: scan the code.",
    "fr": "Français : scannez le code.",
    "de": "Deutsch: Scannen Sie den Code.",
}


def pdf(messages: Iterable[Message], made_at: datetime) -> bytes:
    """All these letters in one PDF. `made_at` is the date on the letters and in the file."""
    town = Town.objects.select_related("place").first() or Town()
    day = timezone.localtime(made_at).date()
    letters = [_letter(message, town, day) for message in messages]
    data = {
        "title": _title(letters),
        "lang": settings.LANGUAGE_CODE.split("-")[0],
        "town": town.place.name if town.pk else "samenraad",
        "slogan": town.slogan,
        "loop": loop(),
        "letters": letters,
    }
    return typeset(TEMPLATE, "letters", data, made_at)


def _title(letters: list[dict[str, Any]]) -> str:
    """In the town's language, whoever asks: the bytes must be the same."""
    if len(letters) == 1:
        return str(letters[0]["subject"])
    with translation.override(settings.LANGUAGE_CODE):
        return _("{count} letters").format(count=len(letters))


def _letter(message: Message, town: Town, day: date) -> dict[str, Any]:
    extra = message.extra
    code, link = str(extra.get("code", "")), link_of(message)
    with translation.override(message.language):
        return {
            "lang": message.language.split("-")[0],
            "large": bool(extra.get("large")),
            "sender": _sender(town),
            "address": address_lines(message.address),
            "date": date_format(day, "DATE_FORMAT"),
            "code": code,
            "phone": extra.get("phone") or town.phone,
            "hours": "" if extra.get("phone") else town.hours,
            "where": str(extra.get("where", "")),
            "subject": message.subject,
            "paragraphs": [_lines(paragraph) for paragraph in paragraphs(message.body)],
            "columns": [[str(heading), _lines(str(text))] for heading, text in extra.get("columns", [])],
            "promise": _lines(str(extra.get("promise", ""))),
            "qr": qr(link) if link else "",
            "how": _how(code, link, extra.get("phone") or town.phone) if link else [],
            "signed": _lines(str(extra.get("signed", ""))),
            "languages": _languages(message.language) if link else [],
            "words": _words(extra, link),
        }


def _words(extra: Mapping[str, Any], link: str) -> dict[str, str]:
    return {
        "date": _("Date"),
        "code": _("Your code"),
        "call": _("Questions? Call"),
        "promise": _("What we promise"),
        "action": str(extra.get("link_text") or _("Look what became of it")),
        "qr": _("QR code that leads to {link}").format(link=link),
    }


def _how(code: str, link: str, phone: str) -> list[list[str]]:
    """Three ways in one breath: scan, type, call. In parts, so that address and code stand out and stay whole."""
    if code:
        sentence = _("Scan the code, or go to {site} and fill in your code: {code}.")
    else:
        sentence = _("Scan the code, or go to {site}.")
    if phone:
        sentence = sentence + " " + _("Or call {phone}.")
    known = {"{site}": _site(link, code), "{code}": code, "{phone}": phone}
    parts = re.split(r"(\{\w+\})", sentence)
    return [["fact", known[part]] if part in known else ["text", part] for part in parts if part]


def _site(link: str, code: str) -> str:
    """As people type it: without https. With a code in hand they go to the page that asks for it."""
    return (absolute(reverse("people:letter")) if code else link).split("://")[-1].rstrip("/")


def link_of(message: Message) -> str:
    """Where the QR leads: to the page the letter is about, else by the code to the person's own page."""
    code, link = str(message.extra.get("code", "")), str(message.extra.get("link", ""))
    if code:
        return absolute(reverse("people:code", args=[code]))
    return absolute(link)


def address_lines(address: Mapping[str, Any]) -> list[str]:
    """As it stands in the window: name, street, postcode and two spaces before the town."""
    town = f"{address.get('postcode', '')}  {address.get('city', '')}".strip()
    return [line for line in (str(address.get("name", "")), str(address.get("street", "")), town) if line]


def _sender(town: Town) -> str:
    parts = [town.street, f"{town.postcode} {town.city}".strip()]
    where = ", ".join(part for part in parts if part)
    return _("Sender: {where}").format(where=where) if where else ""


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _languages(own: str) -> list[list[str]]:
    codes = dict.fromkeys(code.split("-")[0] for code in settings.OFFERED_LANGUAGES)
    return [[code, IN_OTHER_WORDS[code]] for code in codes if code != own.split("-")[0] and code in IN_OTHER_WORDS]
