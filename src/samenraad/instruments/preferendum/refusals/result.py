"""Sentences: the count, and the result."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "preferendum.slips": _(
        "The slips in the box do not fit the ballots: look at “{about}”. Nothing was counted. Compare the box with the "
        "public board, and tell the supervision committee."
    ),
    "preferendum.not_counted": _("The vote was not counted yet."),
    "preferendum.nothing_chosen": _("The vote chose nothing that can be handed over."),
}
