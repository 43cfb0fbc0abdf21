"""What a preferendum adds to the public story: act in the ledger -> sentence."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

STORY: dict[str, Any] = {
    "preferendum.option_withdrawn": _("Option {number}, “{title}”, was taken off the ballot\n{reason}"),
    "preferendum.option_put_back": _("Option {number}, “{title}”, is on the ballot after all"),
}
