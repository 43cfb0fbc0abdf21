from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "lot.no_promise": _(
        "Nobody can be invited before the promise is public. First go through the goal, the room and the promise."
    ),
    "lot.frozen": _("The rules were frozen on {day} and cannot change any more. Everybody can read them."),
    "lot.not_frozen": _("First freeze and publish the rules of the lot."),
    "lot.no_seats": _("First say how many seats there are."),
    "lot.no_quotas": _("First make the groups and their seats."),
    "lot.work_broke": _("Something went wrong here that should not. Nothing was lost. Try again, or tell us about it."),
    "lot.drawn_already": _("The draw was held already."),
}
