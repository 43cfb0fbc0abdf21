from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "lot.no_addressees": _("Nobody was drawn to be invited yet. First draw who gets a letter."),
    "lot.no_closing_day": _("First say until which day people can answer: it stands in the letter."),
    "lot.letters_too_late": _(
        "Answering was possible until {day}. Choose a later closing day before you write to people."
    ),
    "lot.all_letters_made": _("All letters of this round were made."),
    "lot.too_late_to_remind": _(
        "A reminder would arrive too late: answering is possible until {day}. Choose a later closing day, or call."
    ),
    "lot.nobody_to_remind": _(
        "There is nobody to remind: nobody got their letter at least {days} days ago and did not answer, or they were "
        "reminded already."
    ),
    "lot.day_to_come": _("That day is still to come."),
    "lot.unknown_letter": _("There is no letter with “{word}”. Look at the lot number or the code in the letter."),
    "lot.no_letter_yet": _("This person has no letter yet. First make the letters of the round."),
}
