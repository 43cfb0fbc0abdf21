"""Sentences: filling in a ballot."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "preferendum.too_many": _("You chose {chosen}, and {most} is the most. Take some away; the rest stays."),
    "preferendum.twice": _("One place is given twice. Give every option a place of its own, or leave it blank."),
    "preferendum.no_grade": _(
        "“{typed}” cannot be said of option {option}. Type 1 to {grades}, 0 for no opinion, or nothing for blank."
    ),
    "preferendum.no_option": _("“{typed}” is not on the ballot. Use the numbers that stand before the options."),
    "preferendum.no_place": _(
        "“{typed}” cannot be the place of option {option}. Use 1 to {places}, each of them once, or nothing for blank."
    ),
    "preferendum.ballot": _("This ballot does not fit the vote. Please begin again."),
}
