from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "lot.replies_closed": _("You could answer until {day}. After that day answers stay as they are."),
    "lot.replies_later": _("You can answer from {day} on."),
    "lot.replies_soon": _("You cannot answer yet. The first day is not known."),
    "lot.pool_frozen": _(
        "On {day} the list of everybody who can be drawn was frozen. Since then answers stay as they are, so that"
        " everybody can recompute the draw."
    ),
    "lot.questions_first": _("First answer the questions."),
    "lot.nobody_there": _("This invitation belongs to nobody any more: the person was forgotten."),
    "lot.day_in_future": _("This day still has to come."),
    "lot.trial_never_counts": _("This is an answer with which the pages were tried out. It never counts."),
    "lot.card_needs_two": _("First two people key in this card."),
    "lot.answered_later": _(
        "This person answered on {day}, after the card came in. The last answer counts, so the card can be put away."
    ),
}
