"""Sentences: filling in a ballot."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "preferendum.too_many": _("You chose {chosen}, and {most} is the most. Take some away; the rest stays."),
    "preferendum.twice": _("You gave one place twice. Every option can have a place of its own."),
    "preferendum.ballot": _("This ballot does not fit the vote. Please begin again."),
}
