"""What seating says when it cannot do what was asked: one sentence per code, English here, Dutch in the catalogue."""

from __future__ import annotations

from samenraad.methods.language import _
from samenraad.methods.sortition.sentences import spoken

__all__ = ["SENTENCES", "spoken"]

#: code -> sentence; its {facts} are those of the refusal
SENTENCES: dict[str, str] = {
    "groups.tables": _(
        "{people} people cannot sit at {tables} tables: nobody should sit alone. Take 1 to {most} tables."
    ),
    "groups.rounds": _("{rounds} rounds is too few: there must be at least one."),
    "groups.wish_few": _("A wish about who sits together or apart names at least two different people."),
    "groups.unknown_people": _("A wish names somebody who is not among the people who will be seated: {ids}."),
    "groups.unknown_table": _("The tables are numbered from 1 to {tables}; there is no table {numbers}."),
    "groups.unknown_value": _("Nobody has {field} {value}. The values are: {values}."),
    "groups.unknown_field": _("Nothing is known of {field}. What is known: {fields}."),
    "groups.missing": _("The {field} of these people is missing: {ids}."),
    "groups.no_accessible_table": _("Somebody needs an accessible table. Say which tables are accessible."),
    "groups.clash": _("Nobody can be seated like this. {clash}"),
    "groups.too_hard": _("These wishes are too complicated to settle. Give up a few of them."),
    "groups.round": _("There is no round {round} in this seating; it has {rounds}."),
    "groups.absent_unknown": _("Somebody who is absent was never seated and is not in the file: {ids}."),
    "groups.not_in_file": _(
        "These people were seated before but are not in the file: {ids}. Keep them in it, and name them as absent."
    ),
    "groups.not_a_seating": _("{file} is not a seating that was made with samenraad seat --json."),
    "groups.one_output": _("Choose one: --json or --csv."),
    "groups.option_needed": _("Still needed: {options}."),
    "groups.option_fixed": _("The earlier seating says this already, and it cannot be changed: {options}."),
    "groups.pair_value": _("“{text}” is not a field and a value, as in origin=abroad."),
    "groups.host_table": _("“{text}” is not somebody, or somebody and a table, as in ann=3."),
}
