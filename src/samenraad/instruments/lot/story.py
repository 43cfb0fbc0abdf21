"""What the lot adds to the public story: act in the ledger -> sentence."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

STORY: dict[str, Any] = {
    "lot.frozen": _("The rules of the lot were frozen and published"),
}
