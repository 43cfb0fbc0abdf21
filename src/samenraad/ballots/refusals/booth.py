"""Sentences: coming in with a code, and casting a ballot."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "ballots.unknown_code": _("This code is not on the list. Look at the letter once more, or call us."),
    "ballots.blocked": _("This code was replaced by another one, because a letter got lost. Use the newest letter."),
    "ballots.used": _("A ballot came in on this code already. The first one counts."),
    "ballots.closed": _("There is no voting now."),
    "ballots.not_over": _("The ballot box can be sealed when the vote is over."),
}
