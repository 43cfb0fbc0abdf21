from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "lot.not_drawn": _("The draw was not held yet. After it, the substitutes are chosen."),
    "lot.no_seat_to_leave": _("This person has no seat any more. Look at the list: somebody was quicker."),
    "lot.other_substitute": _(
        "Something changed while you were looking: by now somebody else is next for this seat, or it was filled. "
        "Look again and choose again."
    ),
    "lot.seat_filled_already": _("A substitute was called up for this seat already, so it cannot be given back."),
    "lot.too_late_to_undo": _("This can be undone on the same day only. The seat can be given to a substitute."),
}
