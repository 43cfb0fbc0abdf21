"""Sentences: the board, receipts and checkpoints."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "ballots.no_receipt": _("A receipt has {wanted} letters and digits; this has {letters}. Look at it once more."),
    "ballots.other_vote": _("This receipt belongs to another vote. Open the page of that vote."),
    "ballots.not_yet": _("You can look up your slips when the vote is over. Keep the file until then."),
    "ballots.many_waiting": _("Very many addresses wait for their confirmation. Try again tomorrow."),
}
