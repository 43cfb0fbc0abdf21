"""Sentences: paper, its two desks, and the books."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "ballots.no_paper": _(
        "Paper is taken in from the first day of the vote until the box is sealed. Keep what came at another moment "
        "apart, and tell the officer."
    ),
    "ballots.not_frozen": _(
        "Paper ballots can be printed when the rules of the vote are fixed: until then an option can still change."
    ),
    "ballots.sheet_number": _(
        "This is not the number of a sheet of this vote. Read it once more, letter by letter: there is no I, O, 0 or 1 "
        "in it."
    ),
    "ballots.sheet_twice": _(
        "The sheet with this number is in the box. Nothing was added. Do two sheets carry this number? Then one is a "
        "copy: put it aside, and tell the officer."
    ),
    "ballots.sheet_yours": _("You typed this sheet before. Somebody else types it now: so a mistake is noticed."),
    "ballots.sheet_differs": _(
        "Two people typed this sheet, and they read it differently. A third person decides, with the sheet in hand."
    ),
    "ballots.more_sheets": _(
        "For every sheet a stub must have come in, and {stubs} stubs came in. Look for the stub of this sheet and type "
        "its code at the desk for stubs; then press again here. Is there no stub? Then put the sheet aside: it does "
        "not count."
    ),
}
