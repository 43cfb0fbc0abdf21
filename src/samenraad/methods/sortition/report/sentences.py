"""What the report, its figures and its comparisons say when they cannot do what was asked. Part of `sentences`."""

from __future__ import annotations

from samenraad.methods.language import _

REPORT: dict[str, str] = {
    "sortition.nobody": _("There is nobody whose chance could be told."),
    "sortition.no_chance": _("A chance lies between 0 and 1; here they go from {lowest} to {highest}."),
    "sortition.draws": _("The older way of drawing needs at least one draw; {draws} is too few."),
    "sortition.legacy_stuck": _(
        "The older way of drawing got stuck {attempts} times in a row. Perhaps no panel meets the quotas."
    ),
    "sortition.letters_missing": _("The chance of a letter is not known for: {ids}."),
    "sortition.other_pool": _("The lottery made with {method} is about other people and cannot be compared."),
}
