from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "lot.outreach_ends_first": _("The last day ({ends}) lies before the first ({begins}). Change one of them."),
    "lot.outreach_other_group": _("“{group}” is no group of this lot. Choose one of this lot."),
    "lot.open_share": _("The part of the seats that is open lies between 0 and 1, not {share}."),
}
