"""Letters on paper: one PDF of many, the same bytes each time it is asked for.

The page is described in `typst/letter.typ`; what stands on it travels as data, so that nothing a resident wrote
can be taken for an instruction. The PDF is tagged for screen readers (PDF/UA-1) and needs no fonts of the machine.
"""

from __future__ import annotations

import json
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
#: and for the language that stands on the back
OVERLEAF = {
    "nl": "Nederlands: zie de andere kant.",
    "en": "English: see the other side.",
    "fr": "Français : voir au verso.",
    "de": "Deutsch: siehe Rückseite.",
}
#: from so many letters on it has to go fast: one pattern for every QR code, and a process of its own to set them in
MANY = 100


def pdf(messages: Iterable[Message], made_at: datetime) -> bytes:
    """All these letters in one PDF. `made_at` is the date on the letters and in the file.

    What is the same in many letters is passed once, as a sheet. Is there a letter with a back among them, then each
    begins on a sheet of paper of its own, so that the pile can be printed on both sides.
    """
    town = Town.objects.select_related("place").first() or Town()
    day = timezone.localtime(made_at).date()
    found = list(messages)
    sheets: dict[str, int] = {}
    letters = [_letter(message, town, day, sheets, quick=len(found) > MANY) for message in found]
    pages = [json.loads(sheet) for sheet in sheets]
    data = {
        "title": _title(found),
        "lang": settings.LANGUAGE_CODE.split("-")[0],
        "town": town.place.name if town.pk else "samenraad",
        "slogan": town.slogan,
        "loop": loop(),
        "sheets": pages,
        "letters": letters,
        "numbered": any(letter["large"] for letter in letters) or not all(page["card"] for page in pages),
        "both-sides": any(letter["back"] is not None for letter in letters),
    }
    return typeset(TEMPLATE, "letters", data, made_at, apart=len(found) > MANY)


def _title(messages: list[Message]) -> str:
    """In the town's language, whoever asks: the bytes must be the same."""
    if len(messages) == 1:
        return messages[0].subject
    with translation.override(settings.LANGUAGE_CODE):
        return _("{count} letters").format(count=len(messages))


def _letter(message: Message, town: Town, day: date, sheets: dict[str, int], *, quick: bool) -> dict[str, Any]:
    """What is in this letter only, and the numbers of the sheets with the rest."""
    extra, back = message.extra, message.extra.get("back")
    code, link, phone = str(extra.get("code", "")), link_of(message), extra.get("phone") or town.phone
    where = _where(message)
    front = {**extra, "language": message.language, "subject": message.subject, "body": message.body}
    with translation.override(message.language):
        letter = {
            "lang": message.language.split("-")[0],
            "large": bool(extra.get("large")),
            "sender": _sender(town),
            "address": address_lines(message.address),
            "date": date_format(day, "DATE_FORMAT"),
            "code": code,
            "facts": [[str(name), str(value)] for name, value in extra.get("facts", [])],
            "phone": phone,
            "hours": "" if extra.get("phone") else town.hours,
            "qr": qr(link, quick=quick) if link else "",
            "words": {"date": _("Date"), "code": _("Your code"), "call": _("Questions? Call")},
            "alt": _alt(link, message.language),
            "sheet": _number(sheets, _sheet(front, (where, bool(code)), phone, back)),
            "back": None,
        }
    if back:
        letter["back_alt"] = _alt(link, str(back["language"]))
        letter["back"] = _number(sheets, _sheet(back, (where, bool(code)), phone, front))
    return letter


def _number(sheets: dict[str, int], sheet: Mapping[str, Any]) -> int:
    return sheets.setdefault(json.dumps(sheet, ensure_ascii=False), len(sheets))


def _alt(link: str, language: str) -> str:
    with translation.override(language):
        return _("QR code that leads to {link}").format(link=link)


def _sheet(
    text: Mapping[str, Any], how_to: tuple[str, bool], phone: str, back: Mapping[str, Any] | None
) -> dict[str, Any]:
    """One side in one language, of whomever it is."""
    language = str(text["language"])
    with translation.override(language):
        return {
            "lang": language.split("-")[0],
            "where": str(text.get("where", "")),
            "subject": str(text["subject"]),
            "paragraphs": [_lines(paragraph) for paragraph in paragraphs(str(text["body"]))],
            "strong": str(text.get("strong", "")),
            "columns": [[str(heading), _lines(str(part))] for heading, part in text.get("columns", [])],
            "promise": _lines(str(text.get("promise", ""))),
            "proof": _lines(str(text.get("proof", ""))),
            "how": _how(*how_to, phone) if how_to[0] else [],
            "after": [str(line) for line in text.get("after", [])],
            "signed": _lines(str(text.get("signed", ""))),
            "small": str(text.get("small", "")),
            "languages": _languages(language, str(back["language"]) if back else "") if how_to[0] else [],
            "words": {
                "promise": str(text.get("promise_title") or _("What we promise")),
                "action": str(text.get("link_text") or _("Look what became of it")),
            },
            "card": _card(text["card"]) if text.get("card") else None,
        }


def _card(card: Mapping[str, Any]) -> dict[str, Any]:
    """To cut off and send back; what is ticked and filled in there is read by a person."""
    return {
        "title": str(card["title"]),
        "choices": [[str(choice), bool(blank)] for choice, blank in card["choices"]],
        "fields": [[str(name), str(help_text)] for name, help_text in card["fields"]],
        "asks": [[str(what), [str(option) for option in options]] for what, options in card["asks"]],
        "address": _lines(str(card["address"])),
        "code": _("Your code"),
    }


def _how(site: str, with_code: bool, phone: str) -> list[list[str]]:
    """Three ways in one breath: scan, type, call. In parts, so that address and code stand out and stay whole."""
    if with_code:
        sentence = _("Scan the code, or go to {site} and fill in your code: {code}.")
    else:
        sentence = _("Scan the code, or go to {site}.")
    if phone:
        sentence = sentence + " " + _("Or call {phone}.")
    known = {"{site}": ["fact", site], "{code}": ["code", ""], "{phone}": ["fact", phone]}
    parts = re.split(r"(\{\w+\})", sentence)
    return [known.get(part, ["text", part]) for part in parts if part]


def _where(message: Message) -> str:
    """Where to go, as people type it: without https. With a code in hand they go to the page that asks for it. Nowhere
    to go: an empty address."""
    extra = message.extra
    asks = extra.get("code") and not extra.get("opens")
    link = absolute(reverse("people:letter")) if asks else absolute(str(extra.get("link", "")))
    return link.split("://")[-1].rstrip("/")


def link_of(message: Message) -> str:
    """Where the QR leads: to the page the letter is about, else by the code to the person's own page, or to the one
    that this code `opens`."""
    code, link = str(message.extra.get("code", "")), str(message.extra.get("link", ""))
    if not code:
        return absolute(link)
    opens = str(message.extra.get("opens", ""))
    return absolute(opens.replace("{code}", code) if opens else reverse("people:code", args=[code]))


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


def _languages(own: str, overleaf: str) -> list[list[str]]:
    own, overleaf = own.split("-")[0], overleaf.split("-")[0]
    words = IN_OTHER_WORDS | ({overleaf: OVERLEAF[overleaf]} if overleaf in OVERLEAF else {})
    codes = dict.fromkeys([overleaf, *(code.split("-")[0] for code in settings.OFFERED_LANGUAGES)])
    return [[code, words[code]] for code in codes if code != own and code in words]
