"""Sentences: coming in with a code, and casting a ballot."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "ballots.unknown_code": _("This code is not on the list. Look at the letter once more, or call us."),
    "ballots.blocked": _("This code was replaced by another one, because a letter got lost. Use the newest letter."),
    "ballots.used": _(
        "A ballot came in on this code already. The first one counts, and it cannot be changed. "
        "Was it not you? Then call us."
    ),
    "ballots.early": _("You cannot vote yet. Voting starts on {opens}. Keep your letter until then."),
    "ballots.over": _("You can no longer vote: voting ended on {closes}."),
    "ballots.closed": _("There is no voting now."),
    "ballots.no_file_here": _("On this computer you cannot keep a file. Write down your receipt."),
    "ballots.busy": _("Somebody is reading the ballot box. Wait a minute, and try again."),
    "ballots.not_over": _("The ballot box can be sealed when the vote is over."),
}
