"""Lists that leave the house: addresses for a printer, numbers for who calls. As CSV that Excel opens well."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from django.utils.translation import gettext as _

from samenraad.people.models import Town
from samenraad.post.letters import link_of
from samenraad.post.models import Message

_PHONE = re.compile(r"\+?[\d ()./-]+")


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Lines with semicolons, the first with the mark by which Excel knows that this is UTF-8."""
    yield "\ufeff" + _line(header)
    for row in rows:
        yield _line([harmless(str(cell)) for cell in row])


def harmless(cell: str) -> str:
    """A spreadsheet takes a cell that begins like this for a formula. A phone number is none."""
    if cell[:1] in tuple("=+-@\t\r") and not _PHONE.fullmatch(cell):
        return f"'{cell}"
    return cell


def _line(cells: Sequence[str]) -> str:
    out = StringIO()
    csv.writer(out, delimiter=";").writerow(cells)
    return out.getvalue()


def addresses(messages: Iterable[Message]) -> Iterator[str]:
    """For a print shop that sets the letters itself: address, code and where the code leads."""
    town = Town.objects.first() or Town()
    header = [
        _("number"),
        _("name"),
        _("street"),
        _("postcode"),
        _("town"),
        _("country"),
        _("code"),
        _("link"),
        _("letter"),
        _("language"),
        _("large print"),
    ]
    return table(header, (_address_row(number, message, town) for number, message in enumerate(messages, 1)))


def _address_row(number: int, message: Message, town: Town) -> list[object]:
    address = message.address
    where = [address.get(field, "") for field in ("name", "street", "postcode", "city")]
    code, large = message.extra.get("code", ""), _("yes") if message.extra.get("large") else _("no")
    return [number, *where, town.country, code, link_of(message), message.subject, message.language, large]


def phone_list(messages: Iterable[Message]) -> Iterator[str]:
    header = [_("number"), _("name"), _("phone number"), _("not reached"), _("about"), _("what to say")]
    return table(header, (_call_row(number, message) for number, message in enumerate(messages, 1)))


def _call_row(number: int, message: Message) -> list[object]:
    who = [message.address.get("name", ""), message.address.get("phone", "")]
    return [number, *who, message.attempts, message.subject, message.body]
