"""The books, ready to print: which figures there are, which must be equal, and what stays unsure, in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenraad.ballots.models import Vote
from samenraad.ballots.queries.books import Books
from samenraad.people.models import Channel


@dataclass(frozen=True)
class Check:
    """Two figures that must be equal, and what it means when they are not."""

    what: str
    one: int
    other: int
    otherwise: str = ""

    @property
    def right(self) -> bool:
        return self.one == self.other


@dataclass(frozen=True)
class AboutSlips:
    """How many slips there are about one thing. Not what stands on them."""

    about: str
    slips: int
    due: int


@dataclass(frozen=True)
class Turned:
    channel: str
    count: int


def checks(found: Books) -> list[Check]:
    """What must be equal. The box is asked when it is sealed: before that ballots wait in it."""
    return [
        Check(_("Codes used on the website, and their ballots"), found.online, found.in_box_online, _unsure(found)),
        Check(_("Codes used on paper, and their stubs"), found.paper, found.in_box_paper, _cut_off(found)),
        Check(_("Stubs, and sheets in the box"), found.in_box_paper, found.sheets, _missing(found)),
        Check(
            _("Ballots, and receipts"),
            found.in_box_online + found.sheets,
            found.receipts + found.waiting,
            _("Ballots and receipts do not agree. The box must be looked at before the count."),
        ),
        Check(
            _("Slips in the box, and slips that the ballots gave"),
            found.slips,
            found.receipts * found.slips_per_ballot,
            _("Slips are missing, or there are too many. The box must be looked at before the count."),
        ),
    ]


def _unsure(found: Books) -> str:
    said = ngettext(
        "{n} code is marked as used on the website, but its ballot never came: somebody was cut off and did not try "
        "again. We cannot see who. The code can still be used with the same letter, until the box is sealed.",
        "{n} codes are marked as used on the website, but their ballots never came: these voters were cut off and did "
        "not try again. We cannot see who. The codes can still be used with the same letters, until the box is sealed.",
        found.unsure,
    )
    return said.format(n=found.unsure)


def _cut_off(found: Books) -> str:
    said = ngettext(
        "{n} code is marked as used on paper, but its stub did not come into the box: the desk was cut off. Take in "
        "that stub once more.",
        "{n} codes are marked as used on paper, but their stubs did not come into the box: the desk was cut off. Take "
        "in those stubs once more.",
        found.stubs_unsure,
    )
    return said.format(n=found.stubs_unsure)


def _missing(found: Books) -> str:
    said = ngettext(
        "{n} stub came in without a sheet that was typed by two people.",
        "{n} stubs came in without a sheet that was typed by two people.",
        found.sheets_missing,
    )
    return said.format(n=found.sheets_missing)


def turned(found: Books) -> list[Turned]:
    names = dict(Channel.choices)
    return [Turned(str(names.get(channel, channel)), count) for channel, count in sorted(found.turned.items())]


def stubs(found: Books) -> list[Turned]:
    names = dict(Channel.choices)
    return [Turned(str(names.get(channel, channel)), count) for channel, count in sorted(found.stubs.items())]


def about(vote: Vote, found: Books) -> list[AboutSlips]:
    """Slips per option. As many as there are ballots, whatever was chosen."""
    titles = {str(one["id"]): one["title"] for one in vote.rules.get("options", [])}
    return [
        AboutSlips(_named(name, titles), found.about.get(name, 0), number * found.receipts)
        for name, number in found.about_per_ballot.items()
    ]


def _named(about: str, titles: dict[str, str]) -> str:
    """Of `grade:3` the title of option 3; else what the slips are for."""
    option = about.partition(":")[2]
    others = {"priority": _("What matters most"), "choice": _("The choice"), "ranking": _("The order")}
    return f"{option}. {titles[option]}" if option in titles else others.get(about, about)
