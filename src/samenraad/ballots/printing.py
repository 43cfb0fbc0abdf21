"""Paper ballots: a stub for the code, the ballot with a number of its own, and a strip to keep.

What stands on a sheet travels as data to `typst/ballot.typ`, so that no text can be taken for an instruction. All
sheets of a pile are the same but for their numbers. The options stand in the order of their numbers, so that who types
them in reads them from top to bottom; on the screen every voter gets an order of their own. The PDF is tagged
(PDF/UA-1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenraad.ballots.models import Vote
from samenraad.ballots.rules.codes import grouped
from samenraad.people.models import Town
from samenraad.post.typesetting import loop, typeset
from samenraad.texts import translated

TEMPLATE = Path(__file__).parent / "typst" / "ballot.typ"
#: from so many sheets on they are set in a process of their own
MANY = 100


@dataclass(frozen=True)
class Pile:
    """Sheets that are the same but for their numbers."""

    numbers: Sequence[str]
    area: str
    language: str
    large: bool


def pdf(vote: Vote, pile: Pile, made_at: datetime) -> bytes:
    """One sheet for each of these numbers."""
    with translation.override(pile.language):
        data = _data(vote, pile) | {"numbers": [grouped(number) for number in pile.numbers]}
    return typeset(TEMPLATE, "ballot", data, made_at, apart=len(pile.numbers) > MANY)


def _data(vote: Vote, pile: Pile) -> dict[str, Any]:
    town = Town.objects.select_related("place").first() or Town()
    rules = vote.rules
    return {
        "lang": pile.language.split("-")[0],
        "large": pile.large,
        "title": _("Ballot: {title}").format(title=translated(rules["title"])),
        "town": town.place.name if town.pk else "samenraad",
        "loop": loop(),
        "where": str(translated(rules["title"])),
        "question": str(translated(rules["question"])),
        "area": pile.area,
        "kind": rules["ballot"],
        "scale": [str(translated(word)) for word in rules["scale"]],
        "priorities": rules["ballot"] == "rate" and rules["most"] > 0,
        "options": [[str(one["id"]), str(one["title"]), str(one["language"])] for one in rules["options"]],
        "how": _how(rules),
        "words": _words(vote),
        "hand_in": _hand_in(vote, town),
        "keep": _keep(vote),
    }


def _how(rules: dict[str, Any]) -> list[str]:
    """What to do, in at most three short sentences."""
    skip = _("You may leave lines empty. A mistake? Make it black, or ask for a new sheet.")
    most = rules["most"]
    if rules["ballot"] == "rate":
        marked = ngettext(
            "At one proposal at most, also put a cross at “matters most”.",
            "At {n} proposals at most, also put a cross at “matters most”.",
            most,
        ).format(n=most)
        return [_("Put one cross on every line."), *([marked] if most else []), skip]
    if rules["ballot"] == "choose":
        return [_("Put one cross."), skip]
    if rules["ballot"] == "approve":
        return [ngettext("Put a cross.", "Put a cross at all that are good: at most {n}.", most).format(n=most), skip]
    return [_("Write 1 in the box of what you like best, then 2, and so on. Use every number once."), skip]


def _hand_in(vote: Vote, town: Town) -> list[str]:
    """Where the sheet goes, and until when."""
    lines = []
    if town.street:
        lines.append(
            _("In the letter box of the town hall: {street}, {city}.").format(street=town.street, city=town.city)
        )
    if vote.step.closes:
        moment = timezone.localtime(vote.step.closes)
        lines.append(_("At the latest on {day}.").format(day=date_format(moment, "l j F Y")))
    if town.phone:
        lines.append(_("Help with filling it in? Call {phone}.").format(phone=town.phone))
    return lines


def _keep(vote: Vote) -> str:
    address = settings.PUBLIC_URL + reverse("ballots:check", args=[vote.key])
    return _("After a few days you find this number at {address}: then your ballot is in the box.").format(
        address=address.split("://")[-1]
    )


def _words(vote: Vote) -> dict[str, str]:
    return {
        "stub": _("1. Stub: your code"),
        "stub_how": _("Write the code of your letter here, or cut it out and glue it on. Then tear this part off."),
        "stub_why": _("The code says that you may vote. At the desk it is looked up first, apart from your ballot."),
        "code": _("Code of your letter"),
        "tear": _("tear off here"),
        "ballot": _("2. Ballot"),
        "ballot_why": _("Fold it and put it in the box or the envelope. Do not write your name or your code on it."),
        "number": _("Number of this sheet"),
        "number_why": _("It belongs to the sheet, not to you: sheets are handed out by chance."),
        "area": _("Neighbourhood"),
        "proposal": _("Proposal"),
        "opinion": _("no opinion"),
        "most": _("matters most"),
        "page": _("page {page} of {pages}"),
        "keep": _("3. To keep"),
        "hand_in": _("Hand in stub and ballot together"),
        "limits": _("This is a consultation, not an election. Vote where nobody looks over your shoulder."),
    }
